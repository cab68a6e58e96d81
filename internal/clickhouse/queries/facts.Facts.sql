-- The facts of a family recorded by a moment. Of two rows at one place of a stream the first recorded counts:
-- the token makes that impossible, except long after the window of tokens has passed.
SELECT subject, seq, id, effective_on, recorded_at, actor, reason, body
FROM {family}_fact
WHERE recorded_at <= fromUnixTimestamp64Micro({as_at:Int64}, 'UTC')
ORDER BY subject, seq, recorded_at, id
LIMIT 1 BY subject, seq
