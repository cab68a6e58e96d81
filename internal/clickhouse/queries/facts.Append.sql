INSERT INTO {family}_fact (subject, seq, id, effective_on, recorded_at, actor, reason, body)
