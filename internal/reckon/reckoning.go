package reckon

import (
	"mirsad/internal/adoption"
	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// reckoning is one computation of Figures: what its parts share, each worked out once.
type reckoning struct {
	*Knowledge

	on        civil.Date
	settings  programme.Settings
	now       *census
	schedule  *schedule
	plans     *planCurves
	series    *progressSeries
	histories *histories
	table     *adoption.Table
	services  []serviceWork
}

// serviceWork is what is known of a service on the date beyond its census.
type serviceWork struct {
	owner     catalogue.EntityAt
	use       adoption.ServiceUse
	milestone [figures.BasisCount]milestoneWork // by basis
}

// Figures computes everything the pages and the workbook show for a date, with a back-test of its own.
func (k *Knowledge) Figures(on civil.Date) *figures.Figures {
	f, _ := k.FiguresTested(on, nil) // its own back-test never fails
	return f
}

// FiguresTested computes the same with a back-test that somebody else works out. It is asked for last, so that it may
// be worked out meanwhile.
func (k *Knowledge) FiguresTested(on civil.Date, tested figures.Tested) (*figures.Figures, error) {
	r := k.reckon(on)
	r.plans = k.drawPlans(r.now, r.schedule, k.stockOn(on, r.settings))
	r.series = r.walkMonths()
	r.table = k.TableUntil(k.LastEnded(on), on)
	r.examine()
	f := &figures.Figures{
		Programme: r.settings,
		Verified:  r.progress(figures.Verified),
		Claimed:   r.progress(figures.Claimed),
		Coverage:  r.coverage(),
		Entities:  r.entityFigures(),
		Services:  r.serviceFigures(),
		Usage:     r.table.Figures(),
		Plans:     r.planFigures(),
		Ramadan:   k.Ramadan,
	}
	f.Stamp = r.stamp()
	f.Attention = r.attention(f)
	b, err := r.resultOf(tested)
	if err != nil {
		return nil, err
	}
	r.foresee(&f.Verified, b.Track)
	r.foresee(&f.Claimed, b.Track)
	f.Verified.Forecast.Coverage = b.Within80
	return f, nil
}

// reckon begins a computation: the state of all services on a date, what was planned and how each came to count.
func (k *Knowledge) reckon(on civil.Date) *reckoning {
	r := &reckoning{Knowledge: k, on: on, settings: k.SettingsOn(on)}
	r.now = k.takeCensus(on, r.settings)
	r.schedule = k.scheduleOn(on, r.settings.Rule)
	r.histories = r.readHistories()
	return r
}

// examine works out what the figures of services, entities and the programme share.
func (r *reckoning) examine() {
	r.services = make([]serviceWork, len(r.Services))
	for i := range r.services {
		at, w := catalogue.ServiceAt(i), &r.services[i]
		w.owner = catalogue.NoEntity
		if version := r.now.services[i].Version; version != nil {
			w.owner = version.Owner
		}
		w.use = r.table.UseOf(at, &r.now.services[i], r.settings)
		for _, basis := range figures.Bases() {
			w.milestone[basis] = r.milestoneOf(at, basis)
		}
	}
}

func (r *reckoning) stamp() figures.Stamp {
	var all adoption.Received
	for i := range r.services {
		all.Add(r.services[i].use.Received)
	}
	return figures.Stamp{
		On: r.on, AsAt: r.AsAt, Provisional: r.Provisional, DataVersion: r.DataVersion,
		RuleVersion: r.settings.Rule.Version, Sample: r.settings.Sample, Completeness: all.Completeness(),
	}
}

// coverage adds last month's denominator, so that one that shrinks is seen.
func (r *reckoning) coverage() figures.Coverage {
	coverage := coverageOn(r.now)
	lastMonth := coverageOn(r.series.censusAt(r.on.Month() - 1))
	coverage.LastMonthServices = programme.CountOf(lastMonth.Services)
	return coverage
}
