-- +goose Up
-- All faults of a row of a table, with its number and what was found in it, as ingestion words them; empty: code and field say all.
ALTER TABLE quarantine ADD COLUMN IF NOT EXISTS reasons String DEFAULT '' AFTER format;
