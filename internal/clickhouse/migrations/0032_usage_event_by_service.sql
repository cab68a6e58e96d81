-- +goose Up
-- The service becomes a part of an event's identity (docs/rules.md#identity-of-an-event): the table of events in a new
-- order, which takes the place of the old one in the next steps.
CREATE TABLE IF NOT EXISTS usage_event_by_service
(
    entity      LowCardinality(String),
    report_date Date,
    event_key   FixedString(16),
    service     LowCardinality(String),
    channel     Enum8('web' = 1, 'mobile' = 2, 'kiosk' = 3, 'assisted' = 4, 'call_centre' = 5, 'counter' = 6, 'post' = 7, 'other' = 8),
    stage       Enum8('view' = 1, 'start' = 2, 'submit' = 3, 'complete' = 4, 'abandon' = 5),
    count       UInt64,
    duration_ms UInt64,
    rating      UInt8,
    occurred_at DateTime64(6, 'UTC'),
    version     UInt64
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(report_date)
ORDER BY (entity, report_date, event_key, service)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;
