package figures

import (
	"cmp"
	"slices"

	"mirsad/internal/programme"
)

// LimitReason says why a kind of finding is not listed, or not in full.
type LimitReason string

// The reasons.
const (
	// LimitPastAsAt: raw events are kept as they are now, so they never answer a past as-at.
	LimitPastAsAt LimitReason = "past_as_at"
	// LimitTooMany: only the largest MostIDFindings, or the first MostFindings of an entity, are listed.
	LimitTooMany LimitReason = "too_many"
)

// MostIDFindings bounds the list of ids on several days; more than that come from one fault in what is sent.
const MostIDFindings = 1_000

// MostFindings bounds how many findings of one kind are listed of each entity, for the same reason.
const MostFindings = 200

// FindingLimit is a kind of finding that is not listed, or not in full.
type FindingLimit struct {
	Kind   programme.FindingKind `json:"kind"`
	Reason LimitReason           `json:"reason"`
	// More is how many are not listed, where that was counted.
	More int `json:"more,omitempty"`
	// Entity is whose they are; empty for everybody's.
	Entity string `json:"-"`
}

// Bound leaves out what an entity has more of one kind than MostFindings, the last in the order of keys, and says so.
func Bound(findings []programme.Finding) ([]programme.Finding, []FindingLimit) {
	type bucket struct {
		entity string
		kind   programme.FindingKind
	}
	listed, counts := make([]programme.Finding, 0, len(findings)), map[bucket]int{}
	for i := range findings {
		of := bucket{findings[i].Entity, findings[i].Kind}
		if counts[of]++; counts[of] <= MostFindings {
			listed = append(listed, findings[i])
		}
	}
	var limits []FindingLimit
	for of, n := range counts {
		if n > MostFindings {
			limits = append(limits, FindingLimit{of.kind, LimitTooMany, n - MostFindings, of.entity})
		}
	}
	slices.SortFunc(limits, func(a, b FindingLimit) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Entity, b.Entity))
	})
	return listed, limits
}

// Quality is what is doubtful, missing or refused in the data behind the figures of one date.
type Quality struct {
	Findings []programme.Finding // by Key
	Limits   []FindingLimit
	Refused  []programme.RefusedRows // by entity and code
}

// Of returns the part of the entities that are seen. What limits everybody's findings limits these too; of what limits
// those of single entities the seen ones are added up by kind.
func (q *Quality) Of(sees func(entity string) bool) *Quality {
	seen := &Quality{Findings: []programme.Finding{}, Limits: limitsOf(q.Limits, sees), Refused: []programme.RefusedRows{}}
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

func limitsOf(limits []FindingLimit, sees func(entity string) bool) []FindingLimit {
	seen := []FindingLimit{}
	for _, limit := range limits {
		if limit.Entity != "" && !sees(limit.Entity) {
			continue
		}
		limit.Entity = ""
		at := slices.IndexFunc(seen, func(l FindingLimit) bool { return l.Kind == limit.Kind && l.Reason == limit.Reason })
		if at < 0 {
			seen = append(seen, limit)
			continue
		}
		seen[at].More += limit.More
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
