package gather

import (
	"math"

	"mirsad/internal/programme"
)

// What is published is a sum of some of what was read, each part of it at most once, or a difference of two such sums.
// So nothing that is published leaves what a program of any language reads exactly, if the sum of everything does not.
const (
	// mostOfAll is the largest whole number below which every whole number is exact for readers of JSON: 2^53 - 1.
	mostOfAll = 1<<53 - 1
	// mostOfOne is more than any service has of anything in a period: a million uses a day for each of a million people.
	mostOfOne = 1_000_000_000_000
)

// boundSums leaves out what is beyond any use, the largest first, until the sum of everything is below mostOfAll: what
// is left out is not provided, which is a smaller fault than a total that is none. It returns how much was left out.
func boundSums(use *programme.Use) (leftOut int) {
	for most := int64(mostOfOne); ; most /= 10 {
		leftOut += leaveOut(use, most)
		if sumOf(use) <= mostOfAll/2 { // months and days are read apart, and a running period is made of both
			return leftOut
		}
	}
}

// leaveOut takes out everything that is negative or larger than most.
func leaveOut(use *programme.Use, most int64) (leftOut int) {
	beyond := func(value int64) bool { return value < 0 || value > most }
	for _, sums := range []*[]programme.EventSum{&use.Months, &use.Days} {
		kept := keep(*sums, func(s *programme.EventSum) bool { return !beyond(s.Uses) && !beyond(s.Events) })
		leftOut += len(*sums) - len(kept)
		*sums = kept
	}
	var changed []programme.Statement
	for i := range use.Statements {
		if !beyond(use.Statements[i].Value) {
			continue
		}
		if changed == nil { // what was read may be another's
			changed = append(changed, use.Statements...)
		}
		changed[i].State, changed[i].Value = programme.NotProvided, 0
		leftOut++
	}
	if changed != nil {
		use.Statements = changed
	}
	return leftOut
}

// keep returns the list itself where all of it is kept.
func keep[T any](list []T, wanted func(*T) bool) []T {
	for i := range list {
		if wanted(&list[i]) {
			continue
		}
		kept := append([]T(nil), list[:i]...)
		for j := i + 1; j < len(list); j++ {
			if wanted(&list[j]) {
				kept = append(kept, list[j])
			}
		}
		return kept
	}
	return list
}

// sumOf adds everything up, and no further than past mostOfAll. Days are of the months, so the larger of the two counts.
func sumOf(use *programme.Use) int64 {
	events := func(sums []programme.EventSum) (sum int64) {
		for i := range sums {
			sum = add(sum, sums[i].Uses)
		}
		return sum
	}
	sum := max(events(use.Months), events(use.Days))
	for i := range use.Statements {
		sum = add(sum, use.Statements[i].Value)
	}
	return sum
}

// add adds two numbers that are not negative; what would not fit is the largest there is.
func add(a, b int64) int64 {
	if a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}
