-- +goose Up
-- How many of the events are voided: an identity that counts as received, and as no event
-- (docs/rules.md#identity-of-an-event).
ALTER TABLE usage_day ADD COLUMN IF NOT EXISTS voided UInt64 AFTER events;
