package source

import (
	"cmp"
	"context"
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

const (
	ukName   = "uk-transactions"
	ukSource = "import:" + ukName
)

var ukColumns = []string{
	"agency", "service_name", "slug", "quarter_start", "total_transactions", "digital_transactions",
}

// ukTransactions is the UK Transactions Explorer: quarterly volumes of services that have no level.
type ukTransactions struct {
	entities []programme.Entity
	services []ukService
	quarters []ukQuarter
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

func openUKTransactions(_ context.Context, files []string, _ Means) (Feed, error) {
	feed := &ukTransactions{}
	read := ukReader{feed: feed, entities: map[string]bool{}, services: map[string]int{}, seen: map[string]bool{}}
	for _, file := range files {
		if err := readTable(file, ukColumns, read.row); err != nil {
			return nil, err
		}
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
	seen     map[string]bool
}

func (r *ukReader) row(t *table) error {
	agency, err := t.required("agency")
	if err != nil {
		return err
	}
	name, err := t.required("service_name")
	if err != nil {
		return err
	}
	slugged, err := t.required("slug")
	if err != nil {
		return err
	}
	quarter, err := ukQuarterOf(t)
	if err != nil {
		return err
	}
	quarter.service = "uk-" + slugged
	key := quarter.service + " " + quarter.period.String()
	if r.seen[key] {
		return t.fault(
			"quarter_start", quarter.period.From.String(),
			"the service has this quarter already: keep one of the two rows",
		)
	}
	r.seen[key] = true
	r.catalogue("uk-"+slug(agency), agency, quarter, name)
	r.feed.quarters = append(r.feed.quarters, quarter)
	return nil
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
		r.feed.services = append(r.feed.services, ukService{since: quarter.period.From, Service: programme.Service{
			Code: quarter.service, Name: name, NameAr: name, Entity: entity,
			Channels: []programme.Channel{programme.ChannelWeb, programme.ChannelOther},
		}})
		return
	}
	service := &r.feed.services[at]
	service.since = min(service.since, quarter.period.From)
}

func ukQuarterOf(t *table) (ukQuarter, error) {
	text := t.cell("quarter_start")
	start, err := civil.ParseDate(text)
	period := civil.PeriodOf(civil.GrainQuarter, start)
	if err != nil || period.From != start {
		return ukQuarter{}, t.fault("quarter_start", text, "write the first day of a quarter, like 2017-04-01")
	}
	quarter := ukQuarter{period: period}
	if quarter.total, err = optionalCount(t, "total_transactions"); err != nil {
		return ukQuarter{}, err
	}
	quarter.digital, err = optionalCount(t, "digital_transactions")
	return quarter, err
}

// optionalCount reads a count; an empty cell is nil.
func optionalCount(t *table, column string) (*int64, error) {
	if t.cell(column) == "" {
		return nil, nil //nolint:nilnil // an empty cell is a value here: not provided
	}
	n, err := t.count(column)
	return &n, err
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
		drafts = append(
			drafts,
			programme.Draft{Family: programme.FamilyService, Subject: s.Code, EffectiveOn: s.since, Body: s.Service},
		)
	}
	return drafts, nil
}

// Events yields two statements a row: digital as web, and total less digital as other, which ingestion subtracts and
// refuses where digital exceeds total.
func (f *ukTransactions) Events(yield func(event programme.CloudEvent, verify bool) error) error {
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
