-- +goose Up
-- Entities' totals, all versions: the newest recorded of a key counts. period is 2016-09-30, 2016-09, 2016-Q3, 2016
-- or 2018-04-01/2019-03-31.
CREATE TABLE IF NOT EXISTS statement
(
    entity      LowCardinality(String),
    service     LowCardinality(String),
    period      LowCardinality(String),
    channel     Enum8('web' = 1, 'mobile' = 2, 'kiosk' = 3, 'assisted' = 4, 'call_centre' = 5, 'counter' = 6, 'post' = 7, 'other' = 8),
    measure     LowCardinality(String),
    state       LowCardinality(String),
    value       Int64,
    source      LowCardinality(String),
    event_id    String,
    actor       LowCardinality(String),
    recorded_at DateTime64(6, 'UTC')
)
ENGINE = MergeTree
ORDER BY (entity, service, period, channel, measure, recorded_at)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;
