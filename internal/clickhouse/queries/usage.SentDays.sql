-- The days on which each entity had an accepted event, by the newest rewrite of each key known on a day.
SELECT DISTINCT entity, report_date
FROM
(
    SELECT entity, report_date, events, voided
    FROM usage_day
    WHERE known_on <= {known_on:Date}
    ORDER BY entity DESC, service DESC, report_date DESC, channel DESC, stage DESC, known_on DESC, version DESC
    LIMIT 1 BY entity, service, report_date, channel, stage
)
WHERE events > voided
