-- The newest version of every rollout event of one service, in the order in which they apply. An event that a
-- correction moved to another service is that one's.
SELECT entity, service, effective_on, recorded_at, id, source, event_id, action, level, channels, evidence, actor, verified_by
FROM
(
    SELECT *
    FROM rollout_event
    WHERE id IN (SELECT id FROM rollout_event WHERE service = {service:String})
    ORDER BY recorded_at DESC
    LIMIT 1 BY id
)
WHERE service = {service:String}
ORDER BY effective_on, recorded_at, id
