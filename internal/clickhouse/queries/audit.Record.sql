-- The whole record, to be proven. One question, so that no anchor is seen without the rows that it speaks of.
SELECT chain, seq, recorded_at, request, actor, role, entity, action, object, before, after, detail, outcome, reason, previous, hash
FROM audit
ORDER BY chain, seq
