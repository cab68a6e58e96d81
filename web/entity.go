package web

import (
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// entityView is an entity's scorecard.
type entityView struct {
	ownFrame

	Name   string
	Code   string
	Up     link
	Status status
	Tiles  []tile
	Levels []levelRow
	Plan   chart
	Use    chart
	// Milestones are the plan itself, row by row.
	Milestones entityPlanView
	Late       []decisionItem
	LateNo     string
	List       []serviceRow
	AllText    string
	All        string
}

func (v *visit) entity() (any, error) {
	e := v.named.entities[v.parameter("entity")]
	if e == nil {
		return nil, programme.ErrNotFound
	}
	name := v.name(e.Name, e.NameAr)
	plan, err := v.entityProgress(e)
	if err != nil {
		return nil, err
	}
	use, err := v.entityUse(e)
	if err != nil {
		return nil, err
	}
	view := entityView{
		ownFrame: v.ownFrame(name), Name: name, Code: e.Code,
		Up:     link{Text: v.T("web.menu.entities"), Address: v.address.to("/entities")},
		Status: v.status(e.Status, e.Reason), Tiles: v.entityTiles(e), Levels: v.entityLevels(e), Plan: plan, Use: use,
		All:     v.address.to("/services", "entity", e.Code, "status", "all"),
		AllText: v.T("web.entity.all_services", args("n", e.Services)),
	}
	if view.Milestones, err = v.entityPlan(e.Code); err != nil {
		return nil, err
	}
	for _, m := range v.figures.Attention.Late {
		if m.Entity == e.Code {
			view.Late = append(view.Late, v.lateItem(m))
		}
	}
	if len(view.Late) == 0 {
		view.LateNo = v.T("web.decision.none")
	}
	for i := range v.figures.Services {
		if s := &v.figures.Services[i]; s.Entity == e.Code && s.Status == figures.ServiceLive {
			view.List = append(view.List, v.serviceRow(s))
		}
	}
	return view, nil
}

func (v *visit) entityTiles(e *figures.EntityFigures) []tile {
	return []tile{
		{
			Label: v.T("web.tile.counted"), Figure: v.whole("scorecard.counted", e.Counted), Unit: v.T("web.of_services", args("n", e.Services)),
			Notes: []note{
				{Label: v.T("web.claimed"), Figure: v.whole("scorecard.claimed_counted", e.ClaimedLevels.Total())},
				{Label: v.T("web.note.plan"), Figure: v.count("scorecard.plan", e.Plan)},
				{Label: v.T("web.note.variance"), Figure: v.signed("scorecard.variance", e.Variance), Tone: toneOf(e.Variance)},
				{Label: v.T("web.note.schedule_index"), Figure: v.decimal("scorecard.schedule_index", e.ScheduleIndex, 3)},
			},
		},
		{
			Label: v.T("web.tile.end_to_end"), Figure: v.whole("scorecard.end_to_end", e.EndToEnd), Unit: v.T("web.verified"),
			Notes: []note{
				{Label: v.T("web.claimed"), Figure: v.whole("scorecard.claimed_end_to_end", e.ClaimedLevels.EndToEnd())},
				{Label: v.T("web.slip_median"), Figure: v.decimal("scorecard.slip_median", e.SlipMedian, 0)},
				{Label: v.T("web.slip_over_30"), Figure: v.whole("scorecard.slip_over_30", e.SlipOver30)},
			},
		},
		{
			Label: v.T("web.tile.completed"), Figure: v.count("scorecard.completed", e.Completed.Count),
			Unit: v.T("web.in_month", args("month", v.Month(v.figures.Usage.Month))), Partial: v.partial(e.Completed),
			Notes: []note{
				{Label: v.T("web.tile.growth"), Figure: v.growth("scorecard.like_for_like", e.LikeForLike), Tone: toneOf(e.LikeForLike)},
				{Label: v.T("web.note.take_up"), Figure: v.percent("scorecard.take_up", e.TakeUp)},
			},
		},
		{
			Label: v.T("web.tile.completeness"), Figure: v.percent("scorecard.completeness.share", e.Completeness.Share),
			Unit: v.T("web.grade", args("grade", v.grade(e.Completeness.Grade))),
			Notes: []note{
				{Label: v.T("web.note.received"), Figure: v.whole("scorecard.completeness.reported", e.Completeness.Reported)},
				{Label: v.T("web.note.expected"), Figure: v.whole("scorecard.completeness.expected", e.Completeness.Expected)},
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
			Level: int(level), Name: v.levelName(level), Width: thousandths(int64(e.ByLevel.At(level)), largest),
			Claimed:  v.whole("scorecard.claimed_levels."+raw(int64(level)), e.ClaimedLevels.At(level)),
			Verified: v.whole("scorecard.by_level."+raw(int64(level)), e.ByLevel.At(level)),
		})
	}
	return rows
}

// entityUse draws an entity's digital completions over twelve months.
func (v *visit) entityUse(e *figures.EntityFigures) (chart, error) {
	return v.useColumns("entity-use", e.Trend, v.trendHeadline(e.Completed), v.name(e.Name, e.NameAr), "entity", e.Code)
}

// trendHeadline says how many digital completions the month had.
func (v *visit) trendHeadline(total figures.UsageTotal) string {
	month := v.Month(v.figures.Usage.Month)
	if !total.Known() {
		return v.T("web.use.unknown", args("month", month))
	}
	return v.T("web.use.headline_first", args("n", total.Value, "month", month))
}
