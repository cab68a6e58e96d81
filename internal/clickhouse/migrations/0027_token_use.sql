-- +goose Up
-- When each token was last accepted and last refused, as one run of one process saw it; the epoch stands for never.
-- A row is added at most every 5 minutes a token and says all that the earlier ones of its holder said, so merges keep
-- one. Unknown ids are never stored. No deduplication window: a row that comes twice changes nothing.
CREATE TABLE IF NOT EXISTS token_use
(
    token        String,
    holder       String,
    last_used    DateTime64(6, 'UTC'),
    last_refused DateTime64(6, 'UTC'),
    reason       LowCardinality(String),
    recorded_at  DateTime64(6, 'UTC')
)
ENGINE = ReplacingMergeTree(recorded_at)
ORDER BY (token, holder)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
