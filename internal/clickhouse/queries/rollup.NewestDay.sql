-- The latest day that any rewrite is known on; 1970-01-01 before the first.
SELECT max(known_on) FROM rollup_run
