-- +goose Up
-- A closed month: the whole Figures as canonical JSON, what they rest on and who closed it.
CREATE TABLE IF NOT EXISTS edition
(
    month        Date,
    seq          UInt32,
    id           String,
    rule_version UInt32,
    data_version String,
    as_at        DateTime64(6, 'UTC'),
    figures      String CODEC(ZSTD),
    prepared_by  String,
    closed_by    String,
    recorded_at  DateTime64(6, 'UTC')
)
ENGINE = MergeTree
ORDER BY (month, seq)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;
