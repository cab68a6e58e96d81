package api

import (
	"context"
	"fmt"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

type usageInput struct {
	Asked
	Measure  string `query:"measure" doc:"Default completed." enum:"views,started,submitted,completed,rating_count,rating_sum"`
	Grain    string `query:"grain" doc:"Default month." enum:"day,month,quarter,year"`
	By       string `query:"by" doc:"Default: one series in all." enum:"channel,entity,service,level"`
	From     string `query:"from" doc:"A date or period; default: the twelve periods that end with on's." example:"2016-01"`
	To       string `query:"to" doc:"A date or period." example:"2016-09"`
	Channels string `query:"channels" doc:"digital, all, or names separated by commas; default digital, and all when split by channel."`
	Entity   string `query:"entity" doc:"An entity's code."`
	Service  string `query:"service" doc:"A service's code."`
}

type growthInput struct {
	Asked
	Period   string `query:"period" doc:"Compared with the one before; default: the last ended month." example:"2017-Q2"`
	Measure  string `query:"measure" doc:"Default completed." enum:"views,started,submitted,completed,rating_count,rating_sum"`
	Channels string `query:"channels" doc:"digital, all, or names separated by commas; default digital."`
	Entity   string `query:"entity" doc:"An entity's code."`
}

type takeUpInput struct {
	Asked
	Period string `query:"period" doc:"Default: the last ended month." example:"2016-09"`
}

// usageSeries is a series of use with the name of what it counts.
type usageSeries struct {
	figures.UsageSeries

	Name   string `json:"name"`
	NameAr string `json:"name_ar"`
}

type usageAnswer struct {
	figures.Stamp

	Measure programme.Measure `json:"measure"`
	Grain   string            `json:"grain"`
	By      figures.UsageBy   `json:"by"`
	Series  []usageSeries     `json:"series"`
}

type growthAnswer struct {
	figures.Stamp
	figures.Growth
}

type takeUpAnswer struct {
	figures.Stamp
	figures.TakeUp
}

// usageRow is a point of a series in a CSV.
type usageRow struct {
	series *usageSeries
	point  figures.UsagePoint
}

func (a *API) registerUsage() {
	usage := call{
		id: "usage", who: access.Readers(), path: "/v1/usage", summary: "Use by period, each number with its state",
	}
	answers(a, usage, a.usage)
	registerCSV(a, list[*usageInput, usageRow]{
		call: usage, columns: usageColumns(),
		items: func(ctx context.Context, v *view, in *usageInput) ([]usageRow, error) {
			answer, err := a.usage(ctx, v, in)
			rows := []usageRow{}
			for i := range answer.Series {
				for _, point := range answer.Series[i].Points {
					rows = append(rows, usageRow{series: &answer.Series[i], point: point})
				}
			}
			return rows, err
		},
	})
	answers(
		a,
		call{
			id: "growth", who: access.Readers(), path: "/v1/usage/growth",
			summary: "Growth of use against the period before",
		},
		a.growth,
	)
	answers(a, call{id: "take-up", who: access.Readers(), path: "/v1/usage/take-up", summary: "Digital take-up"},
		func(ctx context.Context, v *view, in *takeUpInput) (takeUpAnswer, error) {
			var read reader
			period := read.period("period", in.Period)
			if err := read.err(); err != nil {
				return takeUpAnswer{}, err
			}
			takeUp, err := a.dependencies.Figures.TakeUp(ctx, v.question, period)
			if err != nil {
				return takeUpAnswer{}, computing(err)
			}
			return takeUpAnswer{Stamp: v.Stamp, TakeUp: takeUp}, nil
		})
}

func (a *API) usage(ctx context.Context, v *view, in *usageInput) (usageAnswer, error) {
	query, err := v.usageQuery(in)
	if err != nil {
		return usageAnswer{}, err
	}
	series, err := a.dependencies.Figures.Usage(ctx, v.question, query)
	if err != nil {
		return usageAnswer{}, computing(err)
	}
	answer := usageAnswer{
		Stamp: v.Stamp, Measure: query.Measure, Grain: query.Grain.String(), By: query.By, Series: []usageSeries{},
	}
	names := v.seriesNames(query.By)
	for _, each := range series {
		name := names(each.Key)
		answer.Series = append(answer.Series, usageSeries{UsageSeries: each, Name: name[0], NameAr: name[1]})
	}
	return answer, nil
}

func (a *API) growth(ctx context.Context, v *view, in *growthInput) (growthAnswer, error) {
	var read reader
	query := figures.GrowthQuery{
		Period: read.period("period", in.Period), Measure: readMeasure(&read, in.Measure),
		Channels: read.channels("channels", in.Channels), Entity: in.Entity,
	}
	if err := read.err(); err != nil {
		return growthAnswer{}, err
	}
	if in.Entity != "" {
		if _, err := v.entity(in.Entity); err != nil {
			return growthAnswer{}, err
		}
	}
	growth, err := a.dependencies.Figures.Growth(ctx, v.question, query)
	if err != nil {
		return growthAnswer{}, computing(err)
	}
	if !v.owns(growth.Concentration.Largest) {
		growth.Concentration.Largest = "" // the total is everyone's, the name of another entity's service is not
	}
	return growthAnswer{Stamp: v.Stamp, Growth: growth}, nil
}

// Most periods of one answer: some thirty years by month and three by day, less where each service has a series.
const (
	mostPeriods        = 1_100
	mostServicePeriods = 120
)

func (v *view) usageQuery(in *usageInput) (figures.UsageQuery, error) {
	var read reader
	query := figures.UsageQuery{
		Measure: readMeasure(&read, in.Measure), Grain: civil.GrainMonth,
		By:       figures.UsageBy(read.oneOf("by", in.By, "channel", "entity", "service", "level")),
		From:     read.period("from", in.From).From,
		To:       read.period("to", in.To).To,
		Channels: read.channels("channels", in.Channels), Entity: in.Entity, Service: in.Service,
	}
	if name := read.oneOf("grain", in.Grain, "day", "month", "quarter", "year"); name != "" {
		query.Grain, _ = civil.ParseGrain(name) // oneOf has checked it
	}
	v.checkSpan(&read, query)
	if err := read.err(); err != nil {
		return query, err
	}
	if query.Entity != "" {
		if _, err := v.entity(query.Entity); err != nil {
			return query, err
		}
	}
	if query.Service != "" {
		if _, err := v.service(query.Service); err != nil {
			return query, err
		}
	}
	if query.Entity == "" && (query.By == figures.ByEntity || query.By == figures.ByService) {
		return v.splitByOwner(query)
	}
	return query, nil
}

// splitByOwner chooses whose use a split by entity or service shows: such a split is detail.
func (v *view) splitByOwner(query figures.UsageQuery) (figures.UsageQuery, error) {
	if v.who.SeesAll() {
		return query, nil
	}
	query.Entity = v.who.Entity
	if !v.who.Sees(query.Entity) {
		return query, fmt.Errorf("%w: %s sees no entity's use", programme.ErrNotFound, v.who.ID)
	}
	return query, nil
}

// checkSpan refuses a time that ends before it begins or holds more periods than one answer should.
func (v *view) checkSpan(read *reader, query figures.UsageQuery) {
	if query.From.IsZero() {
		return
	}
	to := query.To
	if to.IsZero() {
		to = v.On
	}
	if to < query.From {
		read.fault("from", "ends_before_it_begins", nil)
		return
	}
	most := mostPeriods
	if query.By == figures.ByService {
		most = mostServicePeriods
	}
	days := map[civil.Grain]int{civil.GrainDay: 1, civil.GrainMonth: 30, civil.GrainQuarter: 91, civil.GrainYear: 365}
	if int(to-query.From)/days[query.Grain] >= most {
		read.fault("from", "too_many_periods", i18n.Args{"most": most})
	}
}

func readMeasure(read *reader, name string) programme.Measure {
	if measure := read.oneOf("measure", name, texts(programme.Measures())...); measure != "" {
		return programme.Measure(measure)
	}
	return programme.MeasureCompleted
}

// seriesNames returns how a series' key is called in English and in Arabic.
func (v *view) seriesNames(by figures.UsageBy) func(key string) [2]string {
	names := map[string][2]string{}
	switch by {
	case figures.ByEntity:
		for _, each := range v.Entities {
			names[each.Code] = [2]string{each.Name, each.NameAr}
		}
	case figures.ByService:
		for _, each := range v.Services {
			names[each.Code] = [2]string{each.Name, each.NameAr}
		}
	case figures.ByChannel, figures.ByLevelOf:
		english, arabic := v.words.In(i18n.English), v.words.In(i18n.Arabic)
		return func(key string) [2]string {
			name := fmt.Sprintf("base.%s.%s", by, key)
			return [2]string{english.T(name), arabic.T(name)}
		}
	}
	return func(key string) [2]string { return names[key] }
}

func usageColumns() []column[usageRow] {
	return []column[usageRow]{
		{"key", func(r usageRow) cell { return text(r.series.Key) }},
		{"name", func(r usageRow) cell { return text(r.series.Name) }},
		{"name_ar", func(r usageRow) cell { return text(r.series.NameAr) }},
		{"period", func(r usageRow) cell { return text(r.point.Period.String()) }},
		{"value", func(r usageRow) cell { return count(r.point.Total.Count) }},
		{"state", func(r usageRow) cell { return state(r.point.Total.State) }},
		{"parts_reported", func(r usageRow) cell { return number(r.point.Total.Parts.Reported) }},
		{"parts_expected", func(r usageRow) cell { return number(r.point.Total.Parts.Expected) }},
	}
}
