package programme

import (
	"encoding/json"
	"time"

	"mirsad/internal/civil"
)

// Family is a kind of fact; each has a table of its own.
type Family string

// The families of facts.
const (
	FamilyEntity     Family = "entity"
	FamilyService    Family = "service"
	FamilyAssessment Family = "assessment"
	FamilyPlan       Family = "plan"
	FamilyCampaign   Family = "campaign"
	FamilyAccount    Family = "account"
	FamilySession    Family = "session"
	FamilyToken      Family = "token"
	FamilyLink       Family = "link"
	FamilyProgramme  Family = "programme"
)

// ProgrammeSubject is the stream of the settings in FamilyProgramme; those of the calendars are named by
// CalendarSubject.
const ProgrammeSubject = "programme"

// Fact is one row of an append-only stream: the present is a fold over a
// subject's facts in the order of Seq, and so is any past.
type Fact struct {
	Family  Family
	Subject string
	Seq     uint32 // 1 for a stream's first fact
	ID      string // unique; decides who won a contested Seq
	// EffectiveOn is the day from which the fact holds; none means always.
	EffectiveOn civil.Date
	RecordedAt  time.Time
	Actor       string
	// Reason is why, in the actor's words.
	Reason string
	// Body is the JSON of the family's type: Entity, Service, Assessment, Plan, Settings, …
	Body json.RawMessage
}

// Draft is a fact that has not been given its place in the stream yet.
type Draft struct {
	Family      Family
	Subject     string
	EffectiveOn civil.Date
	Actor       string
	Reason      string
	// After is the newest fact that an import has read of the subject: what the stream holds up to there is no reason to
	// leave the draft out, but the newest itself is. 0: none was read.
	After uint32
	Body  any // marshalled to Fact.Body
}

// Facts is what is known of the programme apart from use: everything a fold needs, in any order.
type Facts struct {
	Streams  []Fact
	Rollouts []Rollout
	// Phases are the finished phases of milestones.
	Phases []MilestoneEvent
}
