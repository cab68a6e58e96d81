INSERT INTO quarantine (entity, receipt, row_index, event_id, code, field, format, raw, recorded_at)
