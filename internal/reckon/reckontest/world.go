package reckontest

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
)

// World is a small programme that a test builds fact by fact. Whatever a test doesn't say is recorded at noon of
// the day on which it takes effect, by the entity.
type World struct {
	T     testing.TB
	Facts programme.Facts
	Use   programme.Use
	seqs  map[string]uint32
}

// New is a programme from 2014 to the end of 2016 with a goal of 1,000, which counts existing services.
func New(tb testing.TB) *World {
	tb.Helper()
	w := &World{T: tb, seqs: map[string]uint32{}}
	settings := programme.DefaultSettings()
	settings.Rule.CountExisting = true
	w.Settings(settings)
	return w
}

// Fact appends a fact to its stream; it returns the fact so that a test can change its time or actor.
func (w *World) Fact(
	family programme.Family, subject string, effective, recorded civil.Date, body any,
) *programme.Fact {
	w.T.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		w.T.Fatal(err)
	}
	stream := string(family) + "/" + subject
	w.seqs[stream]++
	at := time.Date(2013, 1, 1, 0, 0, 0, 0, time.UTC)
	if !recorded.IsZero() {
		at = civiltest.Noon(recorded)
	}
	w.Facts.Streams = append(w.Facts.Streams, programme.Fact{
		Family: family, Subject: subject, Seq: w.seqs[stream], ID: fmt.Sprintf("%s/%d", stream, w.seqs[stream]),
		EffectiveOn: effective, RecordedAt: at, Actor: "office", Body: raw,
	})
	return &w.Facts.Streams[len(w.Facts.Streams)-1]
}

// Settings changes the programme's settings, from always.
func (w *World) Settings(s programme.Settings) {
	w.Fact(programme.FamilyProgramme, programme.ProgrammeSubject, 0, 0, s)
}

// Rule changes the counting rule and nothing else of the default settings.
func (w *World) Rule(rule programme.Rule) {
	settings := programme.DefaultSettings()
	settings.Rule = rule
	w.Settings(settings)
}

// Entity adds an entity with names in both languages.
func (w *World) Entity(code string) {
	w.Fact(
		programme.FamilyEntity, code, 0, 0, programme.Entity{Code: code, Name: "Entity " + code, NameAr: "جهة " + code},
	)
}

// Service puts a service into the catalogue, from always; without channels it has web and counter.
func (w *World) Service(s programme.Service) { w.ServiceFrom(0, s) }

// ServiceFrom gives a service a new catalogue entry from a day on.
func (w *World) ServiceFrom(from civil.Date, s programme.Service) {
	if s.Entity == "" {
		s.Entity = "moi"
	}
	if s.Channels == nil {
		s.Channels = []programme.Channel{programme.ChannelWeb, programme.ChannelCounter}
	}
	w.Fact(programme.FamilyService, s.Code, from, from, s)
}

// Heir puts a live service into the catalogue that succeeds others.
func (w *World) Heir(s programme.Service, on string, level programme.Level) {
	w.Service(s)
	w.Rollout(s.Code, programme.ActionLaunch, on, level, programme.ChannelWeb).VerifiedBy = "admin"
}

// Rollout adds a rollout event of the service's entity; the text names its day.
func (w *World) Rollout(
	service string, action programme.Action, on string, level programme.Level, channels ...programme.Channel,
) *programme.Rollout {
	w.Facts.Rollouts = append(w.Facts.Rollouts, programme.Rollout{
		ID:          fmt.Sprintf("r%04d", len(w.Facts.Rollouts)),
		Entity:      "moi",
		Service:     service,
		Source:      "test",
		Action:      action,
		Level:       level,
		Channels:    channels,
		EffectiveOn: civiltest.Day(on),
		Actor:       "moi",
		RecordedAt:  civiltest.Noon(civiltest.Day(on)),
	})
	return &w.Facts.Rollouts[len(w.Facts.Rollouts)-1]
}

// Live puts a service into the catalogue, launched on a day at a level that is verified in the same act.
func (w *World) Live(code, on string, level programme.Level) {
	w.Service(programme.Service{Code: code})
	w.Rollout(code, programme.ActionLaunch, on, level, programme.ChannelWeb).VerifiedBy = "admin"
}

// Verify confirms a rollout's claim by another person than the claimant.
func (w *World) Verify(claim *programme.Rollout, on string, level programme.Level) {
	w.Fact(programme.FamilyAssessment, claim.Service, civiltest.Day(on), civiltest.Day(on), programme.Assessment{
		Kind:        programme.AssessmentVerified,
		Service:     claim.Service,
		Level:       level,
		Claim:       claim.ID,
		EffectiveOn: civiltest.Day(on),
	})
}

// ClaimOn lets the entity claim a level by its answers.
func (w *World) ClaimOn(service, on string, level programme.Level, answers ...programme.Answer) *programme.Fact {
	f := w.Fact(programme.FamilyAssessment, service, civiltest.Day(on), civiltest.Day(on), programme.Assessment{
		Kind:        programme.AssessmentClaim,
		Service:     service,
		Level:       level,
		EffectiveOn: civiltest.Day(on),
		Answers:     answers,
	})
	f.Actor = "entity"
	return f
}

// AnswerTo is the programme office's step on a claim.
func (w *World) AnswerTo(
	claim *programme.Fact, kind programme.AssessmentKind, on string, level programme.Level,
) *programme.Fact {
	return w.Fact(programme.FamilyAssessment, claim.Subject, civiltest.Day(on), civiltest.Day(on), programme.Assessment{
		Kind: kind, Service: claim.Subject, Level: level, Claim: claim.ID, EffectiveOn: civiltest.Day(on),
	})
}
