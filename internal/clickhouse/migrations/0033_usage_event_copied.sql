-- +goose Up
-- What was replaced under the identity of before stays replaced: only the newest versions are copied. Copied twice is
-- copied once, for the same version of the same identity is one row.
INSERT INTO usage_event_by_service
SELECT entity, report_date, event_key, service, channel, stage, count, duration_ms, rating, occurred_at, version
FROM usage_event FINAL
SETTINGS max_partitions_per_insert_block = 0, do_not_merge_across_partitions_select_final = 1;
