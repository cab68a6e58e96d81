package dashboard

import (
	"slices"
	"strings"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/web/page"
)

// serviceView is one service: where it stands, whether it counts and why not, its use and its history.
type serviceView struct {
	frame

	Name, OtherName   string
	OtherDirection    string
	Code              string
	Entity            page.Link
	Status            string
	StatusCode        string
	Claimed, Verified page.LevelChip
	Counted           bool
	CountedText       string
	Flags             []string
	Facts             []fact
	DependsOn         []page.Link
	Claims            page.Link // to its claims, for who claims or verifies them
	Use               page.Chart
	History           []historyRow
	Findings          findingsBeside
}

// fact is one line of what is known of a service.
type fact struct {
	Label  string
	Text   string
	Figure *page.Figure
	// Partial says what the figure lacks.
	Partial string
}

// historyRow is a change in a service's life.
type historyRow struct {
	On, What, Detail, Actor, Recorded string
	SameAct                           bool
}

func (v *visit) service() (any, error) {
	code := v.Parameter("service")
	s := v.Named.Services[code]
	if s == nil {
		return nil, v.NoService(code)
	}
	use, err := useCharts{v.Visit}.serviceUse(s)
	if err != nil {
		return nil, err
	}
	name, other := v.Name(s.Name, s.NameAr), s.NameAr
	if name == s.NameAr {
		other = s.Name
	}
	view := serviceView{
		frame: v.frame(name), Name: name, OtherName: other, Code: s.Code, Entity: v.EntityLink(s.Entity),
		OtherDirection: v.Language.Other().Direction(),
		Status:         v.T("base.service_status." + string(s.Status)), StatusCode: string(s.Status),
		Claimed: v.Chip(s.LevelClaimed), Verified: v.Chip(s.LevelVerified),
		Counted: s.Counted, CountedText: v.countedText(s), Facts: v.serviceFacts(s), Use: use,
	}
	view.Findings, err = besideFigures(v, func(f *programme.Finding) bool {
		return f.Service == s.Code || slices.Contains(f.Others, s.Code)
	}, "q", s.Code)
	if err != nil {
		return nil, err
	}
	view.Claims = v.ClaimsLink(s.Code)
	if s.Dormant {
		view.Flags = append(view.Flags, v.T("web.service.dormant"))
	}
	if s.Silent {
		view.Flags = append(view.Flags, v.T("web.service.silent"))
	}
	if s.WithoutNumbers {
		view.Flags = append(view.Flags, v.T("web.service.without_numbers"))
	}
	for _, code := range s.DependsOn {
		view.DependsOn = append(view.DependsOn, v.EntityLink(code))
	}
	for i := range s.History {
		view.History = append(view.History, v.historyRow(&s.History[i]))
	}
	return view, nil
}

// countedText says whether the service is counted, or the clause that keeps it from it.
func (v *visit) countedText(s *figures.ServiceFigures) string {
	if s.Counted {
		return v.T("web.service.counted", page.Args("date", v.Date(v.Figures.On)))
	}
	return v.T("web.service.not_counted", page.Args("clause", v.T("base.clause."+string(s.Clause))))
}

func (v *visit) serviceFacts(s *figures.ServiceFigures) []fact {
	slip := v.CountOf("service.slip", s.Slip)
	completed := v.CountOf("service.completed", s.Completed.Count)
	yes := v.T("web.no")
	if s.Mandatory {
		yes = v.T("web.yes")
	}
	channels := v.T("web.service.no_channels")
	if len(s.Channels) > 0 {
		channels = strings.Join(v.ChannelNames(s.Channels), v.T("web.list_separator"))
	}
	expected := v.Date(s.ExpectedOn)
	if s.NoDateGiven {
		expected = v.T("base.no_date_given")
	}
	facts := []fact{
		{Label: v.T("web.service.channels"), Text: channels},
		{Label: v.T("web.service.audience"), Text: v.audienceOrNone(s.Audience)},
		{Label: v.T("web.service.mandatory"), Text: yes},
		{Label: v.T("web.service.launched_on"), Text: v.Date(s.LaunchedOn)},
		{Label: v.T("web.service.planned_on"), Text: v.Date(s.PlannedOn)},
		{Label: v.T("web.service.expected_on"), Text: expected},
		{Label: v.T("web.service.slip"), Figure: &slip},
		{
			Label:  v.T("web.service.completed", page.Args("month", v.Month(v.Figures.Usage.Month))),
			Figure: &completed, Partial: v.Partial(s.Completed),
		},
	}
	if !s.RetiredOn.IsZero() {
		facts = append(facts, fact{Label: v.T("web.service.retired_on"), Text: v.Date(s.RetiredOn)})
	}
	return facts
}

func (v *visit) audienceOrNone(code string) string {
	if code == "" {
		return v.State(programme.NotProvided)
	}
	return v.audience(code)
}

func (v *visit) historyRow(e *figures.ServiceEvent) historyRow {
	what := e.Action
	if key := "web.action." + e.Action; v.Has(key) {
		what = v.T(key)
	}
	var detail []string
	if e.Level.Valid() {
		detail = append(detail, v.T("web.level", page.Args("number", int(e.Level), "name", v.LevelName(e.Level))))
	}
	if len(e.Channels) > 0 {
		detail = append(detail, strings.Join(v.ChannelNames(e.Channels), v.T("web.list_separator")))
	}
	return historyRow{
		On: v.Date(e.On), What: what, Detail: strings.Join(detail, " · "), Actor: v.ActorName(e.Actor),
		Recorded: v.Instant(e.RecordedAt, v.Zone), SameAct: e.SameAct,
	}
}
