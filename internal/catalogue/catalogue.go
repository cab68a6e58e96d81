package catalogue

import (
	"cmp"
	"slices"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// Catalogue is every entity and service as known at one moment. It is immutable and safe for use by many goroutines:
// what it hands out is for reading only.
type Catalogue struct {
	Knowing

	Entities []Entity  // by code
	Services []Service // by code
	// Successors are the services whose catalogue entry ever named one that they succeed.
	Successors []ServiceAt

	// Ramadan is the calendar of that name.
	Ramadan programme.Ramadan

	settings     []programme.Recorded[programme.Settings] // by sequence
	entityIndex  map[string]EntityAt
	serviceIndex map[string]ServiceAt
	dueDays      map[civil.Month]civil.Date // of the calendar, by the month they are in
}

// Codes are of entities and services that others name than the catalogue itself: plans, and those who report use. They
// have a place too.
type Codes struct{ Entities, Services []string }

// New decodes the facts of entities and services and folds them; a fact whose body can't be read is ErrInvalid,
// named by family, subject and sequence.
func New(facts programme.Facts, named Codes, knowing Knowing) (*Catalogue, error) {
	if knowing.Zone == nil {
		knowing.Zone = time.UTC
	}
	c, until := &Catalogue{Knowing: knowing}, knowing.Until()
	settings, err := programme.ReadFamily[programme.Settings](facts.Streams, programme.FamilyProgramme, until)
	if err != nil {
		return nil, err
	}
	c.settings = slices.DeleteFunc(settings, func(fact programme.Recorded[programme.Settings]) bool {
		return fact.Subject != programme.ProgrammeSubject // calendars are of the same family
	})
	entities, err := programme.ReadFamily[programme.Entity](facts.Streams, programme.FamilyEntity, until)
	if err != nil {
		return nil, err
	}
	services, err := programme.ReadFamily[programme.Service](facts.Streams, programme.FamilyService, until)
	if err != nil {
		return nil, err
	}
	assessments, err := programme.ReadFamily[programme.Assessment](facts.Streams, programme.FamilyAssessment, until)
	if err != nil {
		return nil, err
	}
	if c.dueDays, err = programme.DueDaysOf(facts.Streams, until); err != nil {
		return nil, err
	}
	if c.Ramadan, err = programme.RamadanOf(facts.Streams, until); err != nil {
		return nil, err
	}
	c.register(entities, services, assessments, programme.CurrentRollouts(facts.Rollouts, until), named)
	return c, nil
}

// SettingsOn returns the settings in force on a date, with the version they came with.
func (c *Catalogue) SettingsOn(on civil.Date) programme.Settings {
	settings := programme.DefaultSettings()
	if newest := programme.InForce(c.settings, on); newest != nil {
		settings = newest.Body
		settings.Version = newest.Seq
	}
	return settings.WithDefaults()
}

// On returns the date asked for: the question's, else the programme's reporting date, else today.
func (c *Catalogue) On(q figures.Question) civil.Date {
	if !q.On.IsZero() {
		return q.On
	}
	today := c.Today
	if today.IsZero() {
		today = civil.Never
	}
	return cmp.Or(c.SettingsOn(today).ReportingDate, c.Today)
}

// DueOn returns the last day on which a period's data is on time (docs/rules.md#due-day-of-a-period): the day that the
// calendar of due days has in the month after the period, else the programme's due day.
func (c *Catalogue) DueOn(s programme.Settings, p civil.Period) civil.Date {
	if day, found := c.dueDays[p.To.Month()+1]; found {
		return day
	}
	return s.DueOn(p)
}
