package figurestest

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// ClaimOn lets the entity claim a level by its answers.
func (w *World) ClaimOn(service, on string, level programme.Level, answers ...programme.Answer) *programme.Fact {
	f := w.Fact(programme.FamilyAssessment, service, civiltest.Day(on), civiltest.Day(on), programme.Assessment{
		Kind: programme.AssessmentClaim, Service: service, Level: level, EffectiveOn: civiltest.Day(on), Answers: answers,
	})
	f.Actor = "entity"
	return f
}

// AnswerTo is the programme office's step on a claim.
func (w *World) AnswerTo(claim *programme.Fact, kind programme.AssessmentKind, on string, level programme.Level) *programme.Fact {
	return w.Fact(programme.FamilyAssessment, claim.Subject, civiltest.Day(on), civiltest.Day(on), programme.Assessment{
		Kind: kind, Service: claim.Subject, Level: level, Claim: claim.ID, EffectiveOn: civiltest.Day(on),
	})
}

// Daily adds a day's sum of completions on the web; the book then knows the days of the world's year.
func (w *World) Daily(service, on string, uses int64) {
	w.Use.DaysFrom, w.Use.DaysTo = civiltest.Day("2016-01-01"), civiltest.Day("2016-12-31")
	w.Use.Days = append(w.Use.Days, programme.EventSum{
		Entity: "moi", Service: service, Period: civil.DayPeriod(civiltest.Day(on)), Channel: programme.ChannelWeb, Stage: programme.StageComplete, Events: 1, Uses: uses,
	})
}

// Differing words the findings of statements, as known of the world.
func (w *World) Differing(days ...programme.EventSum) []string {
	w.T.Helper()
	lines := []string{}
	for _, f := range w.Knowledge().StatementsThatDiffer(civiltest.Day("2016-09-30"), days) {
		difference := "none"
		if f.Difference.Known() {
			difference = fmt.Sprint(f.Difference.Value)
		}
		lines = append(lines, fmt.Sprintf("%s %s %s %s %d/%d %s", f.Entity, f.Service, f.Period, f.Channel, f.Statement.Value, f.Events.Value, difference))
	}
	return lines
}

// GrowthOf asks for the growth of digital completions in a month.
func (w *World) GrowthOf(on, m string) figures.Growth {
	return w.Knowledge().Growth(civiltest.Day(on), figures.GrowthQuery{Period: civiltest.Period(m)})
}

// Submit records a step of the entity's first plan revision.
func (w *World) Submit(kind programme.PlanKind, on string, milestones ...programme.Milestone) {
	w.Fact(programme.FamilyPlan, "moi", civiltest.Day(on), civiltest.Day(on), programme.Plan{Kind: kind, Entity: "moi", Revision: 1, Milestones: milestones})
}

func (w *World) Abandoned(service, inMonth string) {
	w.Uses("moi", service, inMonth, programme.ChannelWeb, 3)
	w.Use.Months[len(w.Use.Months)-1].Stage = programme.StageAbandon
}

// Owed is what an entity owes for a month as it stands on a date.
func (w *World) Owed(on, inMonth, entity string) *figures.EntitySubmissions {
	w.T.Helper()
	list := w.Knowledge().Submissions(civiltest.Day(on), civiltest.Month(inMonth))
	for i := range list.Entities {
		if list.Entities[i].Entity == entity {
			return &list.Entities[i]
		}
	}
	w.T.Fatalf("nothing is said of %s", entity)
	return nil
}

// PlanStep is a step of the entity's plan on a day.
func (w *World) PlanStep(kind programme.PlanKind, revision int, on string) {
	w.Fact(programme.FamilyPlan, "moi", 0, civiltest.Day(on), programme.Plan{Kind: kind, Entity: "moi", Revision: revision})
}

// Heir puts a live service into the catalogue that succeeds others.
func (w *World) Heir(s programme.Service, on string, level programme.Level) {
	w.Service(s)
	w.Rollout(s.Code, programme.ActionLaunch, on, level, programme.ChannelWeb).VerifiedBy = "admin"
}

// World is a small programme that a test builds fact by fact. Whatever a test doesn't say is recorded at noon of
// the day on which it takes effect, by the entity.
type World struct {
	T     *testing.T
	Facts programme.Facts
	Use   programme.Use
	seqs  map[string]uint32
}

// New is a programme from 2014 to the end of 2016 with a goal of 1,000, which counts existing services.
func New(t *testing.T) *World {
	t.Helper()
	w := &World{T: t, seqs: map[string]uint32{}}
	settings := programme.DefaultSettings()
	settings.Rule.CountExisting = true
	w.Settings(settings)
	return w
}

// Fact appends a fact to its stream; it returns the fact so that a test can change its time or actor.
func (w *World) Fact(family programme.Family, subject string, effective, recorded civil.Date, body any) *programme.Fact {
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

func (w *World) Settings(s programme.Settings) {
	w.Fact(programme.FamilyProgramme, programme.ProgrammeSubject, 0, 0, s)
}

// Rule changes the counting rule and nothing else of the default settings.
func (w *World) Rule(rule programme.Rule) {
	settings := programme.DefaultSettings()
	settings.Rule = rule
	w.Settings(settings)
}

func (w *World) Entity(code string) {
	w.Fact(programme.FamilyEntity, code, 0, 0, programme.Entity{Code: code, Name: "Entity " + code, NameAr: "جهة " + code})
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

// Rollout adds a rollout event of the service's entity; the text names its day.
func (w *World) Rollout(service string, action programme.Action, on string, level programme.Level, channels ...programme.Channel) *programme.Rollout {
	w.Facts.Rollouts = append(w.Facts.Rollouts, programme.Rollout{
		ID: fmt.Sprintf("r%04d", len(w.Facts.Rollouts)), Entity: "moi", Service: service, Source: "test",
		Action: action, Level: level, Channels: channels, EffectiveOn: civiltest.Day(on), Actor: "moi", RecordedAt: civiltest.Noon(civiltest.Day(on)),
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
		Kind: programme.AssessmentVerified, Service: claim.Service, Level: level, Claim: claim.ID, EffectiveOn: civiltest.Day(on),
	})
}

// Milestone plans a service's go-live at level 1.
func Milestone(service, on string) programme.Milestone {
	return programme.Milestone{Code: "m-" + service, Service: service, Level: programme.LevelInformative, PlannedOn: civiltest.Day(on)}
}

// Plan approves a new baseline of an entity on a day.
func (w *World) Plan(entity, approvedOn string, milestones ...programme.Milestone) {
	revision := int(w.seqs["plan/"+entity]) + 1
	w.Fact(programme.FamilyPlan, entity, civiltest.Day(approvedOn), civiltest.Day(approvedOn), programme.Plan{
		Kind: programme.PlanApproved, Entity: entity, Revision: revision, ApprovedOn: civiltest.Day(approvedOn), Milestones: milestones,
	})
}

// Uses adds a month's sum of completions that an entity's events have.
func (w *World) Uses(entity, service, inMonth string, channel programme.Channel, uses int64) {
	w.Use.Months = append(w.Use.Months, programme.EventSum{
		Entity: entity, Service: service, Period: civiltest.Month(inMonth).Period(), Channel: channel, Stage: programme.StageComplete,
		Events: 1, Uses: uses,
	})
}

// States adds a statement of completions, recorded on the third of the month after its period.
func (w *World) States(service, inPeriod string, channel programme.Channel, state programme.State, value int64) *programme.Statement {
	p := civiltest.Period(inPeriod)
	w.Use.Statements = append(w.Use.Statements, programme.Statement{
		Entity: "moi", Service: service, Channel: channel, Measure: programme.MeasureCompleted, Period: p, State: state, Value: value,
		Source: "test", EventID: fmt.Sprintf("s%04d", len(w.Use.Statements)), Actor: "moi", RecordedAt: civiltest.Noon(p.To.AddDays(3)),
	})
	return &w.Use.Statements[len(w.Use.Statements)-1]
}

// Knowledge reads all that the world has, as known now.
func (w *World) Knowledge() *figures.Knowledge { return w.Knowing(figures.Knowing{Provisional: true}) }

// AsAt reads what was recorded by the end of a day.
func (w *World) AsAt(d string) *figures.Knowledge {
	return w.Knowing(figures.Knowing{AsAt: civiltest.Day(d).AddDays(1).Time().Add(-time.Nanosecond)})
}

func (w *World) Knowing(knowing figures.Knowing) *figures.Knowledge {
	w.T.Helper()
	k, err := figures.NewKnowledge(w.Facts, w.Use, knowing)
	if err != nil {
		w.T.Fatal(err)
	}
	return k
}

// Figures computes the figures of a day.
func (w *World) Figures(on string) *figures.Figures { return w.Knowledge().Figures(civiltest.Day(on)) }

// ServiceOf finds a service of the figures.
func ServiceOf(t *testing.T, f *figures.Figures, code string) figures.ServiceFigures {
	t.Helper()
	for i := range f.Services {
		if f.Services[i].Code == code {
			return f.Services[i]
		}
	}
	t.Fatalf("no service %s in the figures", code)
	return figures.ServiceFigures{}
}

// EntityOf finds an entity of the figures.
func EntityOf(t *testing.T, f *figures.Figures, code string) figures.EntityFigures {
	t.Helper()
	for i := range f.Entities {
		if f.Entities[i].Code == code {
			return f.Entities[i]
		}
	}
	t.Fatalf("no entity %s in the figures", code)
	return figures.EntityFigures{}
}
