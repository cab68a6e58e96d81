package register

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// largestGoal bounds the goal: no state has more services.
const largestGoal = 1_000_000

// The days that dates of the programme may name, and its longest life in years.
var (
	earliestDay, latestDay = civil.NewDate(1970, time.January, 1), civil.NewDate(2149, time.June, 6)
)

const longestProgramme = 50

// latestDueDay is the last day of the shortest month.
const latestDueDay = 28

// SettingsOf returns the settings of a stream's newest fact, with its version; the defaults when there is none.
func SettingsOf(stream []programme.Fact) (programme.Settings, error) {
	settings := programme.DefaultSettings()
	if len(stream) == 0 {
		return settings, nil
	}
	newest := stream[len(stream)-1]
	settings = programme.Settings{}
	if err := json.Unmarshal(newest.Body, &settings); err != nil {
		return programme.Settings{}, fmt.Errorf("settings %d: %s", newest.Seq, err.Error())
	}
	settings.Version, settings.Rule.Version = newest.Seq, newest.Seq
	return settings, nil
}

// FirstStart is the reason of the settings that a programme begins with: nobody gave one, and pages word it.
const FirstStart = "first start"

// Begin records the settings of a programme that has none yet, in a time zone. Of one that has begun the zone is fixed,
// and another is ErrInvalid; what it has is ErrUnchanged.
func (c Change) Begin(zone string) Deciding {
	return func(stream []programme.Fact) (programme.Draft, error) {
		settings, err := SettingsOf(stream)
		switch {
		case err != nil:
			return programme.Draft{}, err
		case len(stream) == 0:
			settings.TimeZone = zone
			return programme.Draft{Actor: c.Actor, Reason: c.Reason, Body: settings}, nil
		case settings.TimeZone != zone:
			return programme.Draft{}, fmt.Errorf(
				"%w: the programme's time zone is %s since its first start: set MIRSAD_TIME_ZONE to it",
				programme.ErrInvalid, settings.TimeZone,
			)
		default:
			return programme.Draft{}, ErrUnchanged
		}
	}
}

// Settings records a new version of the programme's settings. The time zone, in which every stored day was reckoned,
// and the mark of a sample stay what they are.
func (c Change) Settings(next programme.Settings) Deciding {
	return func(stream []programme.Fact) (programme.Draft, error) {
		standing, err := SettingsOf(stream)
		if err != nil {
			return programme.Draft{}, err
		}
		var found faults
		if next.TimeZone != standing.TimeZone {
			found.Add("time_zone", "fixed", "value", standing.TimeZone)
		}
		if next.Sample != standing.Sample {
			found.Add("sample", "fixed", "value", strconv.FormatBool(standing.Sample))
		}
		found.settings(next)
		next.Version, next.Rule.Version = 0, 0
		if next.Rule.NewAtLevel == next.Rule.MinimumLevel {
			next.Rule.NewAtLevel = 0 // an answer fills in the minimum where nothing is recorded
		}
		return c.draft(stream, next, found)
	}
}

// settings notes everything that is wrong with settings by themselves.
func (f *faults) settings(s programme.Settings) {
	f.text("name", s.Name, longestName)
	f.text("name_ar", s.NameAr, longestName)
	f.between("goal", s.Goal, 1, largestGoal)
	f.programmeDates(s)
	f.between("due_day", s.DueDay, 1, latestDueDay)
	f.label("classification", s.Classification, longestLabel)
	f.rule(s.Rule)
}

func (f *faults) programmeDates(s programme.Settings) {
	started := f.day("starts_on", s.StartsOn, true)
	if ends := f.day("target_on", s.TargetOn, true); started && ends {
		last := civil.DateOf(s.StartsOn.Time().AddDate(longestProgramme, 0, 0))
		if s.TargetOn <= s.StartsOn || s.TargetOn > last {
			f.Add("target_on", "not_between", "from", s.StartsOn.AddDays(1).String(), "to", last.String())
		}
	}
	if given := f.day("reporting_date", s.ReportingDate, false); given && started && s.ReportingDate < s.StartsOn {
		f.Add("reporting_date", "not_between", "from", s.StartsOn.String(), "to", latestDay.String())
	}
	if given := f.day("data_from", s.DataFrom, false); given && started && s.DataFrom > s.StartsOn {
		f.Add("data_from", "not_between", "from", earliestDay.String(), "to", s.StartsOn.String())
	}
}

// day notes a date that is missing or too far away, and reports whether there is a date to go on with.
func (f *faults) day(field string, date civil.Date, required bool) bool {
	switch {
	case date.IsZero() && required:
		f.Add(field, "missing")
		return false
	case date.IsZero():
		return false
	case date < earliestDay || date > latestDay:
		f.Add(field, "not_between", "from", earliestDay.String(), "to", latestDay.String())
		return false
	default:
		return true
	}
}

func (f *faults) rule(r programme.Rule) {
	f.known("rule.minimum_level", r.MinimumLevel)
	if r.NewAtLevel != 0 {
		f.known("rule.new_at_level", r.NewAtLevel)
	}
	seen := make(map[string]bool, len(r.Audiences))
	for i, audience := range r.Audiences {
		field := fmt.Sprintf("rule.audiences.%d", i)
		f.text(field, audience, longestLabel)
		if seen[audience] {
			f.Add(field, "repeated", "value", audience)
		}
		seen[audience] = true
	}
}
