package web

import (
	"strings"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// serviceView is one service: where it stands, whether it counts and why not, its use and its history.
type serviceView struct {
	ownFrame

	Name, OtherName   string
	OtherDirection    string
	Code              string
	Entity            link
	Status            string
	StatusCode        string
	Claimed, Verified levelChip
	Counted           bool
	CountedText       string
	Flags             []string
	Facts             []fact
	DependsOn         []link
	Claims            link // to its claims, for who claims or verifies them
	Use               chart
	History           []historyRow
}

// fact is one line of what is known of a service.
type fact struct {
	Label  string
	Text   string
	Figure *figure
}

// historyRow is a change in a service's life.
type historyRow struct {
	On, What, Detail, Actor, Recorded string
	SameAct                           bool
}

func (v *visit) service() (any, error) {
	code := v.parameter("service")
	s := v.named.services[code]
	if s == nil {
		return nil, v.noService(code)
	}
	use, err := v.serviceUse(s)
	if err != nil {
		return nil, err
	}
	name, other := v.name(s.Name, s.NameAr), s.NameAr
	if name == s.NameAr {
		other = s.Name
	}
	view := serviceView{
		ownFrame: v.ownFrame(name), Name: name, OtherName: other, Code: s.Code, Entity: v.entityLink(s.Entity),
		OtherDirection: v.Language.Other().Direction(),
		Status:         v.T("base.service_status." + string(s.Status)), StatusCode: string(s.Status),
		Claimed: v.chip(s.LevelClaimed), Verified: v.chip(s.LevelVerified),
		Counted: s.Counted, CountedText: v.countedText(s), Facts: v.serviceFacts(s), Use: use,
	}
	view.Claims = v.claimsLink(s.Code)
	if s.Dormant {
		view.Flags = append(view.Flags, v.T("web.service.dormant"))
	}
	if s.Silent {
		view.Flags = append(view.Flags, v.T("web.service.silent"))
	}
	for _, code := range s.DependsOn {
		view.DependsOn = append(view.DependsOn, v.entityLink(code))
	}
	for i := range s.History {
		view.History = append(view.History, v.historyRow(&s.History[i]))
	}
	return view, nil
}

// countedText says whether the service is counted, or the clause that keeps it from it.
func (v *visit) countedText(s *figures.ServiceFigures) string {
	if s.Counted {
		return v.T("web.service.counted", args("date", v.Date(v.figures.On)))
	}
	return v.T("web.service.not_counted", args("clause", v.T("base.clause."+string(s.Clause))))
}

func (v *visit) serviceFacts(s *figures.ServiceFigures) []fact {
	slip := v.count("service.slip", s.Slip)
	completed := v.count("service.completed", s.Completed.Count)
	yes := v.T("web.no")
	if s.Mandatory {
		yes = v.T("web.yes")
	}
	channels := v.T("web.service.no_channels")
	if len(s.Channels) > 0 {
		channels = strings.Join(v.channelNames(s.Channels), v.T("web.list_separator"))
	}
	facts := []fact{
		{Label: v.T("web.service.channels"), Text: channels},
		{Label: v.T("web.service.audience"), Text: v.audienceOrNone(s.Audience)},
		{Label: v.T("web.service.mandatory"), Text: yes},
		{Label: v.T("web.service.launched_on"), Text: v.Date(s.LaunchedOn)},
		{Label: v.T("web.service.planned_on"), Text: v.Date(s.PlannedOn)},
		{Label: v.T("web.service.expected_on"), Text: v.Date(s.ExpectedOn)},
		{Label: v.T("web.service.slip"), Figure: &slip},
		{Label: v.T("web.service.completed", args("month", v.Month(v.figures.Usage.Month))), Figure: &completed},
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
		detail = append(detail, v.T("web.level", args("number", int(e.Level), "name", v.levelName(e.Level))))
	}
	if len(e.Channels) > 0 {
		detail = append(detail, strings.Join(v.channelNames(e.Channels), v.T("web.list_separator")))
	}
	return historyRow{
		On: v.Date(e.On), What: what, Detail: strings.Join(detail, " · "), Actor: e.Actor,
		Recorded: v.Instant(e.RecordedAt, v.Zone), SameAct: e.SameAct,
	}
}

// serviceUse draws a service's digital completions over twelve months.
func (v *visit) serviceUse(s *figures.ServiceFigures) (chart, error) {
	return v.useColumns("service-use", s.Trend, v.trendHeadline(s.Completed), v.name(s.Name, s.NameAr), "service", s.Code)
}
