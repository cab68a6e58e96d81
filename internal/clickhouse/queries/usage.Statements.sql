-- The newest version of every number recorded by a moment.
SELECT entity, service, period, CAST(channel, 'String'), measure, state, value, source, event_id, actor, recorded_at
FROM statement
WHERE recorded_at <= fromUnixTimestamp64Micro({as_at:Int64}, 'UTC')
ORDER BY entity, service, period, channel, measure, recorded_at DESC
LIMIT 1 BY entity, service, period, channel, measure
