package programme

import (
	"strings"

	"mirsad/internal/civil"
)

// FindingKind says what is doubtful about data that were accepted.
type FindingKind string

// The kinds of finding (docs/rules.md#findings).
const (
	// FindingStatementDiffers is a statement over 5 % away from the sum of the same line's events.
	FindingStatementDiffers FindingKind = "statement_differs"
	// FindingIDOnTwoDays is event ids that were accepted on more than one report date.
	FindingIDOnTwoDays FindingKind = "id_on_two_days"
	// FindingIDOnTwoServices is event ids that were accepted for more than one service.
	FindingIDOnTwoServices FindingKind = "id_on_two_services"
	// FindingUseUnderTwoSources is the same use that two sources of events sent, day by day.
	FindingUseUnderTwoSources FindingKind = "use_under_two_sources"
	// FindingLevelWithoutUse is a live service claimed to be end-to-end that nobody has completed online for 60 days.
	FindingLevelWithoutUse FindingKind = "level_without_use"
	// FindingStageAboveEarlier is more uses of a stage than of the stage before it: more completed than started.
	FindingStageAboveEarlier FindingKind = "stage_above_earlier"
	// FindingRatingOutOfRange is ratings whose mean is not from 1 to 5.
	FindingRatingOutOfRange FindingKind = "rating_out_of_range"
	// FindingChannelNotListed is use on a channel that the service does not have.
	FindingChannelNotListed FindingKind = "channel_not_listed"
	// FindingUseBeforeLaunch is use of a time before the service's launch.
	FindingUseBeforeLaunch FindingKind = "use_before_launch"
	// FindingUseAfterRetirement is use of a time after the service was retired.
	FindingUseAfterRetirement FindingKind = "use_after_retirement"
	// FindingFarFromUsual is a number over ten times, or under a tenth of, what the line usually has.
	FindingFarFromUsual FindingKind = "far_from_usual"
	// FindingRepeatedValue is one number that was stated for three months or more in a row.
	FindingRepeatedValue FindingKind = "repeated_value"
	// FindingWholeDiffers is a statement for a longer period that is not the sum of its parts.
	FindingWholeDiffers FindingKind = "whole_differs"
	// FindingBundleBesideParts is use of a bundle beside use of its parts, which may count it twice.
	FindingBundleBesideParts FindingKind = "bundle_beside_parts"
	// FindingGap is a gap in an entity's events.
	FindingGap FindingKind = "gap"
	// FindingPartialMonth is a month of which an entity's events lack days.
	FindingPartialMonth FindingKind = "partial_month"
)

// FindingKinds lists all kinds of finding.
func FindingKinds() []FindingKind {
	return []FindingKind{
		FindingStatementDiffers, FindingIDOnTwoDays, FindingIDOnTwoServices, FindingUseUnderTwoSources,
		FindingLevelWithoutUse, FindingStageAboveEarlier, FindingRatingOutOfRange, FindingChannelNotListed,
		FindingUseBeforeLaunch, FindingUseAfterRetirement, FindingFarFromUsual, FindingRepeatedValue,
		FindingWholeDiffers, FindingBundleBesideParts, FindingGap, FindingPartialMonth,
	}
}

// Finding is one thing to put right in an entity's data, with the numbers behind it; fields that its kind has no use
// for are left out.
type Finding struct {
	Kind    FindingKind `json:"kind"`
	Entity  string      `json:"entity"` // who reported the data, or owns the service
	Service string      `json:"service"`

	Channel   Channel      `json:"channel,omitempty"`
	Measure   Measure      `json:"measure,omitempty"`
	Period    civil.Period `json:"period,omitzero"`
	Statement Count        `json:"statement,omitzero"`
	Events    Count        `json:"events,omitzero"` // the sum of events
	// Value is the number in doubt, Against what it is measured against: another measure, what is usual, the sum of the
	// parts, the days that a month has.
	Value          Count   `json:"value,omitzero"`
	Against        Count   `json:"against,omitzero"`
	AgainstMeasure Measure `json:"against_measure,omitempty"` // where that is another one
	// Difference is (events − statement) ÷ statement, (against − value) ÷ value; not_provided when that is 0.
	Difference Ratio    `json:"difference,omitzero"`
	Mean       Ratio    `json:"mean,omitzero"`        // of ratings
	Periods    int      `json:"periods,omitempty"`    // how many what is usual is of, or that have the same number
	Incomplete bool     `json:"incomplete,omitempty"` // some of the parts are not known
	Open       bool     `json:"open,omitempty"`       // a gap that has no end yet
	Sources    []string `json:"sources,omitempty"`    // of events

	// Days are report dates, the days that are missing, or the day of the launch or retirement; the earliest first.
	Days     []civil.Date `json:"days,omitempty"`
	Keys     int          `json:"keys,omitempty"`     // event ids found on all of these days
	Services int          `json:"services,omitempty"` // of a partial month
	// Others are the other services that the same event ids are of.
	Others []string `json:"others,omitempty"`

	Level     Level `json:"level,omitempty"`    // as claimed
	Completed Count `json:"completed,omitzero"` // digital, over the period: 0, or not provided
}

// Wording names the sentence that says what was found: the kind, and which of its numbers there is not.
func (f *Finding) Wording() string {
	switch {
	case f.Kind == FindingLevelWithoutUse && !f.Completed.Known():
		return string(f.Kind) + ".not_provided"
	case f.Kind == FindingStatementDiffers && !f.Difference.Known():
		return string(f.Kind) + ".from_zero"
	case f.Kind == FindingRatingOutOfRange && !f.Mean.Known():
		return string(f.Kind) + ".no_ratings"
	case f.Kind == FindingWholeDiffers && f.Incomplete:
		return string(f.Kind) + ".incomplete"
	case f.Kind == FindingGap && f.Open:
		return string(f.Kind) + ".open"
	default:
		return string(f.Kind)
	}
}

// Key orders findings, by entity and service first, and is different for each finding.
func (f *Finding) Key() string {
	days := make([]string, len(f.Days))
	for i, day := range f.Days {
		days[i] = day.String()
	}
	return strings.Join([]string{
		f.Entity,
		strings.Join(append([]string{f.Service}, f.Others...), " "),
		string(f.Kind),
		f.Period.String(),
		string(f.Channel),
		strings.TrimSuffix(string(f.Measure)+" "+string(f.AgainstMeasure), " "),
		strings.Join(append(days, f.Sources...), " "),
	}, "\x1f")
}

// RefusedRows is how many refused rows of an entity wait to be corrected, by why they were refused.
type RefusedRows struct {
	Entity string // empty where the row names none that is known
	Code   RefusalCode
	Rows   int
}
