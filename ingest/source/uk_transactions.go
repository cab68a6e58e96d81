package source

import (
	"cmp"
	"context"
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

const (
	ukName   = "uk-transactions"
	ukSource = "import:" + ukName
	// ukPrefix begins the codes of everything in the transactions.
	ukPrefix = "uk-"
)

var ukColumns = []string{
	"agency", "service_name", "slug", "quarter_start", "total_transactions", "digital_transactions",
}

// ukTransactions is the UK Transactions Explorer: quarterly volumes of services that have no level.
type ukTransactions struct {
	entities []programme.Entity
	services []ukService
	quarters []ukQuarter
	// withdrawn is what earlier imports stated of the files' quarters for services that those no longer have, and removed
	// are the services of which nothing is left.
	withdrawn []programme.Statement
	removed   []programme.Draft
	before    recorded
}

type ukService struct {
	programme.Service
	since civil.Date // first day of the first quarter given
}

// ukQuarter is one row: the volumes of a service and quarter, nil where the cell is empty.
type ukQuarter struct {
	service        string
	period         civil.Period
	total, digital *int64
}

func openUKTransactions(ctx context.Context, files []string, means Means) (Feed, error) {
	before, err := recall(ctx, means.Known)
	if err != nil {
		return nil, err
	}
	read := ukReader{
		feed: &ukTransactions{before: before}, folded: map[string]string{}, entities: map[string]bool{},
		services: map[string]int{}, seen: map[string]bool{},
		years: map[civil.Period]*ukYear{},
	}
	for _, file := range files {
		means.readTable(file, ukColumns, nil, &read.faults, read.row)
	}
	feed := read.feed
	if err := feed.compare(ctx, means, &read); err != nil {
		return nil, err
	}
	if err := read.faults.err(); err != nil {
		return nil, err
	}
	slices.SortFunc(feed.entities, func(a, b programme.Entity) int { return cmp.Compare(a.Code, b.Code) })
	slices.SortFunc(feed.services, func(a, b ukService) int { return cmp.Compare(a.Code, b.Code) })
	return feed, nil
}

// ukReader fills a feed row by row.
type ukReader struct {
	feed     *ukTransactions
	entities map[string]bool
	services map[string]int
	seen     map[string]bool   // service and quarter
	folded   map[string]string // codes of services by the code without case
	years    map[civil.Period]*ukYear
	faults   faults
}

// ukYear is where a quarter of the files begins, and how many services it has.
type ukYear struct {
	place
	count int
}

func (r *ukReader) row(t *table) {
	count := r.faults.count
	agency := t.required("agency")
	name := t.required("service_name")
	slugged := t.required("slug")
	quarter := ukQuarterOf(t)
	before := r.feed.before
	var known bool
	quarter.service, known = before.code(programme.FamilyService, ukPrefix+slugged)
	key := quarter.service + " " + quarter.period.String()
	folded := programme.FoldCode(quarter.service)
	existing, twin := before.like(programme.FamilyService, quarter.service)
	if !twin {
		existing, twin = r.folded[folded]
	}
	if twin && existing != quarter.service {
		t.faults.add(t.place.cell("slug", quarter.service, "differs_by_case", "existing", existing))
	}
	if r.seen[key] {
		t.blame("quarter_start", "quarter_twice")
	}
	entity, _ := before.code(programme.FamilyEntity, ukPrefix+slug(agency))
	agency, _ = fit(agency)
	columns := map[string]string{"code": "slug", "name": "service_name", "description": "service_name"}
	if known {
		delete(columns, "code") // it is recorded so
	}
	short, description := fit(name)
	t.check(register.CheckService(&programme.Service{
		Code: quarter.service, Name: short, NameAr: short, Description: description,
	}), columns)
	t.check(register.CheckEntity(programme.Entity{Code: entity, Name: agency, NameAr: agency}),
		map[string]string{"code": "agency", "name": "agency"})
	if r.faults.count > count {
		return
	}
	r.seen[key], r.folded[folded] = true, quarter.service
	if r.years[quarter.period] == nil {
		r.years[quarter.period] = &ukYear{place: t.place}
	}
	r.years[quarter.period].count++
	r.catalogue(entity, agency, quarter, name)
	r.feed.quarters = append(r.feed.quarters, quarter)
}

// catalogue notes the row's entity and service.
func (r *ukReader) catalogue(entity, agency string, quarter ukQuarter, name string) {
	if !r.entities[entity] {
		r.entities[entity] = true
		r.feed.entities = append(r.feed.entities, programme.Entity{Code: entity, Name: agency, NameAr: agency})
	}
	at, found := r.services[quarter.service]
	if !found {
		r.services[quarter.service] = len(r.feed.services)
		short, description := fit(name)
		r.feed.services = append(r.feed.services, ukService{since: quarter.period.From, Service: programme.Service{
			Code: quarter.service, Name: short, NameAr: short, Description: description, Entity: entity,
			Channels: []programme.Channel{programme.ChannelWeb, programme.ChannelOther},
		}})
		return
	}
	service := &r.feed.services[at]
	service.since = min(service.since, quarter.period.From)
}

func ukQuarterOf(t *table) ukQuarter {
	given, reason := t.dates.Period(t.cell("quarter_start"))
	period := civil.PeriodOf(civil.GrainQuarter, given.From)
	if reason != "" || period.From != given.From || (given.Grain != civil.GrainDay && given != period) {
		t.blame("quarter_start", "not_a_quarter")
	}
	return ukQuarter{
		period: period, total: optionalCount(t, "total_transactions"), digital: optionalCount(t, "digital_transactions"),
	}
}

// optionalCount reads a count; an empty cell is nil.
func optionalCount(t *table, column string) *int64 {
	if t.cell(column) == "" {
		return nil
	}
	n := t.count(column)
	return &n
}

// Name returns uk-transactions.
func (f *ukTransactions) Name() string { return ukName }

// Catalogue returns the agencies and services; a service is in the catalogue from its first quarter on.
func (f *ukTransactions) Catalogue() ([]programme.Draft, error) {
	drafts := make([]programme.Draft, 0, len(f.entities)+len(f.services))
	for _, e := range f.entities {
		drafts = append(drafts, programme.Draft{Family: programme.FamilyEntity, Subject: e.Code, Body: e})
	}
	for _, s := range f.services {
		drafts = append(drafts, programme.Draft{
			Family: programme.FamilyService, Subject: s.Code, EffectiveOn: s.since, Body: s.Service,
			After: f.before.after(s.Code, ukWithdrawn),
		})
	}
	return append(drafts, f.removed...), nil
}

// Events yields two statements a row: digital as web, and total less digital as other, which ingestion subtracts and
// refuses where digital exceeds total.
func (f *ukTransactions) Events(yield func(event programme.CloudEvent, verify bool) error) error {
	for i := range f.withdrawn {
		if err := yield(withdrawal(&f.withdrawn[i]), false); err != nil {
			return err
		}
	}
	for _, q := range f.quarters {
		web := programme.StatementData{
			Period: q.period, Channel: programme.ChannelWeb, Measure: programme.MeasureCompleted,
			State: stateOf(q.digital), Value: q.digital,
		}
		other := programme.StatementData{
			Period:  q.period,
			Channel: programme.ChannelOther,
			Measure: programme.MeasureCompleted,
			State:   programme.NotProvided,
		}
		if q.total != nil && q.digital != nil {
			other.State, other.Total, other.Digital = programme.Reported, q.total, q.digital
		}
		for _, data := range []programme.StatementData{web, other} {
			if err := yield(statementEvent(ukSource, q.period.String(), q.service, data), false); err != nil {
				return err
			}
		}
	}
	return nil
}

func stateOf(value *int64) programme.State {
	if value == nil {
		return programme.NotProvided
	}
	return programme.Reported
}
