INSERT INTO statement (entity, service, period, channel, measure, state, value, source, event_id, actor, recorded_at)
