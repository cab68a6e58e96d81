-- The part of version.DataVersion that one table of facts or events has.
SELECT count() AS facts, toUInt64(0) AS rollup, max(recorded_at) AS newest FROM {table}
