package dashboard

import (
	"strings"

	"mirsad/internal/programme"
	"mirsad/web/page"
)

// countingView says what is counted: levels claimed and verified, both totals, the rule in words, what isn't counted
// and why.
type countingView struct {
	Levels     []levelRow
	Verified   page.Figure
	Claimed    page.Figure
	New, All   page.Figure
	Rule       []string
	RuleTitle  string
	NotCounted []clauseRow
}

// levelRow is one level: how many services claim it, how many are verified at it.
type levelRow struct {
	Level             int
	Name              string
	Claimed, Verified page.Figure
	// Width is the verified count's bar, in thousandths of the largest.
	Width int
}

// clauseRow is how many services a clause of the rule keeps from counting.
type clauseRow struct {
	Words    string
	Services page.Figure
	Width    int
}

func (v *visit) counting() countingView {
	verified, claimed := &v.Figures.Verified, &v.Figures.Claimed
	view := countingView{
		Verified:  v.Whole("progress.counted", verified.Counted),
		Claimed:   v.Whole("progress.claimed.counted", claimed.Counted),
		New:       v.Whole("progress.counted_new", verified.CountedNew),
		All:       v.Whole("progress.counted_all", verified.CountedAll),
		Rule:      v.ruleWords(),
		RuleTitle: v.T("web.rule.title", page.Args("n", int(v.Figures.RuleVersion))),
	}
	largest := 0
	for _, level := range programme.Levels() {
		largest = max(largest, verified.ByLevel.At(level))
	}
	for _, level := range programme.Levels() {
		at := page.Raw(int64(level))
		view.Levels = append(view.Levels, levelRow{
			Level: int(level), Name: v.LevelName(level), Width: thousandths(int64(verified.ByLevel.At(level)), largest),
			Claimed:  v.Whole("progress.claimed.by_level."+at, claimed.ByLevel.At(level)),
			Verified: v.Whole("progress.by_level."+at, verified.ByLevel.At(level)),
		})
	}
	most := 0
	for _, c := range verified.NotCounted {
		most = max(most, c.Services)
	}
	for _, c := range verified.NotCounted {
		view.NotCounted = append(view.NotCounted, clauseRow{
			Words:    v.T("base.clause." + string(c.Clause)),
			Services: v.Whole("progress.not_counted."+string(c.Clause), c.Services),
			Width:    thousandths(int64(c.Services), most),
		})
	}
	return view
}

// ruleWords says the counting rule in plain words, a sentence a clause.
func (v *visit) ruleWords() []string {
	rule := &v.Figures.Programme.Rule
	newAt := rule.NewAtLevel
	if newAt == 0 {
		newAt = rule.MinimumLevel
	}
	words := []string{
		v.T("web.rule.once"),
		v.T("web.rule.minimum", page.Args("level", v.LevelName(rule.MinimumLevel), "number", int(rule.MinimumLevel))),
	}
	if rule.CountExisting {
		words = append(words, v.T("web.rule.existing"))
	} else {
		words = append(
			words,
			v.T(
				"web.rule.new_only",
				page.Args("level", v.LevelName(newAt), "date", v.Date(v.Figures.Programme.StartsOn)),
			),
		)
	}
	if len(rule.Audiences) > 0 {
		list := strings.Join(page.Each(rule.Audiences, v.audience), v.T("web.list_separator"))
		words = append(words, v.T("web.rule.audiences", page.Args("list", list)))
	}
	return words
}

// audience words whom a service serves; an audience that has no words is shown as it was entered.
func (v *visit) audience(code string) string {
	if key := "web.audience." + code; v.Has(key) {
		return v.T(key)
	}
	return code
}

// levelTable is what the template of claimed and verified levels takes.
type levelTable struct {
	Caption, LevelHead, ClaimedHead, VerifiedHead string
	Rows                                          []levelRow
	Total                                         *levelTotal
}

// levelTotal is the sum of the levels, claimed and verified side by side.
type levelTotal struct {
	Label             string
	Claimed, Verified page.Figure
}

// Plain gives levels the words of the page they stand on.
func (f frame) Plain(rows []levelRow) levelTable {
	return levelTable{
		Caption: f.T("web.levels.title"), LevelHead: f.T("web.levels.level"),
		ClaimedHead: f.T("web.counted_claimed"), VerifiedHead: f.T("web.counted_verified"), Rows: rows,
	}
}

// LevelTable gives levels their total as well.
func (f frame) LevelTable(rows []levelRow, c countingView) levelTable {
	t := f.Plain(rows)
	t.Total = &levelTotal{Label: f.T("web.levels.total"), Claimed: c.Claimed, Verified: c.Verified}
	return t
}
