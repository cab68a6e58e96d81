-- The newest version of some rollout events: what an event is compared with.
SELECT entity, service, effective_on, recorded_at, id, source, event_id, action, level, channels, evidence, actor, verified_by
FROM rollout_event
WHERE id IN {ids:Array(String)}
ORDER BY recorded_at DESC
LIMIT 1 BY id
