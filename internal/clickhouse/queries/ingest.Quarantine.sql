-- Refused rows that a filter chooses ('' and the ends of time choose all), newest first, from the one after the cursor
-- on; without one, from the newest.
SELECT receipt, row_index, entity, event_id, code, field, format, reasons, raw, recorded_at,
       outcome, replay, comment, closing_actor, closed_at
FROM
(
    SELECT *
    FROM quarantine
    WHERE ({entity:String} = '' OR entity = {entity:String})
      AND ({of_receipt:String} = '' OR receipt = {of_receipt:String})
      AND ({code:String} = '' OR code = {code:String})
      AND recorded_at BETWEEN fromUnixTimestamp64Micro({from:Int64}, 'UTC') AND fromUnixTimestamp64Micro({to:Int64}, 'UTC')
      AND ({receipt:String} = '' OR (recorded_at, receipt, row_index) <
          (SELECT (min(recorded_at), {receipt:String}, {row_index:UInt32})
           FROM quarantine
           WHERE receipt = {receipt:String} AND row_index = {row_index:UInt32}))
    LIMIT 1 BY receipt, row_index
) AS refused
LEFT JOIN
(
    SELECT receipt, row_index, min(recorded_at) AS closed_at, argMin(outcome, recorded_at) AS outcome,
           argMin(replay, recorded_at) AS replay, argMin(comment, recorded_at) AS comment,
           argMin(actor, recorded_at) AS closing_actor
    FROM quarantine_closing
    GROUP BY receipt, row_index
) AS closed USING (receipt, row_index)
WHERE {state:String} = '' OR (outcome = '') = ({state:String} = 'open')
ORDER BY recorded_at DESC, receipt DESC, row_index DESC
LIMIT {limit:UInt32}
