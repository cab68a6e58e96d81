INSERT INTO token_use (token, holder, last_used, last_refused, reason, recorded_at)
