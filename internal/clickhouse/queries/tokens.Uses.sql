-- What all processes together know of each token's use: of each moment the latest. It needs no FINAL, for a row
-- that a later one replaces holds nothing later.
SELECT token, max(last_used), max(last_refused), CAST(argMax(reason, last_refused), 'String')
FROM token_use
GROUP BY token
ORDER BY token
