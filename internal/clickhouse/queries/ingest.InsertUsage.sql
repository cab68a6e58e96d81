INSERT INTO usage_event (entity, report_date, event_key, service, channel, stage, count, duration_ms, rating, occurred_at, version, source)
