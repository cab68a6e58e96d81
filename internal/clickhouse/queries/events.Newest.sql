-- The newest version of some events of one kind: what an event is compared with.
SELECT {columns}
FROM {table}
WHERE id IN {ids:Array(String)}
ORDER BY recorded_at DESC
LIMIT 1 BY id
