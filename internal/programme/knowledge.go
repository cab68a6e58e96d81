package programme

import (
	"cmp"
	"slices"
	"time"
)

// Use is what a Book is built from: sums of events, and the statements beside them.
type Use struct {
	Months []EventSum // Period is a month
	// Days are needed only for figures by day, and for months that have statements by day; they cover DaysFrom to DaysTo.
	Days             []EventSum
	DaysFrom, DaysTo Date
	Statements       []Statement // all versions recorded by the as-at; the newest counts
}

// Knowing says at which moment, and in what version, knowledge was gathered.
type Knowing struct {
	// AsAt is the last instant of the knowledge; Provisional says that it is still growing.
	AsAt        time.Time
	Provisional bool
	DataVersion string
	// Today is the current day in the programme's zone, the On of last resort. While knowledge is provisional, today is
	// not over. Zero: nobody says what day it is.
	Today Date
	// Zone is the programme's, in which a day ends; none means UTC.
	Zone *time.Location
}

// lastDayOver returns the last day that was over at the moment of the knowledge: yesterday while it still grows, else
// the last whole day by its as at. Without a clock every day is over.
func (k Knowing) lastDayOver() Date {
	switch {
	case k.Provisional && !k.Today.IsZero():
		return k.Today - 1
	case k.Provisional, k.AsAt.IsZero():
		return never
	default:
		return DateOf(k.AsAt.Add(time.Microsecond).In(k.Zone)) - 1 // the as at of a day is its last microsecond
	}
}

// LastEnded returns the last month that has ended on a date: its last day is the date or an earlier one, and was over
// at the moment of the knowledge. Whatever rests on an ended month asks here: a month that still runs says little of
// use, and nothing is owed for it yet.
func (k Knowing) LastEnded(on Date) Month { return (min(on, k.lastDayOver()) + 1).Month() - 1 }

// Knowledge is what was known as at one moment: the facts and the book of use.
// It is immutable and safe for use by many goroutines; every figure is a method on it.
type Knowledge struct {
	Knowing

	book         *Book
	bookEntity   []int32              // the place here of each of the book's entities
	settings     []recorded[Settings] // by sequence
	entities     []entityRecord       // by code
	entityIndex  map[string]int32
	services     []serviceRecord // by code
	serviceIndex map[string]int32
	baselines    []baseline // in the order of approval
	plans        map[string][]recorded[Plan]
	dueDays      map[Month]Date // of the calendar, by the month they are in
	successors   []int32        // services whose catalogue entry ever named one they succeed
	digest       uint64         // of the facts and rollouts; use is not in it
	phases       []MilestoneEvent
}

// NewKnowledge decodes the facts and indexes the use; a fact whose body can't be read is ErrInvalid, named by family, subject and sequence.
func NewKnowledge(facts Facts, use Use, knowing Knowing) (*Knowledge, error) {
	if knowing.Zone == nil {
		knowing.Zone = time.UTC
	}
	until := knowing.AsAt
	if knowing.Provisional {
		until = time.Time{}
	}
	k := &Knowledge{Knowing: knowing}
	if !until.IsZero() {
		use.Statements = slices.DeleteFunc(slices.Clone(use.Statements), func(s Statement) bool {
			return recordedAfter(s.RecordedAt, until)
		})
	}
	k.book = NewBook(use)
	k.digest, k.phases = digestOf(facts, until), facts.Phases
	if err := k.read(facts, until); err != nil {
		return nil, err
	}
	return k, nil
}

// read decodes the families that figures rest on and folds them by subject.
func (k *Knowledge) read(facts Facts, until time.Time) error {
	settings, err := readFamily[Settings](facts.Streams, FamilyProgramme, until)
	if err != nil {
		return err
	}
	entities, err := readFamily[Entity](facts.Streams, FamilyEntity, until)
	if err != nil {
		return err
	}
	services, err := readFamily[Service](facts.Streams, FamilyService, until)
	if err != nil {
		return err
	}
	assessments, err := readFamily[Assessment](facts.Streams, FamilyAssessment, until)
	if err != nil {
		return err
	}
	plans, err := readFamily[Plan](facts.Streams, FamilyPlan, until)
	if err != nil {
		return err
	}
	if k.dueDays, err = dueDaysOf(facts.Streams, until); err != nil {
		return err
	}
	k.plans = bySubject(plans)
	k.settings = slices.DeleteFunc(settings, func(fact recorded[Settings]) bool {
		return fact.Subject != ProgrammeSubject // calendars are of the same family
	})
	k.register(entities, services, assessments, plans, currentRollouts(facts.Rollouts, until))
	return nil
}

// settingsOn returns the settings in force on a date, with the version they came with.
func (k *Knowledge) settingsOn(on Date) Settings {
	settings := DefaultSettings()
	if newest := inForce(k.settings, on); newest != nil {
		settings = newest.body
		settings.Version = newest.Seq
	}
	return settings.withDefaults()
}

// On returns the date asked for: the question's, else the programme's reporting date, else today.
func (k *Knowledge) On(q Question) Date {
	if !q.On.IsZero() {
		return q.On
	}
	today := k.Today
	if today.IsZero() {
		today = never
	}
	return cmp.Or(k.settingsOn(today).ReportingDate, k.Today)
}
