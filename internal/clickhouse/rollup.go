package clickhouse

import (
	"context"
	"log/slog"
	"time"

	driver "github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/ext"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// openSlice is a slice that a chunk has touched since it was last recomputed.
type openSlice struct {
	programme.Slice
	chunk string
	times uint32 // more than once when a chunk's note was sent again long after
}

// Recompute brings the rollups up to date: all slices that are dirty when it begins, the dirty ones of a month at once.
// It returns how many they were. What it had read is closed month by month, so that a failure loses nothing:
// slices that stay open are recomputed again, which changes no figure.
func (db *Rollups) Recompute(ctx context.Context) (int, error) {
	db.mu.Lock()
	defer db.mu.Unlock()
	open, err := db.openSlices(ctx)
	if err != nil || len(open) == 0 {
		return 0, err
	}
	began := db.Now()
	if err := db.takeTerm(ctx); err != nil {
		return 0, err
	}
	done := map[programme.Slice]bool{}
	for _, month := range byMonth(open) {
		if err := db.recomputeMonth(ctx, month); err != nil {
			return len(done), err
		}
		for _, each := range month {
			done[each.Slice] = true
		}
	}
	db.Logger.DebugContext(
		ctx, "rollup recomputed", slog.Int("slices", len(done)), slog.Duration("took", db.Now().Sub(began)),
	)
	return len(done), nil
}

func (db *Rollups) openSlices(ctx context.Context) ([]openSlice, error) {
	return list(ctx, db.conn, worker, db.queries.named("rollup.OpenSlices"), func(r *record) openSlice {
		return openSlice{
			Slice: programme.Slice{ReportDate: r.date(), Entity: r.name()},
			chunk: r.name(),
			times: r.uint32(),
		}
	})
}

// byMonth splits slices, which come in the order of their dates, into those of each month.
func byMonth(open []openSlice) [][]openSlice {
	var months [][]openSlice
	for i, first := 1, 0; i <= len(open); i++ {
		if i == len(open) || open[i].ReportDate.Month() != open[first].ReportDate.Month() {
			months = append(months, open[first:i])
			first = i
		}
	}
	return months
}

// recomputeMonth rewrites the days of the slices, then the month of their entities, notes the run and closes the
// slices.
func (db *Rollups) recomputeMonth(ctx context.Context, open []openSlice) error {
	named, err := sliceTable(open)
	if err != nil {
		return err
	}
	version := db.nextVersion()
	db.knownOn = max(db.knownOn, db.dayOf(db.Now()))
	month := open[0].ReportDate.Month().Period()
	args := []any{
		bind("from", month.From.String()), bind("to", month.To.String()),
		bind("known_on", db.knownOn.String()), bind("version", version),
	}
	for _, rewrite := range []string{"rollup.RecomputeDays", "rollup.RecomputeMonth"} {
		with := driver.Context(ctx, driver.WithExternalTable(named))
		if err := db.exec(with, worker, db.queries.named(rewrite), args...); err != nil {
			return err
		}
	}
	if err := db.recordRun(ctx, version, len(open)); err != nil {
		return err
	}
	return db.closeSlices(ctx, version, open)
}

// dayOf returns the day of a moment in the programme's zone.
func (db *conn) dayOf(moment time.Time) civil.Date { return civil.DateOf(moment.In(db.Zone)) }

// sliceTable is the table "slice" that travels with a statement.
func sliceTable(open []openSlice) (*ext.Table, error) {
	table, err := ext.NewTable("slice", ext.Column("entity", "String"), ext.Column("report_date", "Date"))
	if err != nil {
		return nil, err
	}
	seen := map[programme.Slice]bool{}
	for _, each := range open {
		if seen[each.Slice] {
			continue
		}
		seen[each.Slice] = true
		if err := table.Append(each.Entity, each.ReportDate.Time()); err != nil {
			return nil, err
		}
	}
	return table, nil
}

func (db *Rollups) recordRun(ctx context.Context, version uint64, slices int) error {
	return db.insert(ctx, worker, db.queries.named("rollup.RecordRun"), runToken(version),
		[]uint32{db.term}, []uint64{version}, []time.Time{db.knownOn.Time()},
		[]time.Time{db.now()}, []uint64{uint64(slices)}) //nolint:gosec // a length
}

// closeSlices takes back exactly what was read: a chunk that came meanwhile stays open.
func (db *Rollups) closeSlices(ctx context.Context, version uint64, open []openSlice) error {
	now := db.now()
	return db.insert(ctx, worker, db.queries.named("rollup.CloseSlices"), runToken(version),
		columnOf(open, func(s *openSlice) time.Time { return s.ReportDate.Time() }),
		columnOf(open, func(s *openSlice) string { return s.Entity }),
		columnOf(open, func(s *openSlice) string { return s.chunk }),
		columnOf(open, func(*openSlice) time.Time { return now }),
		columnOf(open, func(s *openSlice) int32 { return -int32(s.times) }), //nolint:gosec // a handful
	)
}
