package api

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// QualityFilter says which findings are asked for.
type QualityFilter struct {
	Entity  string `query:"entity" doc:"An entity's code; default: every entity that the asker sees."`
	Kind    string `query:"kind" doc:"A kind of finding; default: all."`
	Service string `query:"service" doc:"A service's code; default: all."`
	Search  string `query:"q" doc:"Part of a service's name or code."`
}

type qualityRowsInput struct {
	Asked
	QualityFilter
}

type qualityInput struct {
	Asked
	Paged
	QualityFilter
}

// finding is a finding in words of both languages.
type finding struct {
	programme.Finding

	ServiceName   string `json:"service_name"`
	ServiceNameAr string `json:"service_name_ar"`
	Text          string `json:"text"`
	TextAr        string `json:"text_ar"`
	Remedy        string `json:"remedy"`
	RemedyAr      string `json:"remedy_ar"`
}

// findingLimit is a kind of finding that is not listed, or not in full, and why.
type findingLimit struct {
	figures.FindingLimit

	Text   string `json:"text"`
	TextAr string `json:"text_ar"`
}

// refusedRows is how many refused rows of a code wait to be mended.
type refusedRows struct {
	Code   programme.RefusalCode `json:"code"`
	Rows   int                   `json:"rows"`
	Text   string                `json:"text"`
	TextAr string                `json:"text_ar"`
}

// entityQuality is what was received of an entity's data.
type entityQuality struct {
	Code         string               `json:"code"`
	Name         string               `json:"name"`
	NameAr       string               `json:"name_ar"`
	Completeness figures.Completeness `json:"completeness"`
}

type qualityAnswer struct {
	figures.Stamp

	Items    []finding       `json:"items"`
	Next     string          `json:"next"`
	Limits   []findingLimit  `json:"limits"`
	Entities []entityQuality `json:"entities"`
	Refused  []refusedRows   `json:"refused"`
}

func (a *API) registerQuality() {
	// Refused rows come and go without a new data version.
	quality := call{
		id: "quality", who: access.Readers(), path: "/v1/quality",
		summary: "What is doubtful, missing or refused in the data", live: true,
	}
	answers(a, quality, func(ctx context.Context, v *view, in *qualityInput) (qualityAnswer, error) {
		found, err := a.quality(ctx, v, &in.QualityFilter)
		if err != nil {
			return qualityAnswer{}, err
		}
		listed, err := paginate(v, in.Paged, v.findings(found, &in.QualityFilter), func(f finding) string { return f.Key() })
		if err != nil {
			return qualityAnswer{}, err
		}
		return qualityAnswer{
			Stamp: v.Stamp, Items: listed.Items, Next: listed.Next,
			Limits: v.limits(found), Entities: v.received(in.Entity), Refused: v.refusedByCode(found),
		}, nil
	})
	registerCSV(a, list[*qualityRowsInput, finding]{
		call: quality, columns: findingColumns(),
		items: func(ctx context.Context, v *view, in *qualityRowsInput) ([]finding, error) {
			found, err := a.quality(ctx, v, &in.QualityFilter)
			if err != nil {
				return nil, err
			}
			rows := v.findings(found, &in.QualityFilter)
			for _, limit := range v.limits(found) { // a file that left this out would say that nothing was found
				rows = append(
					rows, finding{Finding: programme.Finding{Kind: limit.Kind}, Text: limit.Text, TextAr: limit.TextAr},
				)
			}
			return rows, nil
		},
	})
}

// quality returns what the asker sees of the data's quality, of one entity and kind when these are named.
func (a *API) quality(ctx context.Context, v *view, asked *QualityFilter) (*figures.Quality, error) {
	if asked.Entity != "" {
		if _, err := v.entity(asked.Entity); err != nil {
			return nil, err
		}
	}
	kind := programme.FindingKind(asked.Kind)
	if kind != "" && !slices.Contains(programme.FindingKinds(), kind) {
		return nil, fmt.Errorf("%w: kind %q is none of %v", programme.ErrInvalid, kind, programme.FindingKinds())
	}
	all, err := a.dependencies.Figures.Quality(ctx, v.question)
	if err != nil {
		return nil, computing(err)
	}
	found := all.Of(func(of string) bool { return v.who.Sees(of) && (asked.Entity == "" || of == asked.Entity) })
	if kind != "" {
		found.Limits = slices.DeleteFunc(found.Limits, func(l figures.FindingLimit) bool { return l.Kind != kind })
	}
	return found, nil
}

// wants reports whether a finding is asked for.
func (q *QualityFilter) wants(f *finding) bool {
	if (q.Kind != "" && q.Kind != string(f.Kind)) || (q.Service != "" && q.Service != f.Service && !slices.Contains(f.Others, q.Service)) {
		return false
	}
	wanted := i18n.Fold(strings.TrimSpace(q.Search))
	return wanted == "" || slices.ContainsFunc([]string{f.Service, f.ServiceName, f.ServiceNameAr}, func(text string) bool {
		return strings.Contains(i18n.Fold(text), wanted)
	})
}

// findings are those that are asked for, in words.
func (v *view) findings(found *figures.Quality, asked *QualityFilter) []finding {
	names := v.seriesNames(figures.ByService)
	english, arabic := v.words.In(i18n.English), v.words.In(i18n.Arabic)
	items := make([]finding, 0, len(found.Findings))
	for i := range found.Findings {
		each := finding{Finding: found.Findings[i]}
		name := names(each.Service)
		each.ServiceName, each.ServiceNameAr = name[0], name[1]
		if !asked.wants(&each) {
			continue
		}
		each.Text, each.Remedy = english.Finding(&each.Finding)
		each.TextAr, each.RemedyAr = arabic.Finding(&each.Finding)
		items = append(items, each)
	}
	return items
}

func (v *view) limits(found *figures.Quality) []findingLimit {
	limits := make([]findingLimit, 0, len(found.Limits))
	for _, each := range found.Limits {
		word := func(in i18n.Language) string {
			return v.words.In(in).FindingLimit(each.Kind, string(each.Reason), each.More)
		}
		limits = append(limits, findingLimit{FindingLimit: each, Text: word(i18n.English), TextAr: word(i18n.Arabic)})
	}
	return limits
}

func (v *view) refusedByCode(found *figures.Quality) []refusedRows {
	refused := []refusedRows{}
	for _, each := range found.RefusedByCode() {
		key := "base.refusal." + string(each.Code)
		refused = append(refused, refusedRows{
			Code: each.Code, Rows: each.Rows, Text: v.words.In(i18n.English).T(key),
			TextAr: v.words.In(i18n.Arabic).T(key),
		})
	}
	return refused
}

// received returns what came of the data of the entities that the asker sees, or of one of them.
func (v *view) received(entity string) []entityQuality {
	received := []entityQuality{}
	for _, each := range v.visibleEntities() {
		if entity == "" || each.Code == entity {
			received = append(
				received,
				entityQuality{Code: each.Code, Name: each.Name, NameAr: each.NameAr, Completeness: each.Completeness},
			)
		}
	}
	return received
}

func findingColumns() []column[finding] {
	return []column[finding]{
		{"kind", func(f finding) cell { return text(f.Kind) }},
		{"entity", func(f finding) cell { return text(f.Entity) }},
		{"service", func(f finding) cell { return text(f.Service) }},
		{"service_name", func(f finding) cell { return text(f.ServiceName) }},
		{"service_name_ar", func(f finding) cell { return text(f.ServiceNameAr) }},
		{"period", func(f finding) cell { return text(f.Period.String()) }},
		{"channel", func(f finding) cell { return text(f.Channel) }},
		{"measure", func(f finding) cell { return text(f.Measure) }},
		{"statement", func(f finding) cell { return count(f.Statement) }},
		{"events", func(f finding) cell { return count(f.Events) }},
		{"difference", func(f finding) cell { return ratio(f.Difference) }},
		{"value", func(f finding) cell { return count(f.Value) }},
		{"against", func(f finding) cell { return count(f.Against) }},
		{"against_measure", func(f finding) cell { return text(f.AgainstMeasure) }},
		{"mean", func(f finding) cell { return ratio(f.Mean) }},
		{"periods", func(f finding) cell { return countOrNone(f.Periods) }},
		{"days", func(f finding) cell { return text(strings.Join(dayNames(f.Days), " ")) }},
		{"keys", func(f finding) cell { return countOrNone(f.Keys) }},
		{"services", func(f finding) cell { return countOrNone(f.Services) }},
		{"others", func(f finding) cell { return text(strings.Join(f.Others, " ")) }},
		{"sources", func(f finding) cell { return text(strings.Join(f.Sources, " ")) }},
		{"level", func(f finding) cell {
			if f.Level == 0 {
				return cell{}
			}
			return number(int(f.Level))
		}},
		{"completed", func(f finding) cell { return count(f.Completed) }},
		{"text", func(f finding) cell { return text(f.Text) }},
		{"text_ar", func(f finding) cell { return text(f.TextAr) }},
		{"remedy", func(f finding) cell { return text(f.Remedy) }},
		{"remedy_ar", func(f finding) cell { return text(f.RemedyAr) }},
	}
}

// countOrNone is an empty cell where nothing was counted.
func countOrNone(n int) cell {
	if n == 0 {
		return cell{}
	}
	return number(n)
}

func dayNames(days []civil.Date) []string {
	names := make([]string, len(days))
	for i, day := range days {
		names[i] = day.String()
	}
	return names
}
