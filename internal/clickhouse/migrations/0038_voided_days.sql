-- +goose Up
-- A voided event is no event any more (docs/rules.md#identity-of-an-event): the days that have one are summed again.
INSERT INTO dirty_slice (report_date, entity, chunk, recorded_at, open)
SELECT DISTINCT report_date, entity, 'a voided event is no event', now64(6, 'UTC'), 1
FROM usage_event FINAL
WHERE count = 0;
