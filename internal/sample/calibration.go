package sample

import (
	"math/rand/v2"
	"slices"

	"mirsad/internal/programme"
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
	{span{programme.NewDate(2014, 2, 2), programme.NewDate(2014, 12, 31)}, 150},
	{span{programme.NewDate(2015, 1, 4), programme.NewDate(2015, 5, 31)}, 140},
	{span{programme.NewDate(2015, 6, 1), programme.NewDate(2015, 12, 31)}, plannedEnd2015 - countedAtStart - 290},
	{span{programme.NewDate(2016, 1, 3), programme.NewDate(2016, 9, 29)}, 220},
	{span{programme.NewDate(2016, 10, 2), programme.NewDate(2016, 12, 29)}, plannedAtTarget - plannedEnd2015 - 220},
}

// countStretches gives the net growth of the count.
var countStretches = []stretch{
	{span{programme.NewDate(2014, 1, 5), programme.NewDate(2015, 5, 31)}, countedMay2015 - countedAtStart},
	{span{programme.NewDate(2015, 6, 1), programme.NewDate(2015, 12, 31)}, countedEnd2015 - countedMay2015},
	{span{programme.NewDate(2016, 1, 3), programme.NewDate(2016, 9, 29)}, countedReporting - countedEnd2015},
}

// retirements are the days on which a counted service is retired without a successor.
var retirements = []programme.Date{
	programme.NewDate(2014, 11, 30), programme.NewDate(2015, 2, 15), programme.NewDate(2015, 4, 19),
	programme.NewDate(2015, 7, 12), programme.NewDate(2015, 9, 6), programme.NewDate(2015, 11, 1), programme.NewDate(2015, 12, 20),
	programme.NewDate(2016, 1, 17), programme.NewDate(2016, 3, 6), programme.NewDate(2016, 4, 10), programme.NewDate(2016, 5, 15),
	programme.NewDate(2016, 6, 5), programme.NewDate(2016, 7, 31), programme.NewDate(2016, 8, 28),
}

// existingLaunches is when the stock at the programme's start went online.
var existingLaunches = span{programme.NewDate(2009, 2, 1), programme.NewDate(2013, 12, 26)}

// launchDays returns, in order, the days on which counted services are launched, so that the count meets its points.
func launchDays(chance *rand.Rand) []programme.Date {
	var days []programme.Date
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
func planDays(chance *rand.Rand) []programme.Date {
	var days []programme.Date
	for _, s := range planStretches {
		for range s.count {
			days = append(days, randomWorkingDay(s.span, .35, chance))
		}
	}
	slices.Sort(days)
	return days
}
