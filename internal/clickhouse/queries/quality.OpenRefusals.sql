-- Refused rows recorded by a moment that nobody had closed by then, counted by entity and code.
SELECT entity, code, count()
FROM
(
    SELECT entity, code, receipt, row_index
    FROM quarantine
    WHERE recorded_at <= fromUnixTimestamp64Micro({as_at:Int64}, 'UTC')
    LIMIT 1 BY receipt, row_index
)
WHERE (receipt, row_index) NOT IN
(
    SELECT receipt, row_index
    FROM quarantine_closing
    WHERE recorded_at <= fromUnixTimestamp64Micro({as_at:Int64}, 'UTC')
)
GROUP BY entity, code
ORDER BY entity, code
