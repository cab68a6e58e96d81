SELECT subject, seq, id, effective_on, recorded_at, actor, reason, body
FROM {family}_fact
WHERE subject = {subject:String}
ORDER BY seq, recorded_at, id
LIMIT 1 BY seq
