INSERT INTO quarantine (entity, receipt, row_index, event_id, code, field, format, reasons, raw, recorded_at)
