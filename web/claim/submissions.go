package claim

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/web/page"
)

// submissionsView shows on one screen what each entity owes for a month, and who has not reported.
type submissionsView struct {
	page.Frame

	Heading, Lead string
	Action        string
	Dates         []page.Hidden
	Month, DueOn  string
	Earlier       page.Link
	Later         page.Link
	State         []page.Option
	// Counts say of each kind how many entities stand where.
	Counts  []submissionCountRow
	States  []string
	Rows    []submissionRow
	Nothing string
	CSV     string
	// Remind is the form that writes to who is overdue; nil where the reader reminds nobody. Notice says what it did,
	// Unsent for whom nothing went out.
	Remind *remindForm
	Notice string
	Unsent []string
}

// submissionCountRow is a kind with the number of entities in each state.
type submissionCountRow struct {
	Kind   string
	Counts []page.Figure
}

// submissionRow is an entity with what it owes.
type submissionRow struct {
	Entity            page.Link
	Plan, Use, Claims submissionCell
	overdue           int
}

// submissionCell is one thing owed: a state as word, colour and shape.
type submissionCell struct {
	State page.Status
	Note  string
}

// submissionReaders may see what entities owe; an agency sees its own.
var submissionReaders = []access.Role{access.RolePlanner, access.RoleAgency, access.RoleAuditor, access.RoleAdmin}

func (v *visit) submissions() (any, error) { return v.submissionBoard() }

func (v *visit) submissionBoard() (*submissionsView, error) {
	if err := v.MayRead(submissionReaders...); err != nil {
		return nil, err
	}
	var month civil.Month
	if text := v.Address.Query.Get("month"); text != "" {
		var err error
		if month, err = page.MonthIn(text); err != nil {
			return nil, err
		}
	}
	all, err := v.deps.Submissions.Submissions(v.Request.Context(), v.Question, month)
	if err != nil {
		return nil, fmt.Errorf("ask for submissions: %w", err)
	}
	list := all.Of(v.Reader.Sees)
	state := v.Address.Query.Get("state")
	view := &submissionsView{
		Frame:   v.Frame(v.T("submissions.title")),
		Heading: v.T("submissions.heading", page.Args("month", v.Month(list.Month))),
		Lead:    v.T("submissions.lead", page.Args("day", v.Date(list.DueOn))),
		Action:  "/" + string(v.Language) + "/submissions",
		Dates:   v.Address.Others("month", "state"), Month: list.Month.String(), DueOn: v.Date(list.DueOn),
		Earlier: page.Link{Text: v.Month(list.Month - 1), Address: v.Address.With("month", (list.Month - 1).String())},
		State: v.Options(
			"base.submission.", state,
			page.Each(figures.SubmissionStates(), func(s figures.SubmissionState) string { return string(s) })...,
		),
		CSV: v.submissionsFile(list.Month),
	}
	if list.Month < v.Figures.On.Month() {
		view.Later = page.Link{
			Text: v.Month(list.Month + 1), Address: v.Address.With("month", (list.Month + 1).String()),
		}
	}
	view.count(v, list)
	view.Remind = v.remindForm()
	for i := range list.Entities {
		if owed := &list.Entities[i]; state == "" || stands(owed, figures.SubmissionState(state)) {
			view.Rows = append(view.Rows, v.submissionRow(owed))
		}
	}
	slices.SortStableFunc(view.Rows, func(a, b submissionRow) int {
		return cmp.Or(cmp.Compare(b.overdue, a.overdue), cmp.Compare(a.Entity.Text, b.Entity.Text))
	})
	if len(view.Rows) == 0 {
		view.Nothing = v.T("submissions.nothing")
	}
	return view, nil
}

// stands reports whether anything that an entity owes is in a state.
func stands(owed *figures.EntitySubmissions, state figures.SubmissionState) bool {
	return slices.ContainsFunc(
		figures.SubmissionKinds(), func(kind figures.SubmissionKind) bool { return owed.Of(kind).State == state },
	)
}

// count fills in how many entities stand where.
func (s *submissionsView) count(v *visit, list *figures.Submissions) {
	for _, state := range figures.SubmissionStates() {
		s.States = append(s.States, v.T("base.submission."+string(state)))
	}
	for _, kind := range figures.SubmissionKinds() {
		row := submissionCountRow{Kind: v.T("submissions.kind." + string(kind))}
		for _, state := range figures.SubmissionStates() {
			n := 0
			for i := range list.Entities {
				if list.Entities[i].Of(kind).State == state {
					n++
				}
			}
			row.Counts = append(row.Counts, v.Whole("submissions."+string(kind)+"."+string(state), n))
		}
		s.Counts = append(s.Counts, row)
	}
}

func (v *visit) submissionRow(owed *figures.EntitySubmissions) submissionRow {
	row := submissionRow{
		Entity: v.EntityLink(owed.Entity), overdue: owed.Overdue,
		Plan: v.submissionCell(&owed.Plan), Use: v.submissionCell(&owed.Use), Claims: v.submissionCell(&owed.Claims),
	}
	if v.Named.Entities[owed.Entity] == nil {
		row.Entity = page.Link{Text: v.Name(owed.Name, owed.NameAr)}
	}
	return row
}

// submissionStatuses give each state the colour and shape of a status.
var submissionStatuses = map[figures.SubmissionState]figures.Status{
	figures.SubmissionNone: figures.StatusNoData, figures.SubmissionExpected: figures.StatusNoData,
	figures.SubmissionDraft: figures.StatusAtRisk, figures.SubmissionReturned: figures.StatusAtRisk,
	figures.SubmissionSubmitted: figures.StatusOnTrack, figures.SubmissionAccepted: figures.StatusDone,
	figures.SubmissionOverdue: figures.StatusLate,
}

func (v *visit) submissionCell(s *figures.Submission) submissionCell {
	cell := submissionCell{
		State: page.Status{Code: string(submissionStatuses[s.State]), Text: v.T("base.submission." + string(s.State))},
	}
	switch {
	case s.Was != "" && s.Was != figures.SubmissionExpected:
		cell.Note = v.T("submissions.was", page.Args("n", s.Days, "state", v.T("base.submission."+string(s.Was))))
	case s.State == figures.SubmissionOverdue:
		cell.Note = v.T("submissions.days", page.Args("n", s.Days))
	case s.Revision > 0:
		cell.Note = v.T("submissions.revision", page.Args("revision", s.Revision, "day", v.Date(s.On)))
	}
	if s.Expected > 0 {
		parts := v.T("web.of", page.Args("part", s.Reported, "whole", s.Expected))
		if cell.Note != "" {
			parts += " · "
		}
		cell.Note = parts + cell.Note
	}
	return cell
}

// submissionsFile is the address of the same as CSV.
func (v *visit) submissionsFile(month civil.Month) string {
	query := url.Values{}
	for _, name := range page.Dates {
		if value := v.Address.Query.Get(name); value != "" {
			query.Set(name, value)
		}
	}
	return page.WithQuery(
		"/v1/submissions.csv", page.Set(query, []string{"month", month.String(), "lang", string(v.Language)}),
	)
}

// Submissions answers what every entity owes for a month; month 0 is the last one that has ended.
type Submissions interface {
	Submissions(ctx context.Context, q figures.Question, month civil.Month) (*figures.Submissions, error)
}
