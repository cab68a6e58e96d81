package dashboard

import (
	"slices"
	"strings"

	"mirsad/web/page"
)

// overviewView is the briefing: verdict, tiles, burn-up, maturity, use, entities, decisions.
type overviewView struct {
	frame

	Verdict   string
	Lead      string
	Reports   page.Link // empty for those who may not have them
	Gauge     gauge
	Tiles     []page.Tile
	BurnUp    page.Chart
	Forecast  page.ForecastView
	Reach     page.ReachView
	Maturity  page.Chart
	Counting  countingView
	Use       page.Chart
	Growth    page.Chart
	Entities  []entityRow
	More      page.Link
	CSV       string
	Behind    string
	Decisions []decision
}

func (v *visit) overview() (any, error) {
	progress, use := progressCharts{v.Visit}, useCharts{v.Visit}
	view := overviewView{
		frame: v.frame(v.T("web.menu.overview")), Verdict: v.PlanVerdict(), Lead: v.lead(), Reports: v.reportsLink(),
		Gauge: v.gauge(), Tiles: v.tiles(), Forecast: v.Forecast(), Reach: v.ReachView(), Counting: v.counting(),
		Entities: v.worstEntities(), CSV: v.Address.Table("entities"),
		More: page.Link{
			Text: v.T("web.entities.all", page.Args("n", len(v.Figures.Entities))), Address: v.Address.To("/entities"),
		},
		Behind:    v.T("web.verdict.entities_behind", page.Args("n", v.Figures.Attention.BehindPlan)),
		Decisions: decisionLists{v.Visit}.all(),
	}
	for _, drawn := range []struct {
		into *page.Chart
		draw func() (page.Chart, error)
	}{
		{&view.BurnUp, progress.burnUp},
		{&view.Maturity, progress.maturity},
		{&view.Use, use.use},
		{&view.Growth, use.likeForLike},
	} {
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
	p := &v.Figures.Verified
	sentences := []string{
		v.T("web.lead.end_to_end", page.Args("n", p.EndToEnd, "share", v.Percent(page.RatioOf(p.EndToEnd, p.Counted)))),
	}
	if p.RequiredRate.Known() && p.RecentRate.Months3.Known() && !p.Reached() {
		sentences = append(sentences, v.T("web.lead.pace", page.Args(
			"required", v.Decimal(p.RequiredRate, 1), "recent", v.Decimal(p.RecentRate.Months3, 1),
			"target", v.Date(v.Figures.Programme.TargetOn))))
	}
	sentences = append(sentences,
		v.T("web.verdict.entities_behind", page.Args("n", v.Figures.Attention.BehindPlan)),
		v.Forecast().Text)
	return strings.Join(sentences, " ")
}

// overviewEntities is how many of the entities furthest behind the overview names.
const overviewEntities = 12

func (v *visit) worstEntities() []entityRow {
	rows := v.entityRows(slices.Clone(v.Figures.Entities), "variance")
	return rows[:min(len(rows), overviewEntities)]
}
