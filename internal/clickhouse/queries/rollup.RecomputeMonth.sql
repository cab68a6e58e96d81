-- The month of every entity that had a dirty slice in it, from the newest rewrite of each of its days.
INSERT INTO usage_month
    (entity, service, month, channel, stage, known_on, version, events, voided, uses, duration_sum, rating_count, rating_sum)
SELECT entity, service, {from:Date}, channel, stage, {known_on:Date}, {version:UInt64},
       sum(events), sum(voided),
       if(sum(toFloat64(uses)) < 4503599627370497, sum(uses), 4503599627370497),
       if(sum(toFloat64(duration_sum)) < 4503599627370497, sum(duration_sum), 4503599627370497),
       sum(rating_count), sum(rating_sum)
FROM
(
    SELECT entity, service, channel, stage, events, voided, uses, duration_sum, rating_count, rating_sum
    FROM usage_day
    WHERE report_date BETWEEN {from:Date} AND {to:Date} AND entity IN (SELECT entity FROM slice)
    ORDER BY entity DESC, service DESC, report_date DESC, channel DESC, stage DESC, known_on DESC, version DESC
    LIMIT 1 BY entity, service, report_date, channel, stage
)
GROUP BY entity, service, channel, stage
