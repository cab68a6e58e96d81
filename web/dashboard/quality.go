package dashboard

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/web/page"
)

// qualityView is what is doubtful, missing or refused in the data behind the figures.
type qualityView struct {
	frame

	Heading, Scope string
	Action         string
	Dates          []page.Hidden
	Entity         []page.Option
	// Limits say which kinds of finding are not told, or not in full.
	Limits   []string
	Rows     []findingRow
	Nothing  string
	Pager    page.Pager
	CSV      string
	Received []receivedRow
	Refused  []refusedRow
}

// findingRow is a finding with the numbers behind it and what to do.
type findingRow struct {
	Entity, Service page.Link
	Kind            string
	Text, Remedy    string
	// Differs says that the row has the three numbers.
	Differs                       bool
	Statement, Events, Difference page.Figure
}

// receivedRow is what came of an entity's data.
type receivedRow struct {
	Entity page.Link
	Grade  string
	Parts  string
	Share  page.Figure
}

// refusedRow is how many rows wait that were refused for one reason.
type refusedRow struct {
	Reason, Code string
	Rows         page.Figure
}

// findingsOnPage is the number of findings of a page.
const findingsOnPage = 50

func (v *visit) quality() (any, error) {
	all, err := v.Source.Quality(v.Request.Context(), v.Question)
	if err != nil {
		return nil, fmt.Errorf("ask for the data's quality: %w", err)
	}
	entity := v.Address.Query.Get("entity")
	wanted := func(code string) bool { return v.Reader.Sees(code) && (entity == "" || code == entity) }
	found := all.Of(wanted)
	rows := qualityRows{v.Visit}
	view := qualityView{
		frame:   v.frame(v.T("web.menu.quality")),
		Heading: v.T("web.quality.heading", page.Args("n", len(found.Findings))),
		Scope:   v.T("web.quality.scope", page.Args("month", v.Month(v.Figures.On.Month()))),
		Action:  "/" + string(v.Language) + "/quality", Dates: v.Address.Others("entity", "page"),
		Entity: v.EntityOptions(entity),
		CSV:    rows.qualityFile(entity),
		Limits: page.Each(
			found.Limits, func(l figures.FindingLimit) string { return v.T("base.finding_limit." + string(l.Reason)) },
		),
		Received: rows.received(wanted), Refused: rows.refusedRows(found),
	}
	view.showFindings(rows, found.Findings)
	return view, nil
}

// showFindings shows the page of findings that the address asks for.
func (q *qualityView) showFindings(v qualityRows, found []programme.Finding) {
	if len(found) == 0 {
		q.Nothing = v.T("web.quality.none")
		return
	}
	shown, pages := page.Paged(v.Visit, found, findingsOnPage)
	q.Pager = pages
	for i := range shown {
		q.Rows = append(q.Rows, v.findingRow(&shown[i], pages.First+i))
	}
}

// qualityRows are the lists of the page of quality.
type qualityRows struct{ *page.Visit }

func (v qualityRows) findingRow(f *programme.Finding, place int) findingRow {
	at := "quality.items." + strconv.Itoa(place) + "."
	row := findingRow{
		Entity: v.EntityLink(f.Entity), Service: v.ServiceLink(f.Service),
		Kind:      v.T("base.finding_kind." + string(f.Kind)),
		Differs:   f.Kind == programme.FindingStatementDiffers,
		Statement: v.CountOf(at+"statement", f.Statement), Events: v.CountOf(at+"events", f.Events),
		Difference: v.Growth(at+"difference", f.Difference),
	}
	row.Text, row.Remedy = v.Finding(f)
	if v.Named.Services[f.Service] == nil {
		row.Service.Address = "" // it has left the catalogue, or gone to another entity
	}
	if v.Named.Entities[f.Entity] == nil {
		row.Entity.Address = ""
	}
	return row
}

// received lists what came of the entities' data, the worst first.
func (v qualityRows) received(wanted func(entity string) bool) []receivedRow {
	list := page.Filter(v.Figures.Entities, func(e figures.EntityFigures) bool { return wanted(e.Code) })
	slices.SortStableFunc(list, func(a, b figures.EntityFigures) int {
		return cmp.Or(
			-cmp.Compare(a.Completeness.Grade, b.Completeness.Grade),
			unknownLast(a.Completeness.Share, b.Completeness.Share, 1),
		)
	})
	return page.Each(list, func(e figures.EntityFigures) receivedRow {
		return receivedRow{
			Entity: v.EntityLink(e.Code), Grade: grade(v.Words, e.Completeness.Grade),
			Parts: v.T("web.of", page.Args("part", e.Completeness.Reported, "whole", e.Completeness.Expected)),
			Share: v.PercentOf("entities."+e.Code+".completeness.share", e.Completeness.Share),
		}
	})
}

func (v qualityRows) refusedRows(found *figures.Quality) []refusedRow {
	return page.Each(found.RefusedByCode(), func(r programme.RefusedRows) refusedRow {
		return refusedRow{
			Reason: v.T("base.refusal." + string(r.Code)), Code: string(r.Code),
			Rows: v.Whole("quality.refused."+string(r.Code), r.Rows),
		}
	})
}

// qualityFile is the address of the findings as CSV, of the same dates and entity.
func (v qualityRows) qualityFile(entity string) string {
	query := v.Address.Copied()
	query.Del("page")
	return page.WithQuery("/v1/quality.csv", page.Set(query, []string{"entity", entity, "lang", string(v.Language)}))
}
