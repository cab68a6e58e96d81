-- Refused rows of an entity ('' for all), newest first, from the one after the cursor on; without one, from the newest.
SELECT receipt, row_index, entity, event_id, code, field, format, raw, recorded_at
FROM quarantine
WHERE ({entity:String} = '' OR entity = {entity:String})
  AND ({receipt:String} = '' OR (recorded_at, receipt, row_index) <
      (SELECT (min(recorded_at), {receipt:String}, {row_index:UInt32})
       FROM quarantine
       WHERE receipt = {receipt:String} AND row_index = {row_index:UInt32}))
ORDER BY recorded_at DESC, receipt DESC, row_index DESC
LIMIT 1 BY receipt, row_index
LIMIT {limit:UInt32}
