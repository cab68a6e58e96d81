package programme

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// largestGoal bounds the goal: no state has more services.
const largestGoal = 1_000_000

// The days that dates of the programme may name, and its longest life in years.
var (
	earliestDay, latestDay = NewDate(1970, time.January, 1), NewDate(2149, time.June, 6)
)

const longestProgramme = 50

// SettingsOf returns the settings of a stream's newest fact, with its version; the defaults when there is none.
func SettingsOf(stream []Fact) (Settings, error) {
	settings := DefaultSettings()
	if len(stream) == 0 {
		return settings, nil
	}
	newest := stream[len(stream)-1]
	settings = Settings{}
	if err := json.Unmarshal(newest.Body, &settings); err != nil {
		return Settings{}, fmt.Errorf("settings %d: %s", newest.Seq, err.Error())
	}
	settings.Version, settings.Rule.Version = newest.Seq, newest.Seq
	return settings, nil
}

// Settings records a new version of the programme's settings. The time zone, in which every stored day was reckoned,
// and the mark of a sample stay what they are.
func (c Change) Settings(next Settings) Deciding {
	return func(stream []Fact) (Draft, error) {
		standing, err := SettingsOf(stream)
		if err != nil {
			return Draft{}, err
		}
		var found faults
		if next.TimeZone != standing.TimeZone {
			found.add("time_zone", "fixed", "value", standing.TimeZone)
		}
		if next.Sample != standing.Sample {
			found.add("sample", "fixed", "value", strconv.FormatBool(standing.Sample))
		}
		found = append(found, next.faults()...)
		next.Version, next.Rule.Version = 0, 0
		if next.Rule.NewAtLevel == next.Rule.MinimumLevel {
			next.Rule.NewAtLevel = 0 // an answer fills in the minimum where nothing is recorded
		}
		return c.draft(stream, next, found)
	}
}

// faults returns everything that is wrong with the settings by themselves.
func (s Settings) faults() faults {
	var found faults
	found.text("name", s.Name, longestName)
	found.text("name_ar", s.NameAr, longestName)
	if s.Goal < 1 || s.Goal > largestGoal {
		found.add("goal", "out_of_range", "least", 1, "most", largestGoal)
	}
	s.dateFaults(&found)
	if s.DueDay < 1 || s.DueDay > 28 {
		found.add("due_day", "out_of_range", "least", 1, "most", 28)
	}
	found.label("classification", s.Classification, longestLabel)
	s.Rule.faults(&found)
	return found
}

func (s Settings) dateFaults(found *faults) {
	started := found.day("starts_on", s.StartsOn, true)
	if ends := found.day("target_on", s.TargetOn, true); started && ends {
		last := DateOf(s.StartsOn.Time().AddDate(longestProgramme, 0, 0))
		if s.TargetOn <= s.StartsOn || s.TargetOn > last {
			found.add("target_on", "not_between", "from", s.StartsOn.AddDays(1).String(), "to", last.String())
		}
	}
	if given := found.day("reporting_date", s.ReportingDate, false); given && started && s.ReportingDate < s.StartsOn {
		found.add("reporting_date", "not_between", "from", s.StartsOn.String(), "to", latestDay.String())
	}
	if given := found.day("data_from", s.DataFrom, false); given && started && s.DataFrom > s.StartsOn {
		found.add("data_from", "not_between", "from", earliestDay.String(), "to", s.StartsOn.String())
	}
}

// day notes a date that is missing or too far away, and reports whether there is a date to go on with.
func (f *faults) day(field string, date Date, required bool) bool {
	switch {
	case date.IsZero() && required:
		f.add(field, "missing")
		return false
	case date.IsZero():
		return false
	case date < earliestDay || date > latestDay:
		f.add(field, "not_between", "from", earliestDay.String(), "to", latestDay.String())
		return false
	default:
		return true
	}
}

func (r Rule) faults(found *faults) {
	if !r.MinimumLevel.Valid() {
		found.add("rule.minimum_level", "out_of_range", "least", 1, "most", 4)
	}
	if r.NewAtLevel != 0 && !r.NewAtLevel.Valid() {
		found.add("rule.new_at_level", "out_of_range", "least", 1, "most", 4)
	}
	for i, audience := range r.Audiences {
		field := fmt.Sprintf("rule.audiences.%d", i)
		found.text(field, audience, longestLabel)
		if slices.Index(r.Audiences, audience) < i {
			found.add(field, "repeated", "value", audience)
		}
	}
}

// Effect is what other settings would do to the counted total: now, and under them.
type Effect struct {
	Before EffectOn `json:"before"`
	After  EffectOn `json:"after"`
}

// EffectOn is the verified count on a date, beside the goal.
type EffectOn struct {
	On         Date `json:"on"`
	Goal       int  `json:"goal"`
	Counted    int  `json:"counted"`
	CountedNew int  `json:"counted_new"`
	CountedAll int  `json:"counted_all"`
	EndToEnd   int  `json:"end_to_end"`
}

// Weigh counts under the settings in force and under others, each on the date that they report on.
func (k *Knowledge) Weigh(next Settings) Effect {
	on := k.On(Question{})
	return Effect{
		Before: k.weigh(on, k.settingsOn(on)),
		After:  k.weigh(cmp.Or(next.ReportingDate, k.Today), next.withDefaults()),
	}
}

func (k *Knowledge) weigh(on Date, settings Settings) EffectOn {
	t := k.takeCensus(on, settings).tally(Verified)
	return EffectOn{
		On: on, Goal: settings.Goal, Counted: t.counted.Total(), CountedNew: t.new, CountedAll: t.all, EndToEnd: t.counted.EndToEnd(),
	}
}
