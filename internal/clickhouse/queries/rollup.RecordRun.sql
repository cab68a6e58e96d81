INSERT INTO rollup_run (term, version, known_on, recorded_at, slices)
