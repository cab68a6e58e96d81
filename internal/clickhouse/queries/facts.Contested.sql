-- Places of streams that two rows claim, with the id of the row that counts.
SELECT subject, seq, argMin(id, (recorded_at, id))
FROM {family}_fact
GROUP BY subject, seq
HAVING count() > 1
