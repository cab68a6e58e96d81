-- +goose Up
-- The published workbooks: the stored file is the truth.
CREATE TABLE IF NOT EXISTS edition_file
(
    month       Date,
    language    LowCardinality(String),
    name        String,
    content     String,
    sha256      FixedString(32),
    recorded_at DateTime64(6, 'UTC')
)
ENGINE = MergeTree
ORDER BY (month, language, recorded_at)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;
