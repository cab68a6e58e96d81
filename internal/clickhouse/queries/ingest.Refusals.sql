-- Some refused rows by their place, and what became of them.
SELECT receipt, row_index, entity, event_id, code, field, format, reasons, raw, recorded_at,
       outcome, replay, comment, closing_actor, closed_at
FROM
(
    SELECT *
    FROM quarantine
    WHERE (receipt, row_index) IN place
    LIMIT 1 BY receipt, row_index
) AS refused
LEFT JOIN
(
    SELECT receipt, row_index, min(recorded_at) AS closed_at, argMin(outcome, recorded_at) AS outcome,
           argMin(replay, recorded_at) AS replay, argMin(comment, recorded_at) AS comment,
           argMin(actor, recorded_at) AS closing_actor
    FROM quarantine_closing
    WHERE (receipt, row_index) IN place
    GROUP BY receipt, row_index
) AS closed USING (receipt, row_index)
ORDER BY recorded_at, receipt, row_index
