package programme

import "mirsad/internal/civil"

// Criterion is a question of the maturity assessment (docs/rules.md#criteria).
type Criterion string

// Answer is one criterion's answer with its evidence.
type Answer struct {
	Criterion Criterion `json:"criterion"`
	// Answer is yes, no or not_applicable.
	Answer string `json:"answer"`
	// URL and Text are the evidence: where it can be seen, or what it is in words.
	URL  string `json:"url,omitempty"`
	Text string `json:"text,omitempty"`
	// Entities names the other organisations, for linked and notify_once.
	Entities []string `json:"entities,omitempty"`
}

// AssessmentKind is a step of an assessment.
type AssessmentKind string

// The steps of an assessment.
const (
	AssessmentClaim    AssessmentKind = "claim"
	AssessmentVerified AssessmentKind = "verified"
	AssessmentReturned AssessmentKind = "returned"
)

// Assessment is one step in the stream of a service's assessments (FamilyAssessment, subject = service code).
type Assessment struct {
	Kind    AssessmentKind `json:"kind"`
	Service string         `json:"service"`
	Level   Level          `json:"level"`
	// Claim is the ID of the claim that a verification or return answers: an assessment fact's or a Rollout's.
	Claim       string     `json:"claim,omitempty"`
	EffectiveOn civil.Date `json:"effective_on"`
	Answers     []Answer   `json:"answers,omitempty"`
	// Criterion is the one that fails, of a return or of a verification below the claim.
	Criterion Criterion `json:"criterion,omitempty"`
	Comment   string    `json:"comment,omitempty"`
	// RecheckOn is when a verified level is to be looked at again; none means never.
	RecheckOn civil.Date `json:"recheck_on,omitzero"`
}
