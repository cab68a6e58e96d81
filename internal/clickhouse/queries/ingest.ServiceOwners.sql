-- The owner of each service by its newest fact; a service that was removed from the catalogue has none.
SELECT subject, JSONExtractString(argMax(body, seq) AS newest, 'entity')
FROM service_fact
GROUP BY subject
HAVING NOT JSONExtractBool(newest, 'removed')
