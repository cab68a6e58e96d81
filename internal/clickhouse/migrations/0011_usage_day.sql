-- +goose Up
-- The rollup by day: each rewrite of a slice adds rows under its known_on, the day of the rewrite, so that a past as-at
-- can still be read. events = 0 reads as absent.
CREATE TABLE IF NOT EXISTS usage_day
(
    entity       LowCardinality(String),
    service      LowCardinality(String),
    report_date  Date,
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
PARTITION BY toYYYYMM(report_date)
ORDER BY (entity, service, report_date, channel, stage, known_on)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
