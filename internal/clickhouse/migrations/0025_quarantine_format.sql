-- +goose Up
-- What the row as sent is written in: json, or csv with the table's heading before it.
ALTER TABLE quarantine ADD COLUMN IF NOT EXISTS format LowCardinality(String) DEFAULT 'json' AFTER field;
