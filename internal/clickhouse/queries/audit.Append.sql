INSERT INTO audit (chain, seq, recorded_at, request, actor, role, entity, action, object, before, after, detail, outcome, reason, previous, hash)
