-- The newest version of every milestone event recorded by a moment, in the order in which the phases were finished.
SELECT entity, service, milestone, phase, done_on, recorded_at, id, source, event_id, actor
FROM
(
    SELECT *
    FROM milestone_event
    WHERE recorded_at <= fromUnixTimestamp64Micro({as_at:Int64}, 'UTC')
    ORDER BY recorded_at DESC
    LIMIT 1 BY id
)
ORDER BY done_on, recorded_at, id
