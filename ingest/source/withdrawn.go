package source

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"mirsad/internal/programme"
)

// Stated answers the newest statement of every number that the store holds.
type Stated func(ctx context.Context) ([]programme.Statement, error)

// withdrawn returns the stored statements of an importer that its files take back: those for which gone says so, and
// that have not been taken back already.
func (m Means) withdrawn(
	ctx context.Context, source string, gone func(*programme.Statement) bool,
) ([]programme.Statement, error) {
	if m.Stated == nil {
		return nil, nil
	}
	all, err := m.Stated(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what was stated: %w", err)
	}
	var list []programme.Statement
	for i := range all {
		if s := &all[i]; s.Source == source && s.State != programme.NotRequested && gone(s) {
			list = append(list, *s)
		}
	}
	slices.SortFunc(list, func(a, b programme.Statement) int {
		return cmp.Or(cmp.Compare(a.Period.From, b.Period.From), cmp.Compare(a.Service, b.Service),
			cmp.Compare(a.Channel, b.Channel))
	})
	return list, nil
}

// withdrawal is the event that takes a statement back: nobody asks for the number any more. It has the identity of the
// statement that it replaces.
func withdrawal(s *programme.Statement) programme.CloudEvent {
	event := statementEvent(s.Source, "", s.Service, programme.StatementData{
		Period: s.Period, Channel: s.Channel, Measure: s.Measure, State: programme.NotRequested,
	})
	event.ID = s.EventID
	return event
}
