package clickhouse

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/errgroup"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// Use returns the sums of events by month, the days on which they came and the statements, as known at a moment; a zero one means now. A past moment
// knows the rewrites of its whole day. Of each number the newest statement is returned.
func (db *Readings) Use(ctx context.Context, asAt time.Time) (programme.Use, error) {
	var use programme.Use
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		use.Months, err = db.sums(ctx, "usage.Months", (*record).month, bind("known_on", db.knownOn(asAt)))
		return err
	})
	group.Go(func() (err error) {
		use.Statements, err = db.statements(ctx, asAt)
		return err
	})
	group.Go(func() (err error) {
		sent := func(r *record) programme.SentDay { return programme.SentDay{Entity: r.name(), Day: r.date()} }
		use.Sent, err = list(ctx, db.conn, web, db.queries.named("usage.SentDays"), sent, bind("known_on", db.knownOn(asAt)))
		return err
	})
	return use, group.Wait()
}

// Days returns the sums of events by day, from and to included, as known at a moment; a zero one means now.
func (db *Readings) Days(ctx context.Context, asAt time.Time, from, to civil.Date) ([]programme.EventSum, error) {
	from, to = max(from, firstDate), min(to, lastDate)
	if from > to {
		return nil, nil
	}
	return db.sums(ctx, "usage.Days", (*record).day,
		bind("known_on", db.knownOn(asAt)), bind("from", from.String()), bind("to", to.String()))
}

// knownOn is the last day whose rewrites are known at a moment.
func (db *Readings) knownOn(asAt time.Time) string {
	if asAt.IsZero() {
		return lastDate.String()
	}
	return min(max(db.dayOf(asAt), firstDate), lastDate).String()
}

func (db *Readings) sums(
	ctx context.Context, question string, period func(*record) civil.Period, args ...any,
) ([]programme.EventSum, error) {
	return list(ctx, db.conn, web, db.queries.named(question), func(r *record) programme.EventSum {
		return programme.EventSum{
			Entity: r.name(), Service: r.name(), Period: period(r),
			Channel: programme.Channel(r.name()), Stage: programme.Stage(r.name()), Events: r.count(), Uses: r.count(),
		}
	}, args...)
}

func (db *Readings) statements(ctx context.Context, asAt time.Time) ([]programme.Statement, error) {
	periods := map[string]civil.Period{}
	var faults []error
	found, err := list(ctx, db.conn, web, db.queries.named("usage.Statements"), func(r *record) programme.Statement {
		statement := programme.Statement{Entity: r.name(), Service: r.name()}
		text := r.name()
		period, known := periods[text]
		if !known {
			var err error
			if period, err = civil.ParsePeriod(text); err != nil && r.err == nil {
				faults = append(faults, err)
			}
			periods[text] = period
		}
		statement.Period, statement.Channel = period, programme.Channel(r.name())
		statement.Measure = programme.Measure(r.name())
		statement.State, statement.Value = programme.State(r.name()), r.count()
		statement.Source, statement.EventID = r.name(), r.text()
		statement.Actor, statement.RecordedAt = r.name(), r.instant()
		return statement
	}, bind("as_at", microseconds(asAt)))
	return found, errors.Join(err, errors.Join(faults...))
}
