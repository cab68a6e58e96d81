package programme

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"mirsad/internal/civil"
)

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

// LongestWebAddress is how many characters an address of evidence may have.
const LongestWebAddress = 2000

// WebAddress reports whether a text is an address of the web that somebody may be sent to: http or https, a host, no name
// or password before it, a port that there is, nothing that can't be seen, and no word of the host that mixes Latin with
// another script to look like something else.
func WebAddress(text string) bool {
	odd := func(r rune) bool {
		return !unicode.IsGraphic(r) || unicode.IsSpace(r) || strings.ContainsRune("\"<>\\`", r)
	}
	if !utf8.ValidString(text) || utf8.RuneCountInString(text) > LongestWebAddress || strings.ContainsFunc(text, odd) {
		return false
	}
	address, err := url.Parse(text)
	if err != nil || (address.Scheme != "https" && address.Scheme != "http") || address.User != nil || address.Opaque != "" {
		return false
	}
	if strings.HasSuffix(address.Host, ":") || strings.Trim(address.Hostname(), ".:@?#") == "" {
		return false
	}
	if port := address.Port(); port != "" {
		if number, err := strconv.ParseUint(port, 10, 16); err != nil || number == 0 {
			return false
		}
	}
	for word := range strings.SplitSeq(address.Hostname(), ".") {
		if mixed(word) {
			return false
		}
	}
	return true
}

// mixed reports whether a word has Latin letters and those of another script.
func mixed(word string) bool {
	latin := strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Latin, r) })
	return latin && strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) })
}
