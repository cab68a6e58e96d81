package audit

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"mirsad/internal/programme"
)

// refusals keeps refusals from filling the record: the same one again within a minute is only counted, and
// refusals beyond so many a second are dropped and counted.
type refusals struct {
	seen    map[string]*repeated
	second  int64 // the second that count belongs to
	count   int
	dropped int // and not reported yet
}

// repeated is a refusal that came a moment ago.
type repeated struct {
	row  Row       // without a place
	last time.Time // when it was last written
	more int       // how many came since
}

const (
	// collapseWithin is how long the same refusal is counted instead of being written.
	collapseWithin = time.Minute
	// mostRefusals is the greatest number of different refusals a second, mostSeen of those remembered.
	mostRefusals = 100
	mostSeen     = 10_000
)

// refusalDetail says how often the same refusal came without being written.
type refusalDetail struct {
	Repeated int `json:"repeated"`
}

// droppedDetail says how many refusals were not written at all.
type droppedDetail struct {
	Rows int `json:"rows"`
}

// Refused writes down a refusal without ever waiting: what can't be kept is counted, and the count written.
func (a *Recorder) Refused(ctx context.Context, entry Entry) {
	if a == nil {
		return
	}
	row := a.rowOf(ctx, entry)
	key := row.Actor + "\x00" + row.Object + "\x00" + row.Reason
	now := a.dependencies.Now()
	a.mu.Lock()
	defer a.mu.Unlock()
	if before := a.refusals.seen[key]; before != nil && now.Sub(before.last) < collapseWithin {
		before.row, before.more = row, before.more+1
		return
	}
	if !a.admits(now) {
		a.refusals.dropped++
		a.metrics.dropped.Inc()
		return
	}
	a.refusals.seen[key] = &repeated{row: row, last: now}
	a.keep(row)
	a.notify()
}

// admits reports whether one more refusal may be written now; the lock is held.
func (a *Recorder) admits(now time.Time) bool {
	if second := now.Unix(); second != a.refusals.second {
		a.refusals.second, a.refusals.count = second, 0
	}
	a.refusals.count++
	return a.refusals.count <= mostRefusals && len(a.refusals.seen) < mostSeen &&
		len(a.waiting) < a.configuration.Most/5*4
}

// tellRefusals writes one row for each refusal that came again, once its minute is over, and one for those dropped; at
// the end it waits for no minute.
func (a *Recorder) tellRefusals(atEnd bool) {
	now := a.dependencies.Now()
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, key := range slices.Sorted(maps.Keys(a.refusals.seen)) {
		seen := a.refusals.seen[key]
		if !atEnd && now.Sub(seen.last) < collapseWithin {
			continue
		}
		delete(a.refusals.seen, key)
		if seen.more > 0 && len(a.waiting) < a.configuration.Most {
			seen.row.Detail = jsonOf(refusalDetail{Repeated: seen.more})
			a.keep(seen.row)
		}
	}
	if a.refusals.dropped > 0 && len(a.waiting) < a.configuration.Most {
		a.keep(Row{
			Actor: system, Action: Dropped, Object: "audit", Outcome: Done,
			Detail: jsonOf(droppedDetail{Rows: a.refusals.dropped}),
		})
		a.refusals.dropped = 0
	}
	a.notify()
}

// metrics show whether the record keeps up.
type metrics struct {
	rows, dropped prometheus.Counter
	waiting       prometheus.GaugeFunc
}

func newMetrics(a *Recorder) metrics {
	return metrics{
		rows: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "mirsad_audit_rows_total", Help: "Rows of the audit record written.",
		}),
		dropped: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "mirsad_audit_dropped_total",
			Help: "Refusals that the audit record could not keep; their number is written.",
		}),
		waiting: prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "mirsad_audit_waiting_rows", Help: "Rows of the audit record that wait for the database.",
		}, func() float64 {
			a.mu.Lock()
			defer a.mu.Unlock()
			return float64(len(a.waiting))
		}),
	}
}

func (m metrics) register(registerer prometheus.Registerer) error {
	if registerer == nil {
		return nil
	}
	for _, collector := range []prometheus.Collector{m.rows, m.dropped, m.waiting} {
		if err := registerer.Register(collector); err != nil {
			return programme.Unavailable("register the audit's metrics", err)
		}
	}
	return nil
}
