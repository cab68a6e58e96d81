INSERT INTO receipt (id, actor, entity, body_hash, accepted, rejected, recorded_at)
