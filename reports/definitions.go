package reports

import (
	"strconv"
	"strings"
	"time"

	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/reports/sheet"
)

// definitionsWidth is the width in digits of the column of texts.
const definitionsWidth = 104

// defined are the figures that the workbook explains, each with the name of its cell when it has one.
var defined = []struct{ key, name string }{
	{"counted", "progress_counted"},
	{"end_to_end", "progress_end_to_end"},
	{"plan", "progress_plan"},
	{"variance", "progress_variance"},
	{"schedule_index", "progress_schedule_index"},
	{"required_rate", "progress_required_rate"},
	{"recent_rate", "progress_recent_rate_months_3"},
	{"slip_median", "progress_slip_median"},
	{"reach_missing", "progress_reach_missing"},
	{"forecast", "progress_forecast_p50"},
	{"likelihood", ""},
	{"coverage", "coverage_share"},
	{"completed", "usage_completed"},
	{"naive", "usage_growth_naive"},
	{"like_for_like", "usage_growth_like_for_like"},
	{"decomposition", "usage_growth_decomposition_change"},
	{"streak", "usage_growth_streak"},
	{"concentration", "usage_growth_concentration_largest_share"},
	{"take_up", "usage_take_up_value"},
	{"dormant", "attention_dormant"},
	{"silent", "attention_silent"},
	{"without_numbers", "attention_without_numbers"},
	{"received", ""},
}

// writeDefinitions says in plain words what every number means and how it was made.
func (w *workbook) writeDefinitions() {
	s := w.openSheet("definitions", 34, definitionsWidth, 40)
	s.Title(w.T("reports.definitions.title"))
	s.Heading(sheet.FirstColumn, s.Last, s.Row, w.T("reports.definitions.rule"))
	s.Row++
	s.Paragraph(170, w.rule(), sheet.Look{})
	s.Gap()
	s.Heading(sheet.FirstColumn, s.Last, s.Row, w.T("reports.definitions.figures"))
	s.Row++
	s.definedFigures()
	s.Gap()
	s.terms("levels", []term{
		{w.levelName(1), w.T("reports.definition.level.1")},
		{w.levelName(2), w.T("reports.definition.level.2")},
		{w.levelName(3), w.T("reports.definition.level.3")},
		{w.levelName(4), w.T("reports.definition.level.4")},
	})
	s.terms("statuses", w.statusTerms())
	s.terms("states", w.stateTerms())
	s.terms("dates", []term{
		{w.T("base.on"), w.T("reports.definition.on")},
		{w.T("base.as_at"), w.T("reports.definition.as_at")},
		{w.T("reports.status.draft"), w.T("reports.definition.draft")},
	})
	s.terms("audit", w.anchorTerms())
	s.PrintArea(s.Row)
	s.Freeze(1, 4)
}

// anchorTerms are the last anchor of the audit record before the figures' as at: its place, its moment in UTC and its
// hash, by which mirsad verify finds it again.
func (w *workbook) anchorTerms() []term {
	anchor := w.edition.Anchor
	if anchor.Seq == 0 {
		return []term{{w.T("reports.anchor.place"), w.T("reports.anchor.none")}}
	}
	return []term{
		{
			w.T("reports.anchor.place"),
			w.T("reports.anchor.sequence",
				i18n.Args{"seq": strconv.FormatUint(anchor.Seq, 10), "chain": anchor.Chain}),
		},
		{w.T("reports.anchor.moment"), anchor.RecordedAt.UTC().Format(time.RFC3339)},
		{w.T("reports.anchor.hash"), anchor.Hash.String()},
		{w.T("reports.anchor.check"), w.T("reports.anchor.command", i18n.Args{"hash": anchor.Hash.String()})},
	}
}

// rule is the counting rule of this month in plain words.
func (w *workbook) rule() string {
	r := w.figures.Programme.Rule
	args := i18n.Args{
		"version": w.Int(int64(w.figures.RuleVersion)), "level": w.levelName(max(r.MinimumLevel, 1)),
		"start": w.Date(w.figures.Programme.StartsOn),
	}
	parts := []string{w.T("reports.rule.counts", args), w.T("reports.rule.bundle")}
	if r.CountExisting {
		parts = append(parts, w.T("reports.rule.existing", args))
	} else {
		parts = append(parts, w.T("reports.rule.new_only", args))
	}
	if len(r.Audiences) > 0 {
		audiences := make([]string, len(r.Audiences))
		for i, audience := range r.Audiences {
			audiences[i] = w.audience(audience)
		}
		parts = append(parts, w.T("reports.rule.audiences",
			i18n.Args{"audiences": strings.Join(audiences, w.T("reports.comma"))}))
	}
	return strings.Join(parts, " ")
}

func (s *tab) definedFigures() {
	columns := []sheet.Column{
		{Title: s.T("reports.column.figure"), Width: 34, Look: sheet.Look{Bold: true, Wrap: true}},
		{Title: s.T("reports.column.formula"), Width: definitionsWidth, Look: sheet.Look{Wrap: true}},
		{Title: s.T("reports.column.cell_name"), Width: 40, Look: sheet.Look{Size: 9, Colour: sheet.Muted, Indent: 1}},
	}
	rows := make([][]any, 0, len(defined))
	for _, d := range defined {
		meaning := s.T("reports.definition." + d.key)
		if d.key == "forecast" {
			meaning += " " + s.forecastMethod()
		}
		if _, limited := s.figures.Verified.Likelihood(); limited && d.key == "likelihood" {
			held := s.Percent(s.figures.Verified.Forecast.Coverage)
			meaning += " " + s.T("base.likelihood.limited", i18n.Args{"share": held})
		}
		rows = append(rows, []any{s.T("reports.figure." + d.key), meaning, d.name})
	}
	s.Table(sheet.Table{Name: "Definitions", Columns: columns, Rows: rows})
}

// term is a word and what it means.
type term struct{ word, meaning string }

// terms writes a part of the sheet: words and what they mean.
func (s *tab) terms(part string, list []term) {
	s.Heading(sheet.FirstColumn, s.Last, s.Row, s.T("reports.definitions."+part))
	s.Row++
	for _, t := range list {
		s.Set(sheet.FirstColumn, s.Row, t.word, sheet.Look{Bold: true, Wrap: true, Edge: sheet.Under})
		s.Merge(sheet.FirstColumn+1, s.Last, s.Row, t.meaning, sheet.Look{Wrap: true, Edge: sheet.Under})
		s.Height(s.Row, max(sheet.TextHeight(t.meaning, definitionsWidth+38, 0), sheet.TextHeight(t.word, 34, 0)))
		s.Row++
	}
	s.Gap()
}

func (w *workbook) statusTerms() []term {
	list := make([]term, 0, len(marks))
	for _, status := range []figures.Status{
		figures.StatusOnTrack, figures.StatusAtRisk, figures.StatusLate, figures.StatusNoData, figures.StatusDone,
	} {
		list = append(list, term{w.standing(status).Text, w.T("reports.definition.status." + string(status))})
	}
	awaiting := string(figures.StatusAwaitingVerification)
	list = append(list, term{w.Status(awaiting), w.T("reports.definition.status." + awaiting)})
	return append(list, term{w.T("base.headline_status.word"), w.T("base.headline_status")})
}

func (w *workbook) stateTerms() []term {
	list := make([]term, 0, len(programme.States()))
	for _, state := range programme.States() {
		list = append(list, term{w.State(state), w.T("reports.definition.state." + string(state))})
	}
	return list
}
