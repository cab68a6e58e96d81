-- +goose Up
-- The published figures one by one, and each restatement: a published figure that has since changed.
CREATE TABLE IF NOT EXISTS edition_figure
(
    month        Date,
    figure       String,
    value        Nullable(Float64),
    state        LowCardinality(String),
    data_version String,
    recorded_at  DateTime64(6, 'UTC')
)
ENGINE = MergeTree
ORDER BY (month, figure, recorded_at)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;
