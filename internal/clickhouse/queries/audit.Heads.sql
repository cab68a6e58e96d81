-- The newest row of every chain but one.
SELECT chain, max(seq), argMax(hash, seq)
FROM audit
WHERE chain != {chain:String}
GROUP BY chain
ORDER BY chain
