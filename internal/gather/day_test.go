package gather_test

import (
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
)

// lastDays are the last days of months: of a leap year and another, of the year, and of thirty days.
func lastDays() []civil.Date {
	return []civil.Date{
		civil.NewDate(2027, 2, 28), civil.NewDate(2028, 2, 29), civil.NewDate(2026, 11, 30),
		civil.NewDate(2026, 10, 31), civil.NewDate(2026, 12, 31),
	}
}

// In the last minute of a month that month still runs, in the first of the next it has ended; no fact comes between. On
// the last day it has ended too, once that is over.
func TestAMonthEndsAtMidnightInQatar(t *testing.T) {
	kept, db, watch := start(t)
	addService(t, db, "visa", civil.NewDate(2015, 3, 1))
	for _, last := range lastDays() {
		month := last.Month()
		midnight := last.AddDays(1).BeginsIn(qatar(t))
		for _, test := range []struct {
			name     string
			at       time.Time
			question figures.Question
			want     civil.Month
		}{
			{"at noon", midnight.Add(-12 * time.Hour), figures.Question{}, month - 1},
			{"in the last minute", midnight.Add(-time.Minute), figures.Question{}, month - 1},
			{"in the last minute, asked for the day", midnight.Add(-time.Minute), figures.Question{On: last}, month - 1},
			{"in the last minute, asked as at the day", midnight.Add(-time.Minute), figures.Question{On: last, AsAt: last}, month - 1},
			{"in the first minute of the next", midnight, figures.Question{}, month},
			{"then, of the day before", midnight, figures.Question{On: last}, month},
			{"then, as at the day before", midnight, figures.Question{On: last, AsAt: last}, month},
		} {
			watch.now = test.at
			found, err := kept.Figures(t.Context(), test.question)
			if err != nil || found.Usage.Month != test.want {
				t.Fatalf("%s %s: use of %s, want of %s (%v)", last, test.name, found.Usage.Month, test.want, err)
			}
			owed, err := kept.Submissions(t.Context(), test.question, 0)
			if err != nil || owed.Month != test.want {
				t.Errorf("%s %s: %s is owed, want %s (%v)", last, test.name, owed.Month, test.want, err)
			}
			totals, err := kept.MonthTotals(t.Context(), test.question, "moi", 0)
			if err != nil || totals.Month != test.want {
				t.Errorf("%s %s: totals of %s, want of %s (%v)", last, test.name, totals.Month, test.want, err)
			}
			growth, err := kept.Growth(t.Context(), test.question, figures.GrowthQuery{})
			if err != nil || growth.Period != test.want.Period() {
				t.Errorf("%s %s: growth of %s, want of %s (%v)", last, test.name, growth.Period, test.want, err)
			}
			provisional := test.question.AsAt.IsZero() || test.at.Before(midnight)
			if found.Provisional != provisional {
				t.Errorf("%s %s: provisional is %v", last, test.name, found.Provisional)
			}
		}
	}
}

// A due day ends in the programme's zone: what comes an hour after it is late, though in UTC the day still runs.
func TestADueDayEndsInQatar(t *testing.T) {
	deadline := civil.NewDate(2016, 11, 11).BeginsIn(qatar(t))
	for name, test := range map[string]struct {
		received time.Time
		grade    string
	}{
		"in the last minute": {deadline.Add(-time.Minute), "A"},
		"an hour later":      {deadline.Add(time.Hour), "B"},
	} {
		kept, db, _ := start(t)
		addService(t, db, "visa", civil.NewDate(2015, 3, 1))
		stateAt(t, db, "2016-10", 7, test.received)
		found, err := kept.Figures(t.Context(), figures.Question{On: civil.NewDate(2016, 11, 20)})
		if err != nil || found.Completeness.Grade != test.grade {
			t.Errorf("%s: completeness is %+v, want grade %s (%v)", name, found.Completeness, test.grade, err)
		}
	}
}
