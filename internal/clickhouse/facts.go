package clickhouse

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"

	"mirsad/internal/programme"
)

// endOfTime is later than every moment recorded.
var endOfTime = time.Date(2200, time.January, 1, 0, 0, 0, 0, time.UTC)

// microseconds returns a moment as the database counts it; a zero one is the end of time.
func microseconds(asAt time.Time) int64 {
	if asAt.IsZero() {
		asAt = endOfTime
	}
	return asAt.UnixMicro()
}

// Facts returns the facts of the families recorded by asAt, by subject and sequence; a zero asAt means now.
func (db *FactStore) Facts(ctx context.Context, families []programme.Family, asAt time.Time) ([]programme.Fact, error) {
	found := make([][]programme.Fact, len(families))
	group, ctx := errgroup.WithContext(ctx)
	for i, family := range families {
		group.Go(func() (err error) {
			found[i], err = db.factsOf(ctx, "facts.Facts", family, bind("as_at", microseconds(asAt)))
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	var all []programme.Fact
	for _, some := range found {
		all = append(all, some...)
	}
	return all, nil
}

// Stream returns all facts of a subject in their sequence; none is no error.
func (db *FactStore) Stream(ctx context.Context, family programme.Family, subject string) ([]programme.Fact, error) {
	return db.factsOf(ctx, "facts.Stream", family, bind("subject", subject))
}

// Recent returns the newest fact of every stream of a family in which one was recorded since a moment, by subject.
func (db *FactStore) Recent(ctx context.Context, family programme.Family, since time.Time) ([]programme.Fact, error) {
	return db.factsOf(ctx, "facts.Recent", family, bind("since", since.UnixMicro()))
}

// factsOf asks a question about the facts of one family.
func (db *FactStore) factsOf(
	ctx context.Context, question string, family programme.Family, args ...any,
) ([]programme.Fact, error) {
	q, err := db.queries.ofFamily(question, family)
	if err != nil {
		return nil, err
	}
	return list(ctx, db.conn, facts, q, func(r *record) programme.Fact {
		return programme.Fact{
			Family: family, Subject: r.text(), Seq: r.uint32(), ID: r.text(), EffectiveOn: r.dateOrNone(),
			RecordedAt: r.instant(), Actor: r.name(), Reason: r.name(), Body: r.bytes(),
		}
	}, args...)
}
