package statement

import (
	"slices"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
	"mirsad/web/page"
)

// statementsView is an entity's totals of a month, with the form that gives them anew.
type statementsView struct {
	page.Frame
	page.FormNotes

	Heading, Lead string
	// Action is the form that chooses month, entity and services; Others are its hidden fields.
	Action         string
	Others         []page.Hidden
	Choices        []page.Option // of entities, for who may choose one
	Month, Search  string
	Earlier, Later page.Link
	// Changes are what a form gives, to be confirmed or as it was sent.
	Changes *statementChanges
	// Chosen says that an entity is; without one there are no lines.
	Chosen bool
	// Send is where the form goes; empty where nothing is to be typed.
	Send    string
	Columns []string
	Rows    []statementRow
	Nothing string
	Pager   page.Pager
	// Again leads back to the form after totals were sent; empty in the session of a link, which is over then.
	Again string
}

// statementRow is one service's channel.
type statementRow struct {
	Service       page.Link
	Code, Channel string
	Cells         []statementCell
}

// statementCell is one measure of a row: what stands, and the fields for something else.
type statementCell struct {
	// Asked is false where the measure is not asked of the row.
	Asked   bool
	Measure string
	Known   page.Figure
	Source  string
	ID      string
	Value   page.Field
	State   page.Field
	Fault   string
}

// statementChanges is a table of what is sent, with what stood before.
type statementChanges struct {
	Heading, Text string
	Rows          []statementChangeRow
	// Confirm is where the form goes that sends what is shown; empty once it is sent, and where all is refused.
	Confirm string
	Hidden  []page.Hidden
	Button  string
	// Sure is what a person ticks who was asked about doubtful totals; empty where nothing is doubtful.
	Sure    string
	Receipt string
}

// statementChangeRow is one total, before and after.
type statementChangeRow struct {
	Service, Code, Channel, Measure string
	Before, Source, After           string
	Arrow                           string
	Fault                           string
	Doubts                          []string
}

// view is the page; form is nil where none was sent.
func (s *statementVisit) view(form *statementForm) *statementsView {
	s.Address.Path = "/statements"
	view := &statementsView{
		Lead: s.T("statements.lead"), Action: "/" + string(s.Language) + "/statements",
		Others: s.Address.Others("month", "entity", "q", "page"),
		Month:  s.month.String(), Search: s.Address.Query.Get("q"), Chosen: s.entity != "",
		Heading: s.T("statements.title"),
	}
	if s.Reader.Entity == "" {
		view.Choices = s.EntityChoices(s.Figures.Entities, s.entity, s.T("submit.choose"))
	}
	if s.entity == "" {
		view.Frame = s.Frame(view.Heading)
		return view
	}
	view.Heading = s.T(
		"statements.heading", page.Args("entity", page.Isolated(s.EntityName(s.entity)), "month", s.Month(s.month)),
	)
	if s.Reader.Purpose == "" {
		view.months(s)
	} else {
		view.Action = ""
	}
	view.Frame = s.Frame(view.Heading)
	if form != nil {
		view.outcome(s, form)
	}
	if form == nil || form.receipt == "" {
		view.lines(s, form)
	} else if s.Reader.Purpose == "" {
		view.Again = s.to()
	} else {
		view.Person = "" // the link's session has ended
	}
	return view
}

// months are the links to the months beside this one.
func (view *statementsView) months(s *statementVisit) {
	view.Earlier = page.Link{
		Text: s.Month(s.month - 1), Address: s.Address.With("month", (s.month - 1).String(), "page", ""),
	}
	if s.month < s.Figures.On.Month() {
		view.Later = page.Link{
			Text: s.Month(s.month + 1), Address: s.Address.With("month", (s.month + 1).String(), "page", ""),
		}
	}
}

// lines are the rows of the page, with the form where the reader may write.
func (view *statementsView) lines(s *statementVisit, form *statementForm) {
	all := s.found()
	shown, pages := page.Paged(s.Visit, all, totalsOnPage)
	view.Pager = pages
	if len(all) == 0 {
		view.Nothing = s.T("statements.nothing")
		return
	}
	if s.writes() {
		view.Send = s.to("q", s.Address.Query.Get("q"), "page", s.Address.Query.Get("page"))
	}
	measures := measuresOf(shown)
	for _, measure := range measures {
		view.Columns = append(view.Columns, s.T("base.measure."+string(measure)))
	}
	for i := range shown {
		view.Rows = append(view.Rows, s.statementRow(&shown[i], measures, form))
	}
}

// totalsOnPage is the number of rows of a page: each is a form of up to three totals.
const totalsOnPage = 20

// measuresOf lists the measures that are asked of any of the lines, in their order.
func measuresOf(lines []figures.MonthLine) []programme.Measure {
	asked := map[programme.Measure]bool{}
	for i := range lines {
		for _, total := range lines[i].Totals {
			asked[total.Measure] = true
		}
	}
	return slices.DeleteFunc(programme.Measures(), func(m programme.Measure) bool { return !asked[m] })
}

func (s *statementVisit) statementRow(
	line *figures.MonthLine, measures []programme.Measure, form *statementForm,
) statementRow {
	row := statementRow{
		Service: s.ServiceLink(line.Service), Code: line.Service, Channel: s.T("base.channel." + string(line.Channel)),
	}
	if s.Reader.Purpose != "" {
		row.Service.Address = "" // a signed link opens one page
	}
	for _, measure := range measures {
		at := slices.IndexFunc(line.Totals, func(t usage.MeasuredTotal) bool { return t.Measure == measure })
		if at < 0 {
			row.Cells = append(row.Cells, statementCell{})
			continue
		}
		row.Cells = append(
			row.Cells, s.statementCell(statementKey{line.Service, line.Channel, measure}, &line.Totals[at], form),
		)
	}
	return row
}

func (s *statementVisit) statementCell(
	key statementKey, total *usage.MeasuredTotal, form *statementForm,
) statementCell {
	measure := s.T("base.measure." + string(key.measure))
	cell := statementCell{
		Asked: true, Measure: measure, Known: s.CountOf(string(key.measure), total.Count), Source: s.totalSource(total),
		ID: "t-" + string(key.channel) + "-" + string(key.measure) + "-" + key.service,
	}
	of := page.Args(
		"measure", measure, "service", page.Isolated(s.serviceName(key.service)), "channel",
		s.T("base.channel."+string(key.channel)),
	)
	cell.Value = page.Field{Name: key.name("value"), Label: s.T("statements.value_of", of)}
	cell.State = page.Field{Name: key.name("state"), Label: s.T("statements.state_of", of)}
	chosen := programme.Reported
	if form != nil {
		values := s.Request.PostForm
		cell.Value.Value = values.Get(cell.Value.Name)
		if state := programme.State(values.Get(cell.State.Name)); slices.Contains(statementStates(), state) {
			chosen = state
		}
		at := slices.IndexFunc(form.changes, func(c statementChange) bool { return c.key == key })
		if at >= 0 {
			cell.Fault = form.changes[at].fault
		}
	}
	for _, state := range statementStates() {
		cell.State.Options = append(
			cell.State.Options,
			page.Option{Value: string(state), Text: s.T("base.state." + string(state)), Chosen: state == chosen},
		)
	}
	return cell
}

// totalSource says what a total rests on.
func (s *statementVisit) totalSource(total *usage.MeasuredTotal) string {
	if total.Source == "" {
		return ""
	}
	return s.T("statements.source." + string(total.Source))
}

// outcome tells what came of a form.
func (view *statementsView) outcome(s *statementVisit, form *statementForm) {
	if form.notice != "" {
		view.Notice = s.T(form.notice)
	}
	if form.alert != "" {
		view.Alert = s.T(form.alert, page.Args("n", len(form.changes)-len(form.good)))
	}
	shown := form.good
	if form.receipt != "" {
		shown = form.changes
	}
	if len(shown) == 0 {
		return
	}
	changes := &statementChanges{Receipt: form.receipt}
	view.Changes = changes
	for i := range shown {
		changes.Rows = append(changes.Rows, s.changeRow(&shown[i]))
	}
	if form.receipt != "" {
		changes.Heading = s.T("statements.sent", page.Args("n", len(form.good)))
		changes.Text = s.T("statements.sent_text")
		if s.Reader.Purpose != "" {
			changes.Text = s.T("statements.link_over")
		}
		return
	}
	changes.Heading, changes.Text = s.T("statements.check", page.Args("n", len(shown))), s.T("statements.check_text")
	changes.Confirm, changes.Button = s.to(
		"q", s.Address.Query.Get("q"), "page", s.Address.Query.Get("page"),
	), s.T("statements.confirm", page.Args("n", len(shown)))
	if form.doubts > 0 {
		changes.Sure = s.T("statements.sure")
	}
	changes.Hidden = []page.Hidden{{Name: "act", Value: "confirm"}, {Name: "seen", Value: seenIn(shown)}}
	for i := range shown {
		c := &shown[i]
		changes.Hidden = append(
			changes.Hidden, page.Hidden{Name: c.key.name("value"), Value: c.value},
			page.Hidden{Name: c.key.name("state"), Value: string(c.state)},
		)
	}
}

func (s *statementVisit) changeRow(c *statementChange) statementChangeRow {
	row := statementChangeRow{
		Service: s.serviceName(c.key.service), Code: c.key.service,
		Channel: s.T("base.channel." + string(c.key.channel)),
		Measure: s.T("base.measure." + string(c.key.measure)), Before: s.CountOf("", c.before.Count).Text,
		Source: s.totalSource(&c.before),
		After:  c.after(s.visit), Arrow: "→", Fault: c.fault, Doubts: c.doubts,
	}
	if s.RightToLeft() {
		row.Arrow = "←"
	}
	return row
}

// after words what a change gives: its number as numbers are written, or the word for its state.
func (c *statementChange) after(v *visit) string {
	if c.value == "" {
		return v.State(c.state)
	}
	if count, known := c.count(); known {
		return v.Count(count)
	}
	return c.value
}
