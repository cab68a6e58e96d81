INSERT INTO rollout_event (entity, service, effective_on, recorded_at, id, source, event_id, action, level, channels, evidence, actor, verified_by)
