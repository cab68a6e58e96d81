-- The rows at a place of a stream and at the one before it.
SELECT subject, seq, id, effective_on, recorded_at, actor, reason, ''
FROM {family}_fact
WHERE subject = {subject:String} AND seq >= {seq:UInt32} - 1 AND seq <= {seq:UInt32}
ORDER BY seq, recorded_at, id
LIMIT 1 BY seq
