package dashboard

import (
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/web/page"
)

// definitionsView says what every figure is and by which rule.
type definitionsView struct {
	frame

	RuleTitle string
	Rule      []string
	Clauses   []string
	Levels    []definition
	Figures   []definition
	States    []definition
	Statuses  []statusDefinition
	Dates     []definition
	Facts     []fact
}

// definition is a word with its meaning.
type definition struct {
	Word, Meaning string
	Level         int
}

// statusDefinition is a status with its rule.
type statusDefinition struct {
	Status  page.Status
	Meaning string
}

// defined are the figures explained, in the order of the pages.
var defined = []string{
	"progress", "plan", "variance", "schedule_index", "milestone", "slip", "reach", "required_rate", "recent_rate",
	"forecast", "likelihood", "coverage",
	"completions", "like_for_like", "naive", "decomposition", "streak", "concentration", "take_up", "dormant", "silent",
	"without_numbers", "completeness",
}

func (v *visit) definitions() (any, error) {
	p := &v.Figures.Programme
	goal := v.Whole("progress.goal", p.Goal)
	view := definitionsView{
		frame: v.frame(v.T("web.menu.definitions")), Rule: v.ruleWords(),
		RuleTitle: v.T("web.rule.title", page.Args("n", int(v.Figures.RuleVersion))),
		Clauses: page.Each(
			programme.Clauses(), func(c programme.Clause) string { return v.T("base.clause." + string(c)) },
		),
		Facts: []fact{
			{Label: v.T("web.programme.name"), Text: v.ProgrammeName()},
			{Label: v.T("web.programme.goal"), Figure: &goal},
			{Label: v.T("web.programme.starts_on"), Text: v.Date(p.StartsOn)},
			{Label: v.T("web.programme.target_on"), Text: v.Date(p.TargetOn)},
			{Label: v.T("web.programme.zone"), Text: p.TimeZone},
		},
	}
	for _, level := range programme.Levels() {
		view.Levels = append(
			view.Levels,
			definition{
				Word: v.LevelName(level), Meaning: v.T("web.define.level." + page.Raw(int64(level))), Level: int(level),
			},
		)
	}
	for _, name := range defined {
		view.Figures = append(
			view.Figures,
			definition{Word: v.T("web.define." + name + ".word"), Meaning: v.T("web.define." + name + ".meaning")},
		)
	}
	view.Figures = append(
		view.Figures, definition{Word: v.T("base.headline_status.word"), Meaning: v.T("base.headline_status")},
	)
	for _, s := range programme.States() {
		view.States = append(view.States, definition{Word: v.State(s), Meaning: v.T("web.define.state." + string(s))})
	}
	for _, s := range []figures.Status{
		figures.StatusOnTrack, figures.StatusAtRisk, figures.StatusLate, figures.StatusDone, figures.StatusNoData,
		figures.StatusAwaitingVerification, figures.StatusDue, figures.StatusPlanned,
	} {
		view.Statuses = append(view.Statuses, statusDefinition{
			Status: v.StatusOf(s), Meaning: v.T("web.define.status." + string(s)),
		})
	}
	for _, name := range []string{"on", "as_at"} {
		view.Dates = append(view.Dates, definition{Word: v.T("base." + name), Meaning: v.T("web.define." + name)})
	}
	return view, nil
}
