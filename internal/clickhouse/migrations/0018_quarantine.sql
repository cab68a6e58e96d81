-- +goose Up
-- Refused rows as they were sent, with the reason from the closed list of codes.
CREATE TABLE IF NOT EXISTS quarantine
(
    entity      LowCardinality(String),
    receipt     String,
    row_index   UInt32,
    event_id    String,
    code        LowCardinality(String),
    field       LowCardinality(String),
    raw         String CODEC(ZSTD),
    recorded_at DateTime64(6, 'UTC')
)
ENGINE = MergeTree
ORDER BY (receipt, row_index)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;
