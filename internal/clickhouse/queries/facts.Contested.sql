-- Places of streams that two rows claim, with the id that stands.
SELECT subject, seq, argMin(id, (recorded_at, id))
FROM {family}_fact
GROUP BY subject, seq
HAVING count() > 1
