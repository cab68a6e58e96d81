package programme

import (
	"cmp"

	"mirsad/internal/civil"
)

// Settings is the programme: its goal, dates, counting rule and reporting practice.
// Each change is a new version, recorded in the stream ProgrammeSubject of FamilyProgramme.
type Settings struct {
	Name     string     `json:"name"`
	NameAr   string     `json:"name_ar"`
	Goal     int        `json:"goal"`
	StartsOn civil.Date `json:"starts_on"`
	TargetOn civil.Date `json:"target_on"`
	// ReportingDate is the default of every figure's On; none means today.
	ReportingDate civil.Date `json:"reporting_date,omitzero"`
	TimeZone      string     `json:"time_zone"`
	// DataFrom is the earliest report date accepted; none means five years before StartsOn.
	DataFrom civil.Date `json:"data_from,omitzero"`
	// DueDay is the day of the next month by which a month's data is on time.
	DueDay         int    `json:"due_day"`
	Rule           Rule   `json:"rule"`
	Classification string `json:"classification,omitempty"`
	// Sample marks generated data; every page, answer and workbook then says so.
	Sample bool `json:"sample,omitempty"`
	// Version is the sequence of the fact that set these settings; 0 for the defaults.
	Version uint32 `json:"version"`
}

// Rule is the counting rule's data (docs/rules.md#rule).
type Rule struct {
	MinimumLevel Level `json:"minimum_level"`
	// NewAtLevel is the level whose first date decides whether a service is new; 0 means MinimumLevel.
	NewAtLevel Level `json:"new_at_level,omitempty"`
	// Audiences in scope; none means every audience.
	Audiences     []string `json:"audiences,omitempty"`
	CountExisting bool     `json:"count_existing"`
	// Version is that of the settings the rule came with.
	Version uint32 `json:"version"`
}

// DefaultSettings is the programme before anyone has set it: 1,000 services from 2014 to the end of 2016.
func DefaultSettings() Settings {
	return Settings{
		Name: "National e-services programme", NameAr: "برنامج الخدمات الإلكترونية",
		Goal: 1000, StartsOn: civil.NewDate(2014, 1, 1), TargetOn: civil.NewDate(2016, 12, 31),
		TimeZone: "Asia/Qatar", DueDay: 10,
		Rule: Rule{MinimumLevel: LevelInformative},
	}
}

// EarliestReportDate returns DataFrom or, when unset, five years before the programme's start
// (docs/rules.md#times-that-are-refused).
func (s Settings) EarliestReportDate() civil.Date {
	if !s.DataFrom.IsZero() {
		return s.DataFrom
	}
	return civil.DateOf(s.StartsOn.Time().AddDate(-5, 0, 0))
}

// WithDefaults fills in what the counting rule leaves out.
func (s Settings) WithDefaults() Settings {
	s.Rule.Version = s.Version
	s.Rule.MinimumLevel = max(s.Rule.MinimumLevel, LevelInformative)
	s.Rule.NewAtLevel = cmp.Or(s.Rule.NewAtLevel, s.Rule.MinimumLevel)
	return s
}

// defaultDueDay is the day of the next month by which a month's data is on time, unless settings say otherwise.
const defaultDueDay = 10

// DueOn returns the programme's due day for a period.
func (s Settings) DueOn(p civil.Period) civil.Date {
	next := p.To.Month() + 1
	return min(next.First().AddDays(cmp.Or(s.DueDay, defaultDueDay)-1), next.Last())
}
