package programme

import (
	"strings"
)

// FindingKind says what is doubtful about data that were accepted.
type FindingKind string

// The kinds of finding (docs/rules.md#findings).
const (
	// FindingStatementDiffers is a statement over 5 % away from the sum of the same line's events.
	FindingStatementDiffers FindingKind = "statement_differs"
	// FindingIDOnTwoDays is event ids that were accepted on more than one report date.
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

	Channel   Channel `json:"channel,omitempty"`
	Measure   Measure `json:"measure,omitempty"`
	Period    Period  `json:"period,omitzero"`
	Statement Count   `json:"statement,omitzero"`
	Events    Count   `json:"events,omitzero"` // the sum of events
	// Difference is (events − statement) ÷ statement; not_provided when the statement is 0.
	Difference Ratio `json:"difference,omitzero"`

	Days []Date `json:"days,omitempty"` // report dates, earliest first
	Keys int    `json:"keys,omitempty"` // event ids that stand on all of these days

	Level     Level `json:"level,omitempty"`    // as claimed
	Completed Count `json:"completed,omitzero"` // digital, over the period: 0, or not provided
}

// Key orders findings, by entity and service first, and tells each from every other.
func (f *Finding) Key() string {
	days := make([]string, len(f.Days))
	for i, day := range f.Days {
		days[i] = day.String()
	}
	return strings.Join([]string{
		f.Entity, f.Service, string(f.Kind), f.Period.String(), string(f.Channel), string(f.Measure), strings.Join(days, " "),
	}, "\x1f")
}

// LimitReason says why a kind of finding is not told, or not in full.
type LimitReason string

// The reasons.
const (
	// LimitPastAsAt: raw events are kept as they stand now, so they never answer a past as-at.
	LimitPastAsAt LimitReason = "past_as_at"
	// LimitTooMany: only the largest MostIDFindings are listed.
	LimitTooMany LimitReason = "too_many"
)

// MostIDFindings bounds the list of ids on several days; whoever has more has one fault to mend, not a thousand.
const MostIDFindings = 1_000

// FindingLimit is a kind of finding that is not told, or not in full.
type FindingLimit struct {
	Kind   FindingKind `json:"kind"`
	Reason LimitReason `json:"reason"`
}

// RefusedRows is how many refused rows of an entity wait to be mended, by why they were refused.
type RefusedRows struct {
	Entity string // empty where the row names none that is known
	Code   RefusalCode
	Rows   int
}

// Quality is what is doubtful, missing or refused in the data behind the figures of one date.
type Quality struct {
	Findings []Finding // by Key
	Limits   []FindingLimit
	Refused  []RefusedRows // by entity and code
}

// Of returns the part of the entities that are seen; what limits the findings limits everyone's.
func (q *Quality) Of(sees func(entity string) bool) *Quality {
	seen := &Quality{Findings: []Finding{}, Limits: q.Limits, Refused: []RefusedRows{}}
	for i := range q.Findings {
		if sees(q.Findings[i].Entity) {
			seen.Findings = append(seen.Findings, q.Findings[i])
		}
	}
	for _, rows := range q.Refused {
		if sees(rows.Entity) {
			seen.Refused = append(seen.Refused, rows)
		}
	}
	return seen
}

// RefusedByCode sums refused rows over the entities, in the order of RefusalCodes; codes without rows are left out.
func (q *Quality) RefusedByCode() []RefusedRows {
	sums := map[RefusalCode]int{}
	for _, rows := range q.Refused {
		sums[rows.Code] += rows.Rows
	}
	listed := []RefusedRows{}
	for _, code := range RefusalCodes() {
		if sums[code] > 0 {
			listed = append(listed, RefusedRows{Code: code, Rows: sums[code]})
		}
	}
	return listed
}
