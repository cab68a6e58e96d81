-- +goose Up
ALTER TABLE usage_month ADD COLUMN IF NOT EXISTS voided UInt64 AFTER events;
