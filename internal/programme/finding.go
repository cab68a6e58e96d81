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
	// FindingIDOnTwoDays is event ids that were accepted on more than one report date, or for more than one service.
	FindingIDOnTwoDays FindingKind = "id_on_two_days"
	// FindingLevelWithoutUse is a live service claimed to be end-to-end that nobody has completed online for 60 days.
	FindingLevelWithoutUse FindingKind = "level_without_use"
)

// FindingKinds lists all kinds of finding.
func FindingKinds() []FindingKind {
	return []FindingKind{FindingStatementDiffers, FindingIDOnTwoDays, FindingLevelWithoutUse}
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
	// Difference is (events − statement) ÷ statement; not_provided when the statement is 0.
	Difference Ratio `json:"difference,omitzero"`

	Days []civil.Date `json:"days,omitempty"` // report dates, earliest first
	Keys int          `json:"keys,omitempty"` // event ids found on all of these days
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
		string(f.Measure),
		strings.Join(days, " "),
	}, "\x1f")
}

// RefusedRows is how many refused rows of an entity wait to be corrected, by why they were refused.
type RefusedRows struct {
	Entity string // empty where the row names none that is known
	Code   RefusalCode
	Rows   int
}
