SELECT id, actor, entity, body_hash, accepted, rejected, recorded_at
FROM receipt
WHERE id = {id:String}
ORDER BY recorded_at
LIMIT 1
