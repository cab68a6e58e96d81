-- +goose Up
-- One row a recomputation, its version = lease term << 32 | counter; only the newest is of use, and merges keep one a term.
CREATE TABLE IF NOT EXISTS rollup_run
(
    term        UInt32,
    version     UInt64,
    known_on    Date,
    recorded_at DateTime64(6, 'UTC'),
    slices      UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY term
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
