package figures

import "mirsad/internal/programme"

// LimitReason says why a kind of finding is not listed, or not in full.
type LimitReason string

// The reasons.
const (
	// LimitPastAsAt: raw events are kept as they are now, so they never answer a past as-at.
	LimitPastAsAt LimitReason = "past_as_at"
	// LimitTooMany: only the largest MostIDFindings are listed.
	LimitTooMany LimitReason = "too_many"
)

// MostIDFindings bounds the list of ids on several days; more than that come from one fault in what is sent.
const MostIDFindings = 1_000

// FindingLimit is a kind of finding that is not listed, or not in full.
type FindingLimit struct {
	Kind   programme.FindingKind `json:"kind"`
	Reason LimitReason           `json:"reason"`
}

// Quality is what is doubtful, missing or refused in the data behind the figures of one date.
type Quality struct {
	Findings []programme.Finding // by Key
	Limits   []FindingLimit
	Refused  []programme.RefusedRows // by entity and code
}

// Of returns the part of the entities that are seen; what limits the findings limits everyone's.
func (q *Quality) Of(sees func(entity string) bool) *Quality {
	seen := &Quality{Findings: []programme.Finding{}, Limits: q.Limits, Refused: []programme.RefusedRows{}}
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
func (q *Quality) RefusedByCode() []programme.RefusedRows {
	sums := map[programme.RefusalCode]int{}
	for _, rows := range q.Refused {
		sums[rows.Code] += rows.Rows
	}
	listed := []programme.RefusedRows{}
	for _, code := range programme.RefusalCodes() {
		if sums[code] > 0 {
			listed = append(listed, programme.RefusedRows{Code: code, Rows: sums[code]})
		}
	}
	return listed
}
