-- +goose Up
-- Who may do what only one may do at a time: a stream a subject, won by the token <subject>/<term>.
CREATE TABLE IF NOT EXISTS lease
(
    subject     LowCardinality(String),
    term        UInt32,
    holder      String,
    recorded_at DateTime64(6, 'UTC')
)
ENGINE = MergeTree
ORDER BY (subject, term)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;
