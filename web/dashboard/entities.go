package dashboard

import (
	"cmp"
	"slices"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/web/page"
)

// entitiesView compares all entities on one scale.
type entitiesView struct {
	frame

	Heading, Lead string
	Rows          []entityRow
	Sorts         []page.Link
	Search        string
	Status        []page.Option
	Action        string
	Dates         []page.Hidden
	Nothing       string
	CSV           string
}

// entityRow is an entity in a table: its standing, its counted services beside its plan, its slip, its use.
type entityRow struct {
	Link          page.Link
	Code          string
	Status        page.Status
	Counted, Plan page.Figure
	Claimed       page.Figure // what would be counted if claims were verified
	Variance      page.Figure
	Tone          page.Tone
	EndToEnd      page.Figure
	Slip          page.Figure
	SlipOver30    page.Figure
	Completed     page.Figure
	Partial       string // what Completed lacks
	LikeForLike   page.Figure
	Grade         string
	// Bar and Mark are the counted services and the plan in thousandths of the largest of all entities.
	Bar, Mark int
	MarkKnown bool
	Trend     sparkline
}

// entitySorts are the orders of the entities' table, the default first.
var entitySorts = []string{"variance", "status", "counted", "slip", "use", "name"}

func (v *visit) entities() (any, error) {
	order := v.Address.Query.Get("sort")
	if !slices.Contains(entitySorts, order) {
		order = entitySorts[0]
	}
	wanted, search := v.Address.Query.Get("status"), v.Address.Query.Get("q")
	list := page.Filter(v.Figures.Entities, func(e figures.EntityFigures) bool {
		return (wanted == "" || string(e.Status) == wanted) && page.Matches(search, e.Code, e.Name, e.NameAr)
	})
	view := entitiesView{
		frame:   v.frame(v.T("web.menu.entities")),
		Heading: v.T("web.entities.heading", page.Args("n", len(v.Figures.Entities))),
		Lead:    v.T("web.verdict.entities_behind", page.Args("n", v.Figures.Attention.BehindPlan)),
		Rows:    v.entityRows(list, order), Search: search, Action: "/" + string(v.Language) + "/entities",
		Dates: v.Address.Others("q", "status"), Status: v.statusOptions(wanted), CSV: v.Address.Table("entities"),
	}
	for _, each := range entitySorts {
		view.Sorts = append(
			view.Sorts,
			page.Link{Text: v.T("web.sort." + each), Address: v.Address.With("sort", each), Current: each == order},
		)
	}
	if len(view.Rows) == 0 {
		view.Nothing = v.T("web.entities.nothing")
	}
	return view, nil
}

func (v *visit) statusOptions(chosen string) []page.Option {
	options := []page.Option{{Text: v.T("web.any")}}
	for _, s := range []figures.Status{
		figures.StatusLate, figures.StatusAtRisk, figures.StatusOnTrack, figures.StatusDone, figures.StatusNoData,
	} {
		options = append(options, page.Option{Value: string(s), Text: v.Status(string(s)), Chosen: string(s) == chosen})
	}
	return options
}

// entityRows returns the entities in an order, their bars on one scale.
func (v *visit) entityRows(list []figures.EntityFigures, order string) []entityRow {
	slices.SortStableFunc(list, v.entityOrder(order))
	scale := 0
	for i := range v.Figures.Entities {
		e := &v.Figures.Entities[i]
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
		Link: v.EntityLink(e.Code), Code: e.Code, Status: v.EntityStatus(e.Status, e.Reason),
		Counted: v.Whole(at+"counted", e.Counted), Plan: v.CountOf(at+"plan", e.Plan),
		Claimed:  v.Whole(at+"claimed", e.ClaimedLevels.Total()),
		Variance: v.SignedOf(at+"variance", e.Variance), Tone: page.ToneOf(e.Variance),
		EndToEnd: v.Whole(at+"end_to_end", e.EndToEnd), Slip: v.DecimalOf(at+"slip_median", e.SlipMedian, 0),
		SlipOver30: v.Whole(at+"slip_over_30", e.SlipOver30), Completed: v.CountOf(at+"completed", e.Completed.Count),
		Partial:     v.Partial(e.Completed),
		LikeForLike: v.Growth(at+"like_for_like", e.LikeForLike), Grade: grade(v.Words, e.Completeness.Grade),
		Bar: thousandths(int64(e.Counted), scale), Mark: thousandths(e.Plan.Value, scale), MarkKnown: e.Plan.Known(),
		Trend: sparklineOf(e.Trend),
	}
}

// grade returns a grade of completeness, or the dash when nothing was expected.
func grade(w page.Words, grade string) string {
	if grade == "" {
		return w.Count(programme.Count{})
	}
	return grade
}

func (v *visit) entityOrder(order string) func(a, b figures.EntityFigures) int {
	byName := func(a, b figures.EntityFigures) int {
		return cmp.Compare(v.Name(a.Name, a.NameAr), v.Name(b.Name, b.NameAr))
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
func (v *visit) entityTable() (page.Table, error) {
	t := page.Table{Head: []string{
		v.T("web.code"), v.T("web.entity"), v.T("web.status"), v.T("web.series.counted"), v.T("web.counted_claimed"),
		v.T("web.series.plan"), v.T("web.note.variance"),
		v.T("web.tile.end_to_end"), v.T("web.slip_median"), v.T("web.slip_over_30"), v.T("web.series.completed"),
		v.T("web.tile.growth"),
	}}
	for _, r := range v.entityRows(slices.Clone(v.Figures.Entities), "variance") {
		line := page.Row{Key: r.Code, Cells: []page.Cell{{Value: r.Link.Text}, {Value: r.Status.Text}}}
		for _, f := range []page.Figure{
			r.Counted, r.Claimed, r.Plan, r.Variance, r.EndToEnd, r.Slip, r.SlipOver30, r.Completed, r.LikeForLike,
		} {
			line.Cells = append(line.Cells, page.Cell{Value: f.Value, Number: true})
		}
		t.Rows = append(t.Rows, line)
	}
	return t, nil
}

// entityPart is what the template of the entities' table takes.
type entityPart struct {
	frame

	Rows []entityRow
}

// EntityTable gives entities the words of the page they stand on.
func (f frame) EntityTable(rows []entityRow) entityPart {
	return entityPart{frame: f, Rows: rows}
}
