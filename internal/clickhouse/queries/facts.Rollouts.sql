-- The newest version of every rollout event recorded by a moment, in the order in which they apply.
SELECT entity, service, effective_on, recorded_at, id, source, event_id, action, level, channels, evidence, actor, verified_by
FROM
(
    SELECT *
    FROM rollout_event
    WHERE recorded_at <= fromUnixTimestamp64Micro({as_at:Int64}, 'UTC')
    ORDER BY recorded_at DESC
    LIMIT 1 BY id
)
ORDER BY effective_on, recorded_at, id
