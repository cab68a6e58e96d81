package web

import (
	"cmp"
	"slices"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// entitiesView compares all entities on one scale.
type entitiesView struct {
	ownFrame

	Heading, Lead string
	Rows          []entityRow
	Sorts         []link
	Search        string
	Status        []option
	Action        string
	Dates         []hidden
	Nothing       string
	CSV           string
}

// entityRow is an entity in a table: its standing, its counted services beside its plan, its slip, its use.
type entityRow struct {
	Link          link
	Code          string
	Status        status
	Counted, Plan figure
	Claimed       figure // what would be counted if claims were verified
	Variance      figure
	Tone          tone
	EndToEnd      figure
	Slip          figure
	SlipOver30    figure
	Completed     figure
	LikeForLike   figure
	Grade         string
	// Bar and Mark are the counted services and the plan in thousandths of the largest of all entities.
	Bar, Mark int
	MarkKnown bool
	Trend     sparkline
}

// entitySorts are the orders of the entities' table, the default first.
var entitySorts = []string{"variance", "status", "counted", "slip", "use", "name"}

func (v *visit) entities() (any, error) {
	order := v.address.query.Get("sort")
	if !slices.Contains(entitySorts, order) {
		order = entitySorts[0]
	}
	wanted, search := v.address.query.Get("status"), v.address.query.Get("q")
	list := filter(v.figures.Entities, func(e figures.EntityFigures) bool {
		return (wanted == "" || string(e.Status) == wanted) && matches(search, e.Code, e.Name, e.NameAr)
	})
	view := entitiesView{
		ownFrame: v.ownFrame(v.T("web.menu.entities")), Heading: v.T("web.entities.heading", args("n", len(v.figures.Entities))),
		Lead: v.T("web.verdict.entities_behind", args("n", v.figures.Attention.BehindPlan)),
		Rows: v.entityRows(list, order), Search: search, Action: "/" + string(v.Language) + "/entities",
		Dates: v.address.others("q", "status"), Status: v.statusOptions(wanted), CSV: v.address.table("entities"),
	}
	for _, each := range entitySorts {
		view.Sorts = append(view.Sorts, link{Text: v.T("web.sort." + each), Address: v.address.with("sort", each), Current: each == order})
	}
	if len(view.Rows) == 0 {
		view.Nothing = v.T("web.entities.nothing")
	}
	return view, nil
}

func (v *visit) statusOptions(chosen string) []option {
	options := []option{{Text: v.T("web.any")}}
	for _, s := range []figures.Status{figures.StatusLate, figures.StatusAtRisk, figures.StatusOnTrack, figures.StatusDone, figures.StatusNoData} {
		options = append(options, option{Value: string(s), Text: v.Status(string(s)), Chosen: string(s) == chosen})
	}
	return options
}

// entityRows returns the entities in an order, their bars on one scale.
func (v *visit) entityRows(list []figures.EntityFigures, order string) []entityRow {
	slices.SortStableFunc(list, v.entityOrder(order))
	scale := 0
	for i := range v.figures.Entities {
		e := &v.figures.Entities[i]
		scale = max(scale, e.Counted, int(e.Plan.Value))
	}
	rows := make([]entityRow, len(list))
	for i := range list {
		rows[i] = v.entityRow(&list[i], scale)
	}
	return rows
}

func (v *visit) entityRow(e *figures.EntityFigures, scale int) entityRow {
	at := "entities." + e.Code + "."
	return entityRow{
		Link: v.entityLink(e.Code), Code: e.Code, Status: v.status(e.Status, e.Reason),
		Counted: v.whole(at+"counted", e.Counted), Plan: v.count(at+"plan", e.Plan),
		Claimed:  v.whole(at+"claimed", e.ClaimedLevels.Total()),
		Variance: v.signed(at+"variance", e.Variance), Tone: toneOf(e.Variance),
		EndToEnd: v.whole(at+"end_to_end", e.EndToEnd), Slip: v.decimal(at+"slip_median", e.SlipMedian, 0),
		SlipOver30: v.whole(at+"slip_over_30", e.SlipOver30), Completed: v.count(at+"completed", e.Completed.Count),
		LikeForLike: v.growth(at+"like_for_like", e.LikeForLike), Grade: v.grade(e.Completeness.Grade),
		Bar: thousandths(int64(e.Counted), scale), Mark: thousandths(e.Plan.Value, scale), MarkKnown: e.Plan.Known(),
		Trend: sparklineOf(e.Trend),
	}
}

// grade returns a grade of completeness, or the dash when nothing was expected.
func (v *visit) grade(grade string) string {
	if grade == "" {
		return v.Count(programme.Count{})
	}
	return grade
}

func (v *visit) entityOrder(order string) func(a, b figures.EntityFigures) int {
	byName := func(a, b figures.EntityFigures) int {
		return cmp.Compare(v.name(a.Name, a.NameAr), v.name(b.Name, b.NameAr))
	}
	primary := byName
	switch order {
	case "variance":
		primary = func(a, b figures.EntityFigures) int { return unknownLast(a.Variance, b.Variance, 1) }
	case "status":
		primary = func(a, b figures.EntityFigures) int { return figures.CompareStatus(a.Status, b.Status) }
	case "counted":
		primary = func(a, b figures.EntityFigures) int { return cmp.Compare(b.Counted, a.Counted) }
	case "slip":
		primary = func(a, b figures.EntityFigures) int { return unknownLast(a.SlipMedian, b.SlipMedian, -1) }
	case "use":
		primary = func(a, b figures.EntityFigures) int { return unknownLast(a.Completed.Count, b.Completed.Count, -1) }
	}
	return func(a, b figures.EntityFigures) int { return cmp.Or(primary(a, b), byName(a, b)) }
}

// unknownLast compares two numbers, upwards or (direction −1) downwards; an unknown one comes last either way.
func unknownLast[T int64 | float64](a, b programme.Number[T], direction int) int {
	switch {
	case a.Known() && b.Known():
		return direction * cmp.Compare(a.Value, b.Value)
	case a.Known():
		return -1
	case b.Known():
		return 1
	default:
		return 0
	}
}

// entityTable is the entities as CSV.
func (v *visit) entityTable() (table, error) {
	t := table{Head: []string{
		v.T("web.code"), v.T("web.entity"), v.T("web.status"), v.T("web.series.counted"), v.T("web.claimed"), v.T("web.series.plan"), v.T("web.note.variance"),
		v.T("web.tile.end_to_end"), v.T("web.slip_median"), v.T("web.slip_over_30"), v.T("web.series.completed"), v.T("web.tile.growth"),
	}}
	for _, r := range v.entityRows(slices.Clone(v.figures.Entities), "variance") {
		line := row{Key: r.Code, Cells: []cell{{Value: r.Link.Text}, {Value: r.Status.Text}}}
		for _, f := range []figure{r.Counted, r.Claimed, r.Plan, r.Variance, r.EndToEnd, r.Slip, r.SlipOver30, r.Completed, r.LikeForLike} {
			line.Cells = append(line.Cells, cell{Value: f.Value, Number: true})
		}
		t.Rows = append(t.Rows, line)
	}
	return t, nil
}

// entityPart is what the template of the entities' table takes.
type entityPart struct {
	ownFrame

	Rows []entityRow
}

// EntityTable gives entities the words of the page they stand on.
func (f ownFrame) EntityTable(rows []entityRow) entityPart { return entityPart{ownFrame: f, Rows: rows} }
