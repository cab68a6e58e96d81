INSERT INTO milestone_event (entity, service, milestone, phase, done_on, recorded_at, id, source, event_id, actor)
