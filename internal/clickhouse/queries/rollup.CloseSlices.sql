INSERT INTO dirty_slice (report_date, entity, chunk, recorded_at, open)
