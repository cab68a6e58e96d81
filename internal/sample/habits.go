package sample

import (
	"math/rand/v2"
	"slices"
	"time"

	"mirsad/internal/civil"
)

// standing is how an authority keeps to its plan.
type standing int

const (
	onTrack standing = iota
	atRisk
	late
	finished  // all milestones done
	unplanned // no approved plan
)

// slips are the mean and spread, in days, between planned and actual go-live.
var slips = map[standing][2]float64{
	onTrack:   {4, 10},
	atRisk:    {18, 18},
	late:      {48, 35},
	finished:  {0, 8},
	unplanned: {0, 1},
}

// habits are how an authority plans and reports.
type habits struct {
	standing   standing
	approvedOn civil.Date
	replanned  civil.Date // approval of a second revision; none: never
	// reportsFrom and silentFrom frame the months for which anything is reported; no silentFrom: still reporting.
	reportsFrom, silentFrom civil.Month
	missing                 []civil.Month
	// statementsOnly means that digital use comes as monthly totals, not as events.
	statementsOnly bool
	// season is how strongly use follows the school year, 0 to 1.
	season float64
}

// narrow reports whether not every day of the programme suits the plan.
func (h habits) narrow() bool { return h.standing == finished || h.approvedOn > startsOn }

// reports reports whether the authority reported anything for the month.
func (h habits) reports(m civil.Month) bool {
	return m >= h.reportsFrom && (h.silentFrom == 0 || m < h.silentFrom) && !slices.Contains(h.missing, m)
}

// schooling lists the authorities whose use follows the school year.
var schooling = []string{"moe", "hec", "univ", "pcc"}

// giveHabits deals standings and habits of reporting over the authorities; the largest ones report by events.
func giveHabits(authorities []*authority, chance *rand.Rand) {
	small := slices.SortedStableFunc(slices.Values(authorities), func(a, b *authority) int {
		return len(a.offerings) - len(b.offerings)
	})
	shuffle(small[:10], chance)
	small[0].habits.standing, small[1].habits.standing = unplanned, unplanned
	small[2].habits.standing, small[3].habits.standing = finished, finished
	small[4].habits.statementsOnly, small[5].habits.statementsOnly = true, true

	rest := slices.Clone(small[4:])
	shuffle(rest, chance)
	for i, a := range rest {
		switch {
		case i < 9:
			a.habits.standing = late
		case i < 19:
			a.habits.standing = atRisk
		}
	}
	for i, a := range authorities {
		giveReporting(&a.habits, chance)
		if slices.Contains(schooling, a.Code) {
			a.habits.season = 1
		}
		if i > 0 && i%9 == 0 {
			a.habits.statementsOnly = true
		}
	}
	fallSilent(small[6:10])
}

// giveReporting draws when the plan was approved and which months are missing.
func giveReporting(h *habits, chance *rand.Rand) {
	h.approvedOn = randomWorkingDay(span{civil.NewDate(2013, 11, 3), civil.NewDate(2013, 12, 30)}, 0, chance)
	if h.standing == late || (h.standing == atRisk && chance.Float64() < .6) || chance.Float64() < .3 {
		h.replanned = randomWorkingDay(span{civil.NewDate(2016, 1, 10), civil.NewDate(2016, 6, 30)}, 0, chance)
	}
	h.reportsFrom = firstUse
	if chance.Float64() < .12 {
		h.reportsFrom = civil.NewMonth(2015, time.Month(1+chance.IntN(4)))
	}
	if chance.Float64() < .2 {
		first := firstUse + civil.Month(8+chance.Int32N(18))
		h.missing = []civil.Month{first, first + 1}[:1+chance.IntN(2)]
	}
}

// fallSilent makes two of four authorities stop reporting in the summer of 2016; and two get their plans approved late.
func fallSilent(four []*authority) {
	four[0].habits.silentFrom = civil.NewMonth(2016, time.July)
	four[1].habits.silentFrom = civil.NewMonth(2016, time.June)
	four[2].habits.approvedOn = civil.NewDate(2015, 5, 12)
	four[3].habits.approvedOn = civil.NewDate(2015, 3, 17)
}

// shuffle puts a slice into a random order.
func shuffle[T any](items []T, chance *rand.Rand) {
	chance.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
}
