-- +goose Up
-- Launches, retirements and channels, all versions of each id; one that names a level also opens an assessment.
-- evidence is JSON.
CREATE TABLE IF NOT EXISTS rollout_event
(
    entity       LowCardinality(String),
    service      LowCardinality(String),
    effective_on Date32,
    recorded_at  DateTime64(6, 'UTC'),
    id           String,
    source       LowCardinality(String),
    event_id     String,
    action       LowCardinality(String),
    level        UInt8,
    channels     String,
    evidence     String,
    actor        LowCardinality(String),
    verified_by  LowCardinality(String)
)
ENGINE = MergeTree
ORDER BY (entity, service, effective_on, recorded_at)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;
