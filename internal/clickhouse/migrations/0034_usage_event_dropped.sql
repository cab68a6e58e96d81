-- +goose Up
-- Its rows are in usage_event_by_service, which takes its name in the next step.
DROP TABLE IF EXISTS usage_event;
