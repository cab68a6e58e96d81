package bench

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/zeebo/xxh3"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// The raw inserts: as big and as many at once as the database takes best on two cores.
const (
	rawRows    = 100_000
	rawWriters = 1
)

// RawTable is a table of the same form as the program's own, in a database beside it.
type RawTable interface {
	// Migrate creates it, Drop removes it: what is left of it would go on merging under the loads that follow.
	Migrate(ctx context.Context) error
	Drop(ctx context.Context) error
	// InsertUsage adds usage events as one block under a token, through the driver's columnar API.
	InsertUsage(ctx context.Context, token string, events []programme.UsageEvent) error
}

// rawInsert returns the rows a second that the database takes when nothing else runs.
func rawInsert(ctx context.Context, table RawTable, now func() time.Time, for_ time.Duration) (float64, error) {
	if err := table.Migrate(ctx); err != nil {
		return 0, err
	}
	rate, err := fill(ctx, table, now, for_)
	return rate, errors.Join(err, table.Drop(ctx))
}

func fill(ctx context.Context, table RawTable, now func() time.Time, for_ time.Duration) (float64, error) {
	began := now()
	rows := make([]int, rawWriters)
	faults := make([]error, rawWriters)
	var group sync.WaitGroup
	for writer := range rawWriters {
		group.Go(func() {
			events := rawEvents(began)
			for n := 0; faults[writer] == nil && now().Sub(began) < for_; n++ {
				renumber(events, uint64(writer)<<40|uint64(n)<<20) //nolint:gosec // small numbers
				faults[writer] = table.InsertUsage(ctx, fmt.Sprintf("%d/%d", writer, n), events)
				rows[writer] += len(events)
			}
		})
	}
	group.Wait()
	total := 0
	for _, n := range rows {
		total += n
	}
	return float64(total) / now().Sub(began).Seconds(), errors.Join(faults...)
}

// rawEvents are the rows that the load's events become.
func rawEvents(at time.Time) []programme.UsageEvent {
	events := make([]programme.UsageEvent, rawRows)
	day := civil.DateOf(at)
	for i := range events {
		events[i] = programme.UsageEvent{
			Entity: EntityCode(i / 500), Service: serviceCode(i/500, i/len(programme.Stages())), ReportDate: day,
			Channel: programme.Channels()[i%4], Stage: programme.Stages()[i%len(programme.Stages())],
			Count: 1, OccurredAt: at, Version: uint64(at.UnixMicro()),
		}
	}
	return events
}

// renumber gives every event a key that looks like a hash, as the table's order makes of every block a sort.
func renumber(events []programme.UsageEvent, from uint64) {
	var name [8]byte
	for i := range events {
		n := from + uint64(i)
		binary.BigEndian.PutUint64(name[:], n)
		events[i].Key = xxh3.Hash128(name[:]).Bytes()
		events[i].Version = n
	}
}
