-- +goose Up
-- Phases of milestones that entities have finished, all versions of each id; the newest counts.
CREATE TABLE IF NOT EXISTS milestone_event
(
    entity      LowCardinality(String),
    service     LowCardinality(String),
    milestone   String,
    phase       LowCardinality(String),
    done_on     Date32,
    recorded_at DateTime64(6, 'UTC'),
    id          String,
    source      LowCardinality(String),
    event_id    String,
    actor       LowCardinality(String)
)
ENGINE = MergeTree
ORDER BY (entity, service, milestone, recorded_at)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;
