package clickhouse

import (
	"context"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// IDsOnSeveralDays finds the event ids of an entity that were accepted on more than one report date or for more than one
// service, from and to included, counted by services and days: the limit's worth with the most ids. It reads raw events
// as they are now.
func (db *Readings) IDsOnSeveralDays(ctx context.Context, from, to civil.Date, limit int) ([]programme.Finding, error) {
	from, to = max(from, firstDate), min(to, lastDate)
	if from > to {
		return nil, nil
	}
	return list(ctx, db.conn, web, db.queries.named("quality.IDsOnSeveralDays"), func(r *record) programme.Finding {
		found := programme.Finding{Kind: programme.FindingIDOnTwoDays, Entity: r.name()}
		services := r.texts()
		found.Service, found.Others = services[0], services[1:]
		if len(found.Others) > 0 {
			found.Kind = programme.FindingIDOnTwoServices
		}
		found.Days = r.dates()
		found.Keys = int(r.uint64()) //nolint:gosec // a number of rows
		return found
	}, bind("from", from.String()), bind("to", to.String()), bind("limit", max(limit, 0)))
}

// SourceSums returns what each source of events sent, day by day, of each entity's service, channel, stage and month that
// more than one source sent, from and to included. It reads raw events as they are now.
func (db *Readings) SourceSums(ctx context.Context, from, to civil.Date) ([]programme.SourceSum, error) {
	from, to = max(from, firstDate), min(to, lastDate)
	if from > to {
		return nil, nil
	}
	return list(ctx, db.conn, web, db.queries.named("quality.SourceSums"), func(r *record) programme.SourceSum {
		return programme.SourceSum{
			Entity: r.name(), Service: r.name(), Channel: programme.Channel(r.name()), Stage: programme.Stage(r.name()),
			Month: r.month().From.Month(), Source: r.name(), Days: r.dates(), Uses: r.counts(),
		}
	}, bind("from", from.String()), bind("to", to.String()))
}

// DaysOf is Days of some services.
func (db *Readings) DaysOf(
	ctx context.Context, asAt time.Time, services []string, from, to civil.Date,
) ([]programme.EventSum, error) {
	from, to = max(from, firstDate), min(to, lastDate)
	if from > to || len(services) == 0 {
		return nil, nil
	}
	return db.sums(ctx, "usage.DaysOf", (*record).day, bind("services", services),
		bind("known_on", db.knownOn(asAt)), bind("from", from.String()), bind("to", to.String()))
}

// OpenRefusals counts the refused rows that were still open at a moment; a zero one means now.
func (db *Readings) OpenRefusals(ctx context.Context, asAt time.Time) ([]programme.RefusedRows, error) {
	return list(ctx, db.conn, web, db.queries.named("quality.OpenRefusals"), func(r *record) programme.RefusedRows {
		rows := programme.RefusedRows{Entity: r.name(), Code: programme.RefusalCode(r.name())}
		rows.Rows = int(r.uint64()) //nolint:gosec // a number of rows
		return rows
	}, bind("as_at", microseconds(asAt)))
}
