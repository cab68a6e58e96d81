-- Slices and the chunks that touched them since they were last recomputed.
SELECT report_date, entity, chunk, toUInt32(sum(open) AS times)
FROM dirty_slice
GROUP BY report_date, entity, chunk
HAVING times > 0
ORDER BY report_date, entity, chunk
