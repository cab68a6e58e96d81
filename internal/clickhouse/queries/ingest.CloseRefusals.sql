INSERT INTO quarantine_closing (receipt, row_index, outcome, replay, comment, actor, recorded_at)
