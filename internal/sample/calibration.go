package sample

import (
	"math/rand/v2"
	"slices"

	"mirsad/internal/civil"
)

// The published points that the sample meets exactly (docs/rules.md#counted).
const (
	countedAtStart   = 194  // 2014-01-01
	countedMay2015   = 459  // 2015-05-31
	countedEnd2015   = 681  // 2015-12-31
	plannedEnd2015   = 711  // 2015-12-31
	plannedAtTarget  = 1000 // 2016-12-31
	countedReporting = 884  // 2016-09-30: ours; with the plan it leaves the goal in doubt
)

// Sizes of the sample that nobody published.
const (
	services          = 1400
	unverifiedLaunch  = 32 // launched, level claimed, not verified
	successions       = 4
	openInLastQuarter = 65 // of the milestones after the reporting date
)

// stretch is a part of the programme's time with a number of things to spread over it.
type stretch struct {
	span
	count int
}

// planStretches spreads the milestones: 517 to the end of 2015, 806 in all, beside the 194 services that existed.
var planStretches = []stretch{
	{span{civil.NewDate(2014, 2, 2), civil.NewDate(2014, 12, 31)}, 150},
	{span{civil.NewDate(2015, 1, 4), civil.NewDate(2015, 5, 31)}, 140},
	{span{civil.NewDate(2015, 6, 1), civil.NewDate(2015, 12, 31)}, plannedEnd2015 - countedAtStart - 290},
	{span{civil.NewDate(2016, 1, 3), civil.NewDate(2016, 9, 29)}, 220},
	{span{civil.NewDate(2016, 10, 2), civil.NewDate(2016, 12, 29)}, plannedAtTarget - plannedEnd2015 - 220},
}

// countStretches gives the net growth of the count.
var countStretches = []stretch{
	{span{civil.NewDate(2014, 1, 5), civil.NewDate(2015, 5, 31)}, countedMay2015 - countedAtStart},
	{span{civil.NewDate(2015, 6, 1), civil.NewDate(2015, 12, 31)}, countedEnd2015 - countedMay2015},
	{span{civil.NewDate(2016, 1, 3), civil.NewDate(2016, 9, 29)}, countedReporting - countedEnd2015},
}

// retirements are the days on which a counted service is retired without a successor.
var retirements = []civil.Date{
	civil.NewDate(2014, 11, 30), civil.NewDate(2015, 2, 15), civil.NewDate(2015, 4, 19),
	civil.NewDate(2015, 7, 12), civil.NewDate(2015, 9, 6), civil.NewDate(2015, 11, 1), civil.NewDate(2015, 12, 20),
	civil.NewDate(2016, 1, 17), civil.NewDate(2016, 3, 6), civil.NewDate(2016, 4, 10), civil.NewDate(2016, 5, 15),
	civil.NewDate(2016, 6, 5), civil.NewDate(2016, 7, 31), civil.NewDate(2016, 8, 28),
}

// existingLaunches is when the stock at the programme's start went online.
var existingLaunches = span{civil.NewDate(2009, 2, 1), civil.NewDate(2013, 12, 26)}

// launchDays returns, in order, the days on which counted services are launched, so that the count meets its points.
func launchDays(chance *rand.Rand) []civil.Date {
	var days []civil.Date
	for _, s := range countStretches {
		launches := s.count
		for _, d := range retirements {
			if s.holds(d) {
				launches++
			}
		}
		for range launches {
			days = append(days, randomWorkingDay(s.span, .15, chance))
		}
	}
	slices.Sort(days)
	return days
}

// planDays returns, in order, the days for which go-lives are planned.
func planDays(chance *rand.Rand) []civil.Date {
	var days []civil.Date
	for _, s := range planStretches {
		for range s.count {
			days = append(days, randomWorkingDay(s.span, .35, chance))
		}
	}
	slices.Sort(days)
	return days
}
