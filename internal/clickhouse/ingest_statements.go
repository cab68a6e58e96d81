package clickhouse

import (
	"context"
	"maps"
	"slices"
	"time"

	"mirsad/internal/programme"
)

// servicesAsked bounds how many services one question names: they travel in its address.
const servicesAsked = 1000

// statementKey is the number that a statement gives.
type statementKey struct {
	entity, service, period string
	channel                 programme.Channel
	measure                 programme.Measure
}

// statementVersion is what a statement says of its number, and when.
type statementVersion struct {
	state      programme.State
	value      int64
	recordedAt time.Time
}

// InsertStatements adds statements as one block under a token, in their order. One that says the same as the
// newest of its number, stored or before it in the block, is left out.
func (db *EventStore) InsertStatements(ctx context.Context, token string, statements []programme.Statement) error {
	newest, err := db.newestStatements(ctx, statements)
	if err != nil {
		return err
	}
	var added []programme.Statement
	for _, s := range statements {
		key := statementKey{s.Entity, s.Service, s.Period.String(), s.Channel, s.Measure}
		last, found := newest[key]
		if found &&
			(last.state == s.State && last.value == s.Value || programme.Superseded(s.ReceivedAt, last.recordedAt)) {
			continue
		}
		s.RecordedAt = afterwards(s.RecordedAt, last.recordedAt)
		newest[key] = statementVersion{s.State, s.Value, s.RecordedAt}
		added = append(added, s)
	}
	if len(added) == 0 {
		return nil
	}
	return db.insertStatements(ctx, token, added)
}

// afterwards keeps versions in the order in which they came, also when a clock steps back: the newest counts.
func afterwards(recordedAt, last time.Time) time.Time {
	if recordedAt.After(last) {
		return recordedAt
	}
	return last.Add(time.Microsecond)
}

func (db *EventStore) newestStatements(
	ctx context.Context, statements []programme.Statement,
) (map[statementKey]statementVersion, error) {
	entities, services := map[string]bool{}, map[string]bool{}
	for i := range statements {
		entities[statements[i].Entity], services[statements[i].Service] = true, true
	}
	newest := map[statementKey]statementVersion{}
	read := func(r *record) {
		key := statementKey{r.name(), r.name(), r.name(), programme.Channel(r.name()), programme.Measure(r.name())}
		newest[key] = statementVersion{programme.State(r.name()), r.int64(), r.instant()}
	}
	for some := range slices.Chunk(slices.Sorted(maps.Keys(services)), servicesAsked) {
		err := db.each(ctx, ingest, db.queries.named("ingest.NewestStatements"), read,
			bind("entities", slices.Sorted(maps.Keys(entities))), bind("services", some))
		if err != nil {
			return nil, err
		}
	}
	return newest, nil
}

func (db *EventStore) insertStatements(ctx context.Context, token string, statements []programme.Statement) error {
	type statement = programme.Statement
	return db.insert(ctx, ingest, db.queries.named("ingest.InsertStatements"), token,
		columnOf(statements, func(s *statement) string { return s.Entity }),
		columnOf(statements, func(s *statement) string { return s.Service }),
		columnOf(statements, func(s *statement) string { return s.Period.String() }),
		columnOf(statements, func(s *statement) string { return string(s.Channel) }),
		columnOf(statements, func(s *statement) string { return string(s.Measure) }),
		columnOf(statements, func(s *statement) string { return string(s.State) }),
		columnOf(statements, func(s *statement) int64 { return s.Value }),
		columnOf(statements, func(s *statement) string { return s.Source }),
		columnOf(statements, func(s *statement) string { return s.EventID }),
		columnOf(statements, func(s *statement) string { return s.Actor }),
		columnOf(statements, func(s *statement) time.Time { return s.RecordedAt }),
	)
}
