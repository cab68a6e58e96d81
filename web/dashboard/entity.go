package dashboard

import (
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/web/page"
)

// entityView is an entity's scorecard.
type entityView struct {
	frame

	Name   string
	Code   string
	Up     page.Link
	Status page.Status
	Tiles  []page.Tile
	Levels []levelRow
	Plan   page.Chart
	Use    page.Chart
	// Milestones are the plan itself, row by row.
	Milestones entityPlanView
	Late       []decisionItem
	LateNo     string
	List       []serviceRow
	AllText    string
	All        string
	Findings   findingsBeside
}

func (v *visit) entity() (any, error) {
	code := v.Parameter("entity")
	e := v.Named.Entities[code]
	if e == nil {
		return nil, v.NoEntity(code)
	}
	name := v.Name(e.Name, e.NameAr)
	plan, err := progressCharts{v.Visit}.entityProgress(e)
	if err != nil {
		return nil, err
	}
	use, err := useCharts{v.Visit}.entityUse(e)
	if err != nil {
		return nil, err
	}
	view := entityView{
		frame: v.frame(name), Name: name, Code: e.Code,
		Up:     page.Link{Text: v.T("web.menu.entities"), Address: v.Address.To("/entities")},
		Status: v.EntityStatus(e.Status, e.Reason), Tiles: v.entityTiles(e), Levels: v.entityLevels(e), Plan: plan,
		Use:     use,
		All:     v.Address.To("/services", "entity", e.Code, "status", "all"),
		AllText: v.T("web.entity.all_services", page.Args("n", e.Services)),
	}
	if view.Milestones, err = v.entityPlan(e.Code); err != nil {
		return nil, err
	}
	view.Findings, err = besideFigures(v, func(f *programme.Finding) bool { return f.Entity == e.Code }, "entity", e.Code)
	if err != nil {
		return nil, err
	}
	for _, m := range v.Figures.Attention.Late {
		if m.Entity == e.Code {
			view.Late = append(view.Late, decisionLists{v.Visit}.lateItem(m))
		}
	}
	if len(view.Late) == 0 {
		view.LateNo = v.T("web.decision.none")
	}
	for i := range v.Figures.Services {
		if s := &v.Figures.Services[i]; s.Entity == e.Code && s.Status == figures.ServiceLive {
			view.List = append(view.List, v.serviceRow(s))
		}
	}
	return view, nil
}

func (v *visit) entityTiles(e *figures.EntityFigures) []page.Tile {
	return []page.Tile{
		{
			Label: v.T("web.tile.counted"), Figure: v.Whole("scorecard.counted", e.Counted),
			Unit: v.T("web.of_services", page.Args("n", e.Services)),
			Notes: []page.Note{
				{Label: v.T("web.counted_claimed"), Figure: v.Whole("scorecard.claimed_counted", e.ClaimedLevels.Total())},
				{Label: v.T("web.note.plan"), Figure: v.CountOf("scorecard.plan", e.Plan)},
				{
					Label: v.T("web.note.variance"), Figure: v.SignedOf("scorecard.variance", e.Variance),
					Tone: page.ToneOf(e.Variance),
				},
				{
					Label:  v.T("web.note.schedule_index"),
					Figure: v.DecimalOf("scorecard.schedule_index", e.ScheduleIndex, 3),
				},
			},
		},
		{
			Label: v.T("web.tile.end_to_end"), Figure: v.Whole("scorecard.end_to_end", e.EndToEnd),
			Unit: v.T("web.unit.verified"),
			Notes: []page.Note{
				{
					Label:  v.T("web.counted_claimed"),
					Figure: v.Whole("scorecard.claimed_end_to_end", e.ClaimedLevels.EndToEnd()),
				},
				{Label: v.T("web.slip_median"), Figure: v.DecimalOf("scorecard.slip_median", e.SlipMedian, 0)},
				{Label: v.T("web.slip_over_30"), Figure: v.Whole("scorecard.slip_over_30", e.SlipOver30)},
			},
		},
		{
			Label: v.T("web.tile.completed"), Figure: v.CountOf("scorecard.completed", e.Completed.Count),
			Unit:    v.T("web.in_month", page.Args("month", v.Month(v.Figures.Usage.Month))),
			Partial: v.Partial(e.Completed),
			Notes: []page.Note{
				{
					Label: v.T("web.tile.growth"), Figure: v.Growth("scorecard.like_for_like", e.LikeForLike),
					Tone: page.ToneOfUse(e.Direction),
				},
				{Label: v.T("web.note.compared"), Figure: page.Figure{Text: v.Over(e.ServicesInBoth, e.LeftOut)}},
				{Label: v.T("web.note.take_up"), Figure: v.PercentOf("scorecard.take_up", e.TakeUp)},
			},
		},
		{
			Label:  v.T("web.tile.completeness"),
			Figure: v.PercentOf("scorecard.completeness.share", e.Completeness.Share),
			Unit:   v.T("web.grade", page.Args("grade", grade(v.Words, e.Completeness.Grade))),
			Notes: []page.Note{
				{
					Label:  v.T("web.note.received"),
					Figure: v.Whole("scorecard.completeness.reported", e.Completeness.Reported),
				},
				{
					Label:  v.T("web.note.expected"),
					Figure: v.Whole("scorecard.completeness.expected", e.Completeness.Expected),
				},
			},
		},
	}
}

func (v *visit) entityLevels(e *figures.EntityFigures) []levelRow {
	largest := 0
	for _, level := range programme.Levels() {
		largest = max(largest, e.ByLevel.At(level))
	}
	rows := make([]levelRow, 0, len(programme.Levels()))
	for _, level := range programme.Levels() {
		rows = append(rows, levelRow{
			Level: int(level), Name: v.LevelName(level), Width: thousandths(int64(e.ByLevel.At(level)), largest),
			Claimed:  v.Whole("scorecard.claimed_levels."+page.Raw(int64(level)), e.ClaimedLevels.At(level)),
			Verified: v.Whole("scorecard.by_level."+page.Raw(int64(level)), e.ByLevel.At(level)),
		})
	}
	return rows
}
