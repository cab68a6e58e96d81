package api

import (
	"context"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
)

// SubmissionFilters are the parameters that choose what is owed.
type SubmissionFilters struct {
	Asked
	Month  string `query:"month" doc:"Default: the last month that has ended on the date." example:"2016-08"`
	Entity string `query:"entity" doc:"An entity's code; default: every entity that the asker sees."`
}

type submissionsInput struct {
	SubmissionFilters
	Paged
}

type submissionsAnswer struct {
	figures.Stamp

	Month civil.Month                 `json:"month"`
	DueOn civil.Date                  `json:"due_on"`
	Items []figures.EntitySubmissions `json:"items"`
	Next  string                      `json:"next"`
}

// submissionRow is one thing that an entity owes, a row of the CSV.
type submissionRow struct {
	figures.Submission

	entity *figures.EntitySubmissions
	list   *figures.Submissions
	kind   figures.SubmissionKind
	states [2]string // in both languages
}

func (a *API) registerSubmissions() {
	owed := call{
		id: "submissions", who: submissionReaders(), path: "/v1/submissions",
		summary: "What each entity owes for a month: plan update, use, claims",
	}
	answers(a, owed, func(ctx context.Context, v *view, in *submissionsInput) (submissionsAnswer, error) {
		list, err := a.submissions(ctx, v, in.SubmissionFilters)
		if err != nil {
			return submissionsAnswer{}, err
		}
		listed, err := paginate(
			v, in.Paged, list.Entities, func(e figures.EntitySubmissions) string { return e.Entity },
		)
		if err != nil {
			return submissionsAnswer{}, err
		}
		return submissionsAnswer{
			Stamp: v.Stamp, Month: list.Month, DueOn: list.DueOn, Items: listed.Items, Next: listed.Next,
		}, nil
	})
	registerCSV(a, list[*SubmissionFilters, submissionRow]{
		call: owed, columns: submissionColumns(),
		items: func(ctx context.Context, v *view, in *SubmissionFilters) ([]submissionRow, error) {
			list, err := a.submissions(ctx, v, *in)
			if err != nil {
				return nil, err
			}
			return v.submissionRows(list), nil
		},
	})
}

// submissions returns what the entities that the asker sees owe, or one of them.
func (a *API) submissions(ctx context.Context, v *view, in SubmissionFilters) (*figures.Submissions, error) {
	var read reader
	var month civil.Month
	if in.Month != "" {
		var err error
		if month, err = civil.ParseMonth(in.Month); err != nil {
			read.fault("month", "not_a_month", i18n.Args{"value": in.Month})
		}
	}
	if err := read.err(); err != nil {
		return nil, err
	}
	if in.Entity != "" {
		if _, err := v.entity(in.Entity); err != nil {
			return nil, err
		}
	}
	all, err := a.dependencies.Submissions.Submissions(ctx, v.question, month)
	if err != nil {
		return nil, computing(err)
	}
	return all.Of(func(of string) bool { return v.who.Sees(of) && (in.Entity == "" || of == in.Entity) }), nil
}

func (v *view) submissionRows(list *figures.Submissions) []submissionRow {
	rows := make([]submissionRow, 0, len(list.Entities)*len(figures.SubmissionKinds()))
	for i := range list.Entities {
		for _, kind := range figures.SubmissionKinds() {
			row := submissionRow{
				Submission: *list.Entities[i].Of(kind), entity: &list.Entities[i], list: list, kind: kind,
			}
			for at, language := range i18n.Languages() {
				row.states[at] = v.words.In(language).T("base.submission." + string(row.State))
			}
			rows = append(rows, row)
		}
	}
	return rows
}

func submissionColumns() []column[submissionRow] {
	return []column[submissionRow]{
		{"entity", func(s submissionRow) cell { return text(s.entity.Entity) }},
		{"name", func(s submissionRow) cell { return text(s.entity.Name) }},
		{"name_ar", func(s submissionRow) cell { return text(s.entity.NameAr) }},
		{"month", func(s submissionRow) cell { return text(s.list.Month.String()) }},
		{"kind", func(s submissionRow) cell { return text(s.kind) }},
		{"state", func(s submissionRow) cell { return text(s.State) }},
		{"state_text", func(s submissionRow) cell { return text(s.states[0]) }},
		{"state_text_ar", func(s submissionRow) cell { return text(s.states[1]) }},
		{"was", func(s submissionRow) cell { return text(s.Was) }},
		{"due_on", func(s submissionRow) cell { return date(s.list.DueOn) }},
		{"days", func(s submissionRow) cell { return number(s.Days) }},
		{"reported", func(s submissionRow) cell { return number(s.Reported) }},
		{"expected", func(s submissionRow) cell { return number(s.Expected) }},
	}
}
