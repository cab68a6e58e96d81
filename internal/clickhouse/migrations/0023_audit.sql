-- +goose Up
-- Who did what: one hash chain a process; anchor rows hold the heads of all chains, so that a cut tail shows.
CREATE TABLE IF NOT EXISTS audit
(
    chain       LowCardinality(String),
    seq         UInt64,
    recorded_at DateTime64(6, 'UTC'),
    actor       String,
    action      LowCardinality(String),
    object      String,
    detail      String,
    previous    FixedString(32),
    hash        FixedString(32)
)
ENGINE = MergeTree
ORDER BY (chain, seq)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;
