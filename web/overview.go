package web

import (
	"slices"
	"strings"
)

// overviewView is the briefing: verdict, tiles, burn-up, maturity, use, entities, decisions.
type overviewView struct {
	ownFrame

	Verdict   string
	Lead      string
	Reports   link // empty for those who may not have them
	Gauge     gauge
	Tiles     []tile
	BurnUp    chart
	Forecast  forecastView
	Maturity  chart
	Counting  countingView
	Use       chart
	Growth    chart
	Entities  []entityRow
	More      link
	CSV       string
	Behind    string
	Decisions []decision
}

func (v *visit) overview() (any, error) {
	view := overviewView{
		ownFrame: v.ownFrame(v.T("web.menu.overview")), Verdict: v.planVerdict(), Lead: v.lead(), Reports: v.reportsLink(),
		Gauge: v.gauge(), Tiles: v.tiles(), Forecast: v.forecast(), Counting: v.counting(),
		Entities: v.worstEntities(), CSV: v.address.table("entities"),
		More:      link{Text: v.T("web.entities.all", args("n", len(v.figures.Entities))), Address: v.address.to("/entities")},
		Behind:    v.T("web.verdict.entities_behind", args("n", v.figures.Attention.BehindPlan)),
		Decisions: v.decisions(),
	}
	for _, drawn := range []struct {
		into *chart
		draw func() (chart, error)
	}{{&view.BurnUp, v.burnUp}, {&view.Maturity, v.maturity}, {&view.Use, v.use}, {&view.Growth, v.likeForLike}} {
		c, err := drawn.draw()
		if err != nil {
			return nil, err
		}
		*drawn.into = c
	}
	return view, nil
}

// lead completes the verdict: end-to-end, the pace, the forecast, entities behind.
func (v *visit) lead() string {
	p := &v.figures.Verified
	sentences := []string{v.T("web.lead.end_to_end", args("n", p.EndToEnd, "share", v.Percent(ratioOf(p.EndToEnd, p.Counted))))}
	if p.RequiredRate.Known() && p.RecentRate.Months3.Known() {
		sentences = append(sentences, v.T("web.lead.pace", args(
			"required", v.Decimal(p.RequiredRate, 1), "recent", v.Decimal(p.RecentRate.Months3, 1),
			"target", v.Date(v.figures.Programme.TargetOn))))
	}
	sentences = append(sentences,
		v.T("web.verdict.entities_behind", args("n", v.figures.Attention.BehindPlan)),
		v.forecast().Text)
	return strings.Join(sentences, " ")
}

// overviewEntities is how many of the entities furthest behind the overview names.
const overviewEntities = 12

func (v *visit) worstEntities() []entityRow {
	rows := v.entityRows(slices.Clone(v.figures.Entities), "variance")
	return rows[:min(len(rows), overviewEntities)]
}
