-- Who owns each service from which day on, in the order in which it was recorded.
SELECT subject, JSONExtractString(body, 'entity'), effective_on, JSONExtractBool(body, 'removed')
FROM service_fact
ORDER BY subject, seq
