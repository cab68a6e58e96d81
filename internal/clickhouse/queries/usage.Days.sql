-- As usage.Months, by day.
SELECT entity, service, report_date, CAST(channel, 'String'), CAST(stage, 'String'), events - voided, uses
FROM
(
    SELECT entity, service, report_date, channel, stage, events, voided, uses
    FROM usage_day
    WHERE known_on <= {known_on:Date} AND report_date BETWEEN {from:Date} AND {to:Date}
    ORDER BY entity DESC, service DESC, report_date DESC, channel DESC, stage DESC, known_on DESC, version DESC
    LIMIT 1 BY entity, service, report_date, channel, stage
)
WHERE events > voided
