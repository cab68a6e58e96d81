-- +goose Up
RENAME TABLE IF EXISTS usage_event_by_service TO usage_event;
