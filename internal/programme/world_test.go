package programme

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"
)

// world is a small programme that a test builds fact by fact. Whatever a test doesn't say is recorded at noon of
// the day on which it takes effect, by the entity.
type world struct {
	t     *testing.T
	facts Facts
	use   Use
	seqs  map[string]uint32
}

// newWorld is a programme from 2014 to the end of 2016 with a goal of 1,000, which counts existing services.
func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, seqs: map[string]uint32{}}
	settings := DefaultSettings()
	settings.Rule.CountExisting = true
	w.settings(settings)
	return w
}

// day reads a date such as 2016-09-30.
func day(text string) Date {
	d, err := ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// month reads a month such as 2016-09.
func month(text string) Month {
	m, err := ParseMonth(text)
	if err != nil {
		panic(err)
	}
	return m
}

// period reads a period such as 2016-Q3.
func period(text string) Period {
	p, err := ParsePeriod(text)
	if err != nil {
		panic(err)
	}
	return p
}

func noon(d Date) time.Time { return d.Time().Add(12 * time.Hour) }

// fact appends a fact to its stream; it returns the fact so that a test can change its time or actor.
func (w *world) fact(family Family, subject string, effective, recorded Date, body any) *Fact {
	w.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		w.t.Fatal(err)
	}
	stream := string(family) + "/" + subject
	w.seqs[stream]++
	at := time.Date(2013, 1, 1, 0, 0, 0, 0, time.UTC)
	if !recorded.IsZero() {
		at = noon(recorded)
	}
	w.facts.Streams = append(w.facts.Streams, Fact{
		Family: family, Subject: subject, Seq: w.seqs[stream], ID: fmt.Sprintf("%s/%d", stream, w.seqs[stream]),
		EffectiveOn: effective, RecordedAt: at, Actor: "office", Body: raw,
	})
	return &w.facts.Streams[len(w.facts.Streams)-1]
}

func (w *world) settings(s Settings) { w.fact(FamilyProgramme, ProgrammeSubject, 0, 0, s) }

// rule changes the counting rule and nothing else of the default settings.
func (w *world) rule(rule Rule) {
	settings := DefaultSettings()
	settings.Rule = rule
	w.settings(settings)
}

func (w *world) entity(code string) {
	w.fact(FamilyEntity, code, 0, 0, Entity{Code: code, Name: "Entity " + code, NameAr: "جهة " + code})
}

// service puts a service into the catalogue, from always; without channels it has web and counter.
func (w *world) service(s Service) { w.serviceFrom(0, s) }

// serviceFrom gives a service a new catalogue entry from a day on.
func (w *world) serviceFrom(from Date, s Service) {
	if s.Entity == "" {
		s.Entity = "moi"
	}
	if s.Channels == nil {
		s.Channels = []Channel{ChannelWeb, ChannelCounter}
	}
	w.fact(FamilyService, s.Code, from, from, s)
}

// rollout adds a rollout event of the service's entity; the text names its day.
func (w *world) rollout(service string, action Action, on string, level Level, channels ...Channel) *Rollout {
	w.facts.Rollouts = append(w.facts.Rollouts, Rollout{
		ID: fmt.Sprintf("r%04d", len(w.facts.Rollouts)), Entity: "moi", Service: service, Source: "test",
		Action: action, Level: level, Channels: channels, EffectiveOn: day(on), Actor: "moi", RecordedAt: noon(day(on)),
	})
	return &w.facts.Rollouts[len(w.facts.Rollouts)-1]
}

// live puts a service into the catalogue, launched on a day at a level that is verified in the same act.
func (w *world) live(code, on string, level Level) {
	w.service(Service{Code: code})
	w.rollout(code, ActionLaunch, on, level, ChannelWeb).VerifiedBy = "admin"
}

// verify confirms a rollout's claim by another person than the claimant.
func (w *world) verify(claim *Rollout, on string, level Level) {
	w.fact(FamilyAssessment, claim.Service, day(on), day(on), Assessment{
		Kind: AssessmentVerified, Service: claim.Service, Level: level, Claim: claim.ID, EffectiveOn: day(on),
	})
}

// milestone plans a service's go-live at level 1.
func milestone(service, on string) Milestone {
	return Milestone{Code: "m-" + service, Service: service, Level: LevelInformative, PlannedOn: day(on)}
}

// plan approves a new baseline of an entity on a day.
func (w *world) plan(entity, approvedOn string, milestones ...Milestone) {
	revision := int(w.seqs["plan/"+entity]) + 1
	w.fact(FamilyPlan, entity, day(approvedOn), day(approvedOn), Plan{
		Kind: PlanApproved, Entity: entity, Revision: revision, ApprovedOn: day(approvedOn), Milestones: milestones,
	})
}

// uses adds a month's sum of completions that an entity's events have.
func (w *world) uses(entity, service, inMonth string, channel Channel, uses int64) {
	w.use.Months = append(w.use.Months, EventSum{
		Entity: entity, Service: service, Period: month(inMonth).Period(), Channel: channel, Stage: StageComplete,
		Events: 1, Uses: uses,
	})
}

// states adds a statement of completions, recorded on the third of the month after its period.
func (w *world) states(service, inPeriod string, channel Channel, state State, value int64) *Statement {
	p := period(inPeriod)
	w.use.Statements = append(w.use.Statements, Statement{
		Entity: "moi", Service: service, Channel: channel, Measure: MeasureCompleted, Period: p, State: state, Value: value,
		Source: "test", EventID: fmt.Sprintf("s%04d", len(w.use.Statements)), Actor: "moi", RecordedAt: noon(p.To.AddDays(3)),
	})
	return &w.use.Statements[len(w.use.Statements)-1]
}

// knowledge reads all that the world has, as known now.
func (w *world) knowledge() *Knowledge { return w.knowing(Knowing{Provisional: true}) }

// asAt reads what was recorded by the end of a day.
func (w *world) asAt(d string) *Knowledge {
	return w.knowing(Knowing{AsAt: day(d).AddDays(1).Time().Add(-time.Nanosecond)})
}

func (w *world) knowing(knowing Knowing) *Knowledge {
	w.t.Helper()
	k, err := NewKnowledge(w.facts, w.use, knowing)
	if err != nil {
		w.t.Fatal(err)
	}
	return k
}

// figures computes the figures of a day.
func (w *world) figures(on string) *Figures { return w.knowledge().Figures(day(on)) }

// serviceOf finds a service of the figures.
func serviceOf(t *testing.T, f *Figures, code string) ServiceFigures {
	t.Helper()
	for i := range f.Services {
		if f.Services[i].Code == code {
			return f.Services[i]
		}
	}
	t.Fatalf("no service %s in the figures", code)
	return ServiceFigures{}
}

// entityOf finds an entity of the figures.
func entityOf(t *testing.T, f *Figures, code string) EntityFigures {
	t.Helper()
	for i := range f.Entities {
		if f.Entities[i].Code == code {
			return f.Entities[i]
		}
	}
	t.Fatalf("no entity %s in the figures", code)
	return EntityFigures{}
}
