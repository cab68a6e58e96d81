-- The newest version of some milestone events: what an event is compared with.
SELECT entity, service, milestone, phase, done_on, recorded_at, id, source, event_id, actor
FROM milestone_event
WHERE id IN {ids:Array(String)}
ORDER BY recorded_at DESC
LIMIT 1 BY id
