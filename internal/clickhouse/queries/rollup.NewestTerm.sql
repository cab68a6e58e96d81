SELECT term, argMin(holder, recorded_at)
FROM lease
WHERE subject = {subject:String}
GROUP BY term
ORDER BY term DESC
LIMIT 1
