-- +goose Up
-- What was answered to whom for which body.
CREATE TABLE IF NOT EXISTS receipt
(
    id          String,
    actor       LowCardinality(String),
    entity      LowCardinality(String),
    body_hash   FixedString(32),
    accepted    UInt32,
    rejected    UInt32,
    recorded_at DateTime64(6, 'UTC')
)
ENGINE = MergeTree
ORDER BY id
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;
