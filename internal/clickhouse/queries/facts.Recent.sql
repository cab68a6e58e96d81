-- The newest fact of every stream of a family in which one was recorded since a moment.
SELECT subject, seq, id, effective_on, recorded_at, actor, reason, body
FROM {family}_fact
WHERE recorded_at >= fromUnixTimestamp64Micro({since:Int64}, 'UTC')
ORDER BY subject, seq DESC, recorded_at, id
LIMIT 1 BY subject
