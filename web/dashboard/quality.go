package dashboard

import (
	"cmp"
	"fmt"
	"slices"

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
	Entity, Kind   []page.Option
	Search         string
	// Limits say which kinds of finding are not listed, or not in full.
	Limits   []string
	Rows     []findingRow
	Nothing  string
	Pager    page.Pager
	CSV      string
	Received []receivedRow
	Refused  []refusedRow
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
	asked, err := findingsAsked(v)
	if err != nil {
		return nil, err
	}
	wanted := func(code string) bool { return v.Reader.Sees(code) && (asked.entity == "" || code == asked.entity) }
	found := all.Of(wanted)
	listed := page.Filter(found.Findings, func(f programme.Finding) bool { return asked.wants(v, &f) })
	rows := qualityRows{v}
	view := qualityView{
		frame: v.frame(v.T("web.menu.quality")), Heading: v.T("web.quality.heading", page.Args("n", len(listed))),
		Scope:  v.T("web.quality.scope", page.Args("month", v.Month(v.Figures.On.Month()))),
		Action: "/" + string(v.Language) + "/quality", Dates: v.Address.Others("entity", "kind", "q", "page"),
		Entity: v.EntityOptions(asked.entity), Kind: kindOptions(v, asked.kind), Search: asked.search,
		CSV: rows.qualityFile(asked), Limits: limitsOf(v, found.Limits, asked.kind),
		Received: rows.received(wanted), Refused: rows.refusedRows(found),
	}
	view.showFindings(v, listed)
	return view, nil
}

// showFindings shows the page of findings that the address asks for.
func (q *qualityView) showFindings(v *visit, found []programme.Finding) {
	if len(found) == 0 {
		q.Nothing = v.T("web.quality.none")
		return
	}
	shown, pages := page.Paged(v.Visit, found, findingsOnPage)
	q.Pager = pages
	for i := range shown {
		q.Rows = append(q.Rows, rowOfFinding(v, &shown[i], pages.First+i))
	}
}

// limitsOf says which kinds of finding, of all or of one, are not listed in full.
func limitsOf(v *visit, limits []figures.FindingLimit, kind programme.FindingKind) []string {
	wanted := page.Filter(limits, func(l figures.FindingLimit) bool { return kind == "" || kind == l.Kind })
	return page.Each(wanted, func(l figures.FindingLimit) string { return v.FindingLimit(l.Kind, string(l.Reason), l.More) })
}

// qualityRows are the lists of the page of quality.
type qualityRows struct{ *visit }

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

// qualityFile is the address of the findings as CSV, of the same dates and filters.
func (v qualityRows) qualityFile(asked askedFindings) string {
	query := v.Address.Copied()
	query.Del("page")
	return page.WithQuery("/v1/quality.csv", page.Set(query, []string{
		"entity", asked.entity, "kind", string(asked.kind), "q", asked.search, "lang", string(v.Language),
	}))
}
