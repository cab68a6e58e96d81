-- +goose Up
-- Slices to recompute: +1 when a chunk touched one, -1 when a recomputation had read that chunk. The sum of a pair is
-- what is still open; merges keep the sum and drop pairs that come to nothing.
CREATE TABLE IF NOT EXISTS dirty_slice
(
    report_date Date,
    entity      LowCardinality(String),
    chunk       String,
    recorded_at DateTime64(6, 'UTC'),
    open        Int32
)
ENGINE = SummingMergeTree(open)
ORDER BY (report_date, entity, chunk)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;
