INSERT INTO lease (subject, term, holder, recorded_at)
