-- The newest version of every rollout event of one service, in the order in which they apply. An event that a
-- correction moved to another service is that one's.
SELECT {columns}
FROM
(
    SELECT *
    FROM {table}
    WHERE id IN (SELECT id FROM {table} WHERE service = {service:String})
    ORDER BY recorded_at DESC
    LIMIT 1 BY id
)
WHERE service = {service:String}
ORDER BY {day}, recorded_at, id
