-- +goose Up
-- What an audit row says besides: the request, the actor's role or scopes, whose object it is, what it was before and
-- after, and how it ended. Nothing wrote the table before these columns were there.
ALTER TABLE audit
    ADD COLUMN IF NOT EXISTS request String AFTER recorded_at,
    ADD COLUMN IF NOT EXISTS role LowCardinality(String) AFTER actor,
    ADD COLUMN IF NOT EXISTS entity LowCardinality(String) AFTER role,
    ADD COLUMN IF NOT EXISTS before String AFTER object,
    ADD COLUMN IF NOT EXISTS after String AFTER before,
    ADD COLUMN IF NOT EXISTS outcome LowCardinality(String) AFTER detail,
    ADD COLUMN IF NOT EXISTS reason String AFTER outcome;
