INSERT INTO {table} ({columns})
