-- The newest version of every event of one kind recorded by a moment, in the order in which they apply.
SELECT {columns}
FROM
(
    SELECT *
    FROM {table}
    WHERE recorded_at <= fromUnixTimestamp64Micro({as_at:Int64}, 'UTC')
    ORDER BY recorded_at DESC
    LIMIT 1 BY id
)
ORDER BY {day}, recorded_at, id
