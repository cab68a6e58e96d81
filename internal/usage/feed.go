package usage

import (
	"math/bits"
	"slices"

	"mirsad/internal/civil"
)

// What makes a run of days without events a gap (docs/rules.md#gap).
const (
	// longestPause is the length in days up to which no run is a gap.
	longestPause = 4
	// habitDays are looked back for how long an entity's pauses usually are: twelve weeks.
	habitDays = 84
)

// feed is the days on which an entity sent events, in their order, and the days on which nobody expects any.
type feed struct {
	days []civil.Date
	off  map[civil.Date]bool
	runs []run // between the days, in their order
}

// run is a stretch of days without any accepted event of an entity.
type run struct {
	from, to civil.Date
	gap      bool
}

// newFeed puts the days in order and finds the gaps between them.
func newFeed(days []civil.Date, off map[civil.Date]bool) *feed {
	slices.Sort(days)
	f := &feed{days: slices.Compact(days), off: off}
	for i := 1; i < len(f.days); i++ {
		if from, to := f.days[i-1]+1, f.days[i]-1; from <= to {
			f.runs = append(f.runs, run{from, to, f.isGap(from, to)})
		}
	}
	return f
}

// isGap reports whether a run, before which all runs are known, is longer than a pause and longer than twice the longest
// of the runs that ended in the twelve weeks before it.
func (f *feed) isGap(from, to civil.Date) bool {
	length := f.workdays(from, to)
	if length <= longestPause {
		return false
	}
	habit := 0
	for i := len(f.runs) - 1; i >= 0 && f.runs[i].to >= from-habitDays; i-- {
		habit = max(habit, f.workdays(f.runs[i].from, f.runs[i].to))
	}
	return length > 2*habit
}

// workdays counts the days of a stretch that are no holiday.
func (f *feed) workdays(from, to civil.Date) int {
	count := 0
	for day := from; day <= to; day++ {
		if !f.off[day] {
			count++
		}
	}
	return count
}

// daysOfMonth is a set of the days of one month; the first is bit 0.
type daysOfMonth uint32

func (d daysOfMonth) count() int { return bits.OnesCount32(uint32(d)) }

// with adds the days of a stretch that are in the month.
func (d daysOfMonth) with(m civil.Month, from, to civil.Date) daysOfMonth {
	for day := max(from, m.First()); day <= min(to, m.Last()); day++ {
		d |= 1 << (day - m.First())
	}
	return d
}

// missing returns the days of a month up to a day that the feed does not cover, as they were known on that day: those
// before its first event, those of gaps, and those of a gap that had no end then (docs/rules.md#partial-month).
func (f *feed) missing(m civil.Month, until civil.Date) daysOfMonth {
	var days daysOfMonth
	last := min(m.Last(), until)
	next, sentThatDay := slices.BinarySearch(f.days, until)
	if next == 0 && !sentThatDay {
		return days.with(m, m.First(), last)
	}
	days = days.with(m, m.First(), min(f.days[0]-1, last))
	for i := runsBefore(f.runs, m.First()); i < len(f.runs) && f.runs[i].from <= last; i++ {
		if f.runs[i].gap && f.runs[i].to < until {
			days = days.with(m, f.runs[i].from, min(f.runs[i].to, last))
		}
	}
	if sentThatDay {
		return days
	}
	if open := f.days[next-1] + 1; open <= last && f.before(open).isGap(open, until) {
		days = days.with(m, open, last)
	}
	return days
}

// gapsBy are the gaps as they were known on a day; one without an end reaches up to it.
func (f *feed) gapsBy(until civil.Date) []run {
	next, sentThatDay := slices.BinarySearch(f.days, until)
	if next == 0 {
		return nil
	}
	var gaps []run
	for _, each := range f.runs {
		if each.gap && each.to < until {
			gaps = append(gaps, each)
		}
	}
	if open := f.days[next-1] + 1; !sentThatDay && open <= until && f.before(open).isGap(open, until) {
		gaps = append(gaps, run{open, until, true})
	}
	return gaps
}

// before is the feed as it was known when a run began.
func (f *feed) before(day civil.Date) *feed {
	return &feed{off: f.off, runs: f.runs[:runsBefore(f.runs, day)]}
}

// runsBefore is how many runs end before a day.
func runsBefore(runs []run, day civil.Date) int {
	n, _ := slices.BinarySearchFunc(runs, day, func(r run, day civil.Date) int { return int(r.to - day) })
	return n
}
