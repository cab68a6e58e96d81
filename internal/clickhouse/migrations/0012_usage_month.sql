-- +goose Up
-- The rollup by month, recomputed from usage_day in the same way; month is its first day.
CREATE TABLE IF NOT EXISTS usage_month
(
    entity       LowCardinality(String),
    service      LowCardinality(String),
    month        Date,
    channel      Enum8('web' = 1, 'mobile' = 2, 'kiosk' = 3, 'assisted' = 4, 'call_centre' = 5, 'counter' = 6, 'post' = 7, 'other' = 8),
    stage        Enum8('view' = 1, 'start' = 2, 'submit' = 3, 'complete' = 4, 'abandon' = 5),
    known_on     Date,
    version      UInt64,
    events       UInt64,
    uses         UInt64,
    duration_sum UInt64,
    rating_count UInt64,
    rating_sum   UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (entity, service, month, channel, stage, known_on)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
