package reckon

import (
	"cmp"
	"slices"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// Knowing says at which moment, and in what version, knowledge was gathered.
type Knowing struct {
	// AsAt is the last instant of the knowledge; Provisional says that it is still growing.
	AsAt        time.Time
	Provisional bool
	DataVersion string
	// Today is the current day in the programme's zone, the On of last resort. While knowledge is provisional, today is
	// not over. Zero: nobody says what day it is.
	Today civil.Date
	// Zone is the programme's, in which a day ends; none means UTC.
	Zone *time.Location
}

// lastDayOver returns the last day that was over at the moment of the knowledge: yesterday while it still grows, else
// the last whole day by its as at. Without a clock every day is over.
func (k Knowing) lastDayOver() civil.Date {
	switch {
	case k.Provisional && !k.Today.IsZero():
		return k.Today - 1
	case k.Provisional, k.AsAt.IsZero():
		return civil.Never
	default:
		return civil.DateOf(k.AsAt.Add(time.Microsecond).In(k.Zone)) - 1 // the as at of a day is its last microsecond
	}
}

// LastEnded returns the last month that has ended on a date: its last day is the date or an earlier one, and was over
// at the moment of the knowledge. Whatever rests on an ended month asks here: a month that still runs says little of
// use, and nothing is owed for it yet.
func (k Knowing) LastEnded(on civil.Date) civil.Month {
	return (min(on, k.lastDayOver()) + 1).Month() - 1
}

// Knowledge is what was known as at one moment: the facts and the use.
// It is immutable and safe for use by many goroutines; every figure is a method on it.
type Knowledge struct {
	Knowing

	use          *usage.Index
	useEntities  []entityAt                               // the place here of each entity of the use
	settings     []programme.Recorded[programme.Settings] // by sequence
	entities     []entityRecord                           // by code
	entityIndex  map[string]entityAt
	services     []serviceRecord // by code
	serviceIndex map[string]serviceAt
	baselines    []baseline // in the order of approval
	plans        map[string][]programme.Recorded[programme.Plan]
	dueDays      map[civil.Month]civil.Date // of the calendar, by the month they are in
	successors   []serviceAt                // services whose catalogue entry ever named one they succeed
	digest       uint64                     // of the facts and rollouts; use is not in it
	phases       []programme.MilestoneEvent
}

// NewKnowledge decodes the facts and indexes the use; a fact whose body can't be read is ErrInvalid, named by family,
// subject and sequence.
func NewKnowledge(facts programme.Facts, use programme.Use, knowing Knowing) (*Knowledge, error) {
	if knowing.Zone == nil {
		knowing.Zone = time.UTC
	}
	until := knowing.AsAt
	if knowing.Provisional {
		until = time.Time{}
	}
	k := &Knowledge{Knowing: knowing}
	if !until.IsZero() {
		use.Statements = slices.DeleteFunc(slices.Clone(use.Statements), func(s programme.Statement) bool {
			return programme.RecordedAfter(s.RecordedAt, until)
		})
	}
	var err error
	if use.Holidays, err = programme.HolidaysOf(facts.Streams, until); err != nil {
		return nil, err
	}
	k.use = usage.NewIndex(use)
	k.digest, k.phases = digestOf(facts, until), facts.Phases
	if err := k.read(facts, until); err != nil {
		return nil, err
	}
	return k, nil
}

// WithDays returns the same knowledge with the sums of events of the days from and to, both included.
func (k *Knowledge) WithDays(rows []programme.EventSum, from, to civil.Date) *Knowledge {
	with := *k
	with.use = k.use.WithDays(rows, from, to)
	return &with
}

// read decodes the families that figures rest on and folds them by subject.
func (k *Knowledge) read(facts programme.Facts, until time.Time) error {
	settings, err := programme.ReadFamily[programme.Settings](facts.Streams, programme.FamilyProgramme, until)
	if err != nil {
		return err
	}
	entities, err := programme.ReadFamily[programme.Entity](facts.Streams, programme.FamilyEntity, until)
	if err != nil {
		return err
	}
	services, err := programme.ReadFamily[programme.Service](facts.Streams, programme.FamilyService, until)
	if err != nil {
		return err
	}
	assessments, err := programme.ReadFamily[programme.Assessment](facts.Streams, programme.FamilyAssessment, until)
	if err != nil {
		return err
	}
	plans, err := programme.ReadFamily[programme.Plan](facts.Streams, programme.FamilyPlan, until)
	if err != nil {
		return err
	}
	if k.dueDays, err = programme.DueDaysOf(facts.Streams, until); err != nil {
		return err
	}
	k.plans = programme.BySubject(plans)
	k.settings = slices.DeleteFunc(settings, func(fact programme.Recorded[programme.Settings]) bool {
		return fact.Subject != programme.ProgrammeSubject // calendars are of the same family
	})
	k.register(entities, services, assessments, plans, programme.CurrentRollouts(facts.Rollouts, until))
	return nil
}

// settingsOn returns the settings in force on a date, with the version they came with.
func (k *Knowledge) settingsOn(on civil.Date) programme.Settings {
	settings := programme.DefaultSettings()
	if newest := programme.InForce(k.settings, on); newest != nil {
		settings = newest.Body
		settings.Version = newest.Seq
	}
	return settings.WithDefaults()
}

// On returns the date asked for: the question's, else the programme's reporting date, else today.
func (k *Knowledge) On(q figures.Question) civil.Date {
	if !q.On.IsZero() {
		return q.On
	}
	today := k.Today
	if today.IsZero() {
		today = civil.Never
	}
	return cmp.Or(k.settingsOn(today).ReportingDate, k.Today)
}
