package adoption

import (
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// What is far from usual (docs/rules.md#findings).
const (
	usualPeriods = 6   // that are looked back at
	usualWithin  = 12  // months, or as many periods of a coarser grain, in which they are sought
	usualFrom    = 100 // uses, the larger of the two: below it a number may jump
	usualTimes   = 10
)

// usual is what a number is compared with: the median of the numbers before it.
type usual struct {
	double  int64 // twice the median, which may lie between two numbers
	periods int
}

// usualOf is the median of some numbers.
func usualOf(before []int64) usual {
	last := slices.Sorted(slices.Values(before))
	n := len(last)
	if n == 0 {
		return usual{}
	}
	return usual{double: last[(n-1)/2] + last[n/2], periods: n}
}

// far reports whether a number is over ten times, or under a tenth of, what is usual.
func (u usual) far(value int64) bool {
	now, median := float64(value), float64(u.double)/2
	if u.periods == 0 || max(now, median) < usualFrom {
		return false
	}
	return now > usualTimes*median || now*usualTimes < median
}

// median is what is usual as a whole number.
func (u usual) median() int64 { return (u.double + 1) / 2 }

// farFromUsual finds the numbers that are over ten times, or under a tenth of, the median of the line's last six before
// them: months against months, and quarters or years against such. Partial months are passed over, and so is a channel
// that the service no longer has: that its use ends is no surprise.
func (s *search) farFromUsual() []programme.Finding {
	var found []programme.Finding
	s.each(func(l *searchedLine) {
		if l.measure == programme.MeasureRatingSum {
			return // it follows the number of ratings
		}
		found = append(found, s.farOf(l, l.Months)...)
		for _, grain := range []civil.Grain{civil.GrainQuarter, civil.GrainYear} {
			ofGrain := slices.DeleteFunc(slices.Clone(l.Stated), func(k usage.Known) bool { return k.Period.Grain != grain })
			found = append(found, s.farOf(l, ofGrain)...)
		}
	})
	return found
}

// farOf looks at the periods of one grain, the earliest first.
func (s *search) farOf(l *searchedLine, list []usage.Known) []programme.Finding {
	if !slices.ContainsFunc(list, func(k usage.Known) bool { return k.Rank == usage.Reported && k.Value >= usualFrom }) {
		return nil
	}
	var (
		found  []programme.Finding
		counts = make([]bool, len(list))
	)
	for i := range list {
		known := &list[i]
		counts[i] = s.comparable(l, known)
		if !counts[i] || known.Period.To < s.first.First() {
			continue
		}
		usual := usualOf(s.numbersBefore(l, list, counts, i))
		if !usual.far(known.Value) {
			continue
		}
		f := s.finding(programme.FindingFarFromUsual, l, known)
		against(&f, usual.median())
		f.Periods = usual.periods
		found = append(found, f)
	}
	return found
}

// comparable reports whether a number says what is usual: it is reported, lacks no days, and is no 0 that only follows
// from the service's other events while it does not have the channel.
func (s *search) comparable(l *searchedLine, known *usage.Known) bool {
	return known.Rank == usage.Reported && !known.Partial() && (known.Spoken || s.expectedOn(l, known.Period))
}

// numbersBefore are the numbers that one is compared with, the earliest first. A period in which the service was
// launched, or opened the channel, is no whole one.
func (s *search) numbersBefore(l *searchedLine, list []usage.Known, counts []bool, at int) []int64 {
	var numbers []int64
	for i := at - 1; i >= max(0, at-usualWithin) && len(numbers) < usualPeriods; i-- {
		if counts[i] && !s.opened(l, list[i].Period) {
			numbers = append(numbers, list[i].Value)
		}
	}
	return numbers
}

// opened reports whether a service was launched, or opened the channel, within a period.
func (s *search) opened(l *searchedLine, p civil.Period) bool {
	return !s.knownByUse(l.at, s.on) && s.expectedOn(l, p) && !s.expectedOn(l, civil.DayPeriod(p.From))
}

// expectedOn reports whether a service was live on the line's channel on any day of a period.
func (s *search) expectedOn(l *searchedLine, p civil.Period) bool {
	span := s.SpanOf(l.at, p, s.on)
	return span.channels.Has(l.Line.Channel)
}

// What is repeated: from how many months in a row, and from how many uses (docs/rules.md#findings).
const (
	repeatedMonths = 3
	repeatedFrom   = 100
)

// repeatedValues finds the numbers that were stated unchanged for three months or more in a row: mostly a form that was
// filled in once and sent again.
func (s *search) repeatedValues() []programme.Finding {
	var found []programme.Finding
	s.each(func(l *searchedLine) {
		if l.measure == programme.MeasureRatingSum {
			return
		}
		for i := 0; i < len(l.Months); {
			n := runOfSame(l.Months[i:])
			if last := &l.Months[i+n-1]; n >= repeatedMonths && last.Period.To >= s.first.First() {
				f := s.finding(programme.FindingRepeatedValue, l, last)
				f.Period, f.Periods = civil.Interval(l.Months[i].Period.From, last.Period.To), n
				found = append(found, f)
			}
			i += n
		}
	})
	return found
}

// runOfSame is how many months from the first on were stated with its number; 1 where it is not one to ask about.
func runOfSame(months []usage.Known) int {
	first := &months[0]
	n := 1
	if first.Rank != usage.Reported || !first.Stated || first.Value < repeatedFrom {
		return n
	}
	for n < len(months) && months[n].Rank == usage.Reported && months[n].Stated && months[n].Value == first.Value {
		n++
	}
	return n
}
