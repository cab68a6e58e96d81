-- The newest version of every number of some services: what a statement is compared with.
SELECT entity, service, period, CAST(channel, 'String'), measure,
       argMax(state, recorded_at), argMax(value, recorded_at), max(recorded_at)
FROM statement
WHERE entity IN {entities:Array(String)} AND service IN {services:Array(String)}
GROUP BY entity, service, period, channel, measure
