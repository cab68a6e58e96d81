-- +goose Up
-- Which source sent an event: the same use that comes from two is found by it (docs/rules.md#findings). Events that are
-- stored already have none.
ALTER TABLE usage_event ADD COLUMN IF NOT EXISTS source LowCardinality(String) AFTER occurred_at;
