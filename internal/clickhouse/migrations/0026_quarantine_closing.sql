-- +goose Up
-- What became of refused rows: replayed or given up, by whom and why. The first closing of a row counts.
CREATE TABLE IF NOT EXISTS quarantine_closing
(
    receipt     String,
    row_index   UInt32,
    outcome     LowCardinality(String),
    replay      String,
    comment     String,
    actor       LowCardinality(String),
    recorded_at DateTime64(6, 'UTC')
)
ENGINE = MergeTree
ORDER BY (receipt, row_index)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;
