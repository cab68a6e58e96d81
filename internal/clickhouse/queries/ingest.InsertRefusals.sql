INSERT INTO quarantine (entity, receipt, row_index, event_id, code, field, raw, recorded_at)
