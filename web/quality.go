package web

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// qualityView is what is doubtful, missing or refused in the data behind the figures.
type qualityView struct {
	ownFrame

	Heading, Scope string
	Action         string
	Dates          []hidden
	Entity         []option
	// Limits say which kinds of finding are not told, or not in full.
	Limits   []string
	Rows     []findingRow
	Nothing  string
	Pager    pager
	CSV      string
	Received []receivedRow
	Refused  []refusedRow
}

// findingRow is a finding with the numbers behind it and what to do.
type findingRow struct {
	Entity, Service link
	Kind            string
	Text, Remedy    string
	// Differs says that the row has the three numbers.
	Differs                       bool
	Statement, Events, Difference figure
}

// receivedRow is what came of an entity's data.
type receivedRow struct {
	Entity link
	Grade  string
	Parts  string
	Share  figure
}

// refusedRow is how many rows wait that were refused for one reason.
type refusedRow struct {
	Reason, Code string
	Rows         figure
}

// findingsOnPage is the number of findings of a page.
const findingsOnPage = 50

func (v *visit) quality() (any, error) {
	all, err := v.Source.Quality(v.request.Context(), v.question)
	if err != nil {
		return nil, fmt.Errorf("ask for the data's quality: %w", err)
	}
	entity := v.address.query.Get("entity")
	wanted := func(code string) bool { return v.reader.Sees(code) && (entity == "" || code == entity) }
	found := all.Of(wanted)
	view := qualityView{
		ownFrame: v.ownFrame(v.T("web.menu.quality")), Heading: v.T("web.quality.heading", args("n", len(found.Findings))),
		Scope:  v.T("web.quality.scope", args("month", v.Month(v.figures.On.Month()))),
		Action: "/" + string(v.Language) + "/quality", Dates: v.address.others("entity", "page"), Entity: v.entityOptions(entity),
		CSV:      v.qualityFile(entity),
		Limits:   each(found.Limits, func(l figures.FindingLimit) string { return v.T("base.finding_limit." + string(l.Reason)) }),
		Received: v.received(wanted), Refused: v.refusedRows(found),
	}
	view.showFindings(v, found.Findings)
	return view, nil
}

// showFindings shows the page of findings that the address asks for.
func (q *qualityView) showFindings(v *visit, found []programme.Finding) {
	if len(found) == 0 {
		q.Nothing = v.T("web.quality.none")
		return
	}
	shown, pages := paged(v.base, found, findingsOnPage)
	q.Pager = pages
	for i := range shown {
		q.Rows = append(q.Rows, v.findingRow(&shown[i], pages.First+i))
	}
}

func (v *visit) findingRow(f *programme.Finding, place int) findingRow {
	at := "quality.items." + strconv.Itoa(place) + "."
	row := findingRow{
		Entity: v.entityLink(f.Entity), Service: v.serviceLink(f.Service), Kind: v.T("base.finding_kind." + string(f.Kind)),
		Differs:   f.Kind == programme.FindingStatementDiffers,
		Statement: v.count(at+"statement", f.Statement), Events: v.count(at+"events", f.Events), Difference: v.growth(at+"difference", f.Difference),
	}
	row.Text, row.Remedy = v.Finding(f)
	if v.named.services[f.Service] == nil {
		row.Service.Address = "" // it has left the catalogue, or gone to another entity
	}
	if v.named.entities[f.Entity] == nil {
		row.Entity.Address = ""
	}
	return row
}

// received lists what came of the entities' data, the worst first.
func (v *visit) received(wanted func(entity string) bool) []receivedRow {
	list := filter(v.figures.Entities, func(e figures.EntityFigures) bool { return wanted(e.Code) })
	slices.SortStableFunc(list, func(a, b figures.EntityFigures) int {
		return cmp.Or(-cmp.Compare(a.Completeness.Grade, b.Completeness.Grade), unknownLast(a.Completeness.Share, b.Completeness.Share, 1))
	})
	return each(list, func(e figures.EntityFigures) receivedRow {
		return receivedRow{
			Entity: v.entityLink(e.Code), Grade: v.grade(e.Completeness.Grade),
			Parts: v.T("web.of", args("part", e.Completeness.Reported, "whole", e.Completeness.Expected)),
			Share: v.percent("entities."+e.Code+".completeness.share", e.Completeness.Share),
		}
	})
}

func (v *visit) refusedRows(found *figures.Quality) []refusedRow {
	return each(found.RefusedByCode(), func(r programme.RefusedRows) refusedRow {
		return refusedRow{
			Reason: v.T("base.refusal." + string(r.Code)), Code: string(r.Code), Rows: v.whole("quality.refused."+string(r.Code), r.Rows),
		}
	})
}

// qualityFile is the address of the findings as CSV, of the same dates and entity.
func (v *visit) qualityFile(entity string) string {
	query := v.address.copied()
	query.Del("page")
	return withQuery("/v1/quality.csv", set(query, []string{"entity", entity, "lang", string(v.Language)}))
}
