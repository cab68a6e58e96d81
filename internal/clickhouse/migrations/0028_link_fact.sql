-- +goose Up
-- A family of facts: signed links, hashed. Rows are only added; the deduplication window makes the token
-- <subject>/<seq> a compare-and-set.
CREATE TABLE IF NOT EXISTS link_fact
(
    subject      String,
    seq          UInt32,
    id           String,
    effective_on Nullable(Date32),
    recorded_at  DateTime64(6, 'UTC'),
    actor        String,
    reason       String,
    body         String
)
ENGINE = MergeTree
ORDER BY (subject, seq)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;
