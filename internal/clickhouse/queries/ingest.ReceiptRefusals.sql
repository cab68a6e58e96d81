SELECT receipt, row_index, entity, event_id, code, field, format, reasons, raw, recorded_at
FROM quarantine
WHERE receipt = {id:String}
ORDER BY row_index, recorded_at
LIMIT 1 BY row_index
