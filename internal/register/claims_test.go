package register_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
	"mirsad/internal/register"
)

// fullAnswers say yes to everything a level takes, each with evidence; level 4 links with the Ministry of Justice.
func fullAnswers(level programme.Level) []programme.Answer {
	var answers []programme.Answer
	for _, each := range programme.Levels() {
		for _, criterion := range programme.CriteriaOf(each) {
			answer := programme.Answer{Criterion: criterion, Answer: programme.AnswerNo}
			if each <= level {
				answer.Answer, answer.URL = programme.AnswerYes, "https://moi.example/"+string(criterion)
			}
			if answer.Answer == programme.AnswerYes && criterion.NamesOthers() {
				answer.Entities = []string{"moj"}
			}
			answers = append(answers, answer)
		}
	}
	return answers
}

// office decides on the stream of one service, as the store does.
type deciding struct {
	*reckontest.World

	service  programme.Service
	rollouts []programme.Rollout
}

func newDeciding(t *testing.T) *deciding {
	t.Helper()
	w := reckontest.New(t)
	w.Entity("moi")
	w.Entity("moj")
	w.Service(programme.Service{Code: "visa"})
	w.Rollout("visa", programme.ActionLaunch, "2015-01-01", 0)
	return &deciding{World: w, service: programme.Service{Code: "visa", Entity: "moi"}}
}

func (d *deciding) stream() []programme.Fact {
	return slices.DeleteFunc(slices.Clone(d.Facts.Streams), func(f programme.Fact) bool { return f.Family != programme.FamilyAssessment })
}

// add records a draft on a day, if the rule has one.
func (d *deciding) add(actor, on string, rule register.Deciding) (*programme.Fact, error) {
	draft, err := rule(d.stream())
	if err != nil {
		return nil, err
	}
	fact := d.Fact(programme.FamilyAssessment, "visa", draft.EffectiveOn, civiltest.Day(on), draft.Body)
	fact.Actor, fact.Reason = actor, draft.Reason
	return fact, nil
}

func (d *deciding) claim(actor, on string, level programme.Level, answers []programme.Answer) (*programme.Fact, error) {
	known := register.Catalogue{Entities: map[string]bool{"moi": true, "moj": true}}
	return d.add(actor, on, register.Change{Actor: actor}.Claim(d.service, programme.Assessment{Level: level, EffectiveOn: civiltest.Day(on), Answers: answers}, known))
}

func (d *deciding) decide(actor, on string, decision register.Decision) (*programme.Fact, error) {
	return d.add(actor, on, register.Change{Actor: actor}.Decide(decision, d.rollouts))
}

func (d *deciding) must(fact *programme.Fact, err error) *programme.Fact {
	d.T.Helper()
	if err != nil {
		d.T.Fatal(err)
	}
	return fact
}

// claims returns the claims as they stand.
func (d *deciding) claims() []register.Claim {
	d.T.Helper()
	claims, err := register.ClaimsOf(d.stream(), d.rollouts)
	if err != nil {
		d.T.Fatal(err)
	}
	return claims
}

func (d *deciding) verifiedOn(on string) programme.Level {
	d.T.Helper()
	d.Facts.Rollouts = slices.Concat(d.Facts.Rollouts[:1], d.rollouts)
	return reckontest.ServiceOf(d.T, d.Figures(on), "visa").LevelVerified
}

// faultsIn names the fields and kinds of an error's faults.
func faultsIn(err error) string {
	found, are := errors.AsType[*programme.FaultsError](err)
	if !are {
		return ""
	}
	list := make([]string, 0, len(found.Faults))
	for _, each := range found.Faults {
		list = append(list, each.Field+":"+each.Kind)
	}
	return strings.Join(list, " ")
}

// The claimed level is what the answers reach; the criterion that fails is named (docs/rules.md#claims).
func TestAClaimIsWhatItsAnswersReach(t *testing.T) {
	change := func(answers []programme.Answer, at programme.Criterion, to func(*programme.Answer)) []programme.Answer {
		answers = slices.Clone(answers)
		for i := range answers {
			if answers[i].Criterion == at {
				to(&answers[i])
			}
		}
		return answers
	}
	three, four := fullAnswers(programme.LevelTransactional), fullAnswers(programme.LevelIntegrated)
	no := func(a *programme.Answer) { a.Answer = programme.AnswerNo }
	for name, test := range map[string]struct {
		level   programme.Level
		answers []programme.Answer
		want    string
	}{
		"as the answers say":        {programme.LevelTransactional, three, ""},
		"without a level":           {0, three, ""},
		"more than the answers":     {programme.LevelTransactional, change(three, programme.CriterionPayment, no), "answers.payment:criterion_fails"},
		"less than the answers":     {programme.LevelInteractive, three, "level:answers_reach"},
		"any criterion would do":    {programme.LevelInteractive, fullAnswers(programme.LevelInformative), "answers.status:no_criterion_holds answers.enquiry:no_criterion_holds answers.form:no_criterion_holds"},
		"no level at all":           {0, change(fullAnswers(1), programme.CriterionInfo, no), "answers.info:criterion_fails"},
		"no answers":                {programme.LevelInformative, nil, "answers:missing answers.info:criterion_fails"},
		"yes without evidence":      {0, change(three, programme.CriterionApply, func(a *programme.Answer) { a.URL = "" }), "answers.apply.url:no_evidence"},
		"evidence in words":         {0, change(three, programme.CriterionApply, func(a *programme.Answer) { a.URL, a.Text = "", "seen on 1 May" }), ""},
		"evidence that is a script": {0, change(three, programme.CriterionApply, func(a *programme.Answer) { a.URL = "javascript:alert(1)" }), "answers.apply.url:not_an_address"},
		"linked with nobody":        {0, change(change(four, programme.CriterionLinked, func(a *programme.Answer) { a.Entities = nil }), programme.CriterionProactive, no), "answers.linked.entities:names_nobody"},
		"linked with itself":        {0, change(four, programme.CriterionLinked, func(a *programme.Answer) { a.Entities = []string{"moi"} }), "answers.linked.entities.0:itself"},
		"linked with nobody known":  {0, change(four, programme.CriterionLinked, func(a *programme.Answer) { a.Entities = []string{"nasa"} }), "answers.linked.entities.0:unknown_code"},
		"an unknown criterion":      {0, append(slices.Clone(three), programme.Answer{Criterion: "fun", Answer: programme.AnswerYes}), "answers.12.criterion:not_one_of"},
		"answered twice":            {0, append(slices.Clone(three), three[0]), "answers.info:repeated"},
		"no answer that is one":     {0, change(three, programme.CriterionStatus, func(a *programme.Answer) { a.Answer = "maybe" }), "answers.status.answer:not_one_of"},
		"level 3 not applicable": {programme.LevelTransactional, func() []programme.Answer {
			answers := three
			for _, criterion := range programme.CriteriaOf(programme.LevelTransactional) {
				answers = change(answers, criterion, func(a *programme.Answer) { a.Answer = programme.AnswerNotApplicable })
			}
			return answers
		}(), "answers.apply:criterion_fails answers.documents:criterion_fails answers.payment:criterion_fails answers.decision_remote:criterion_fails answers.delivery_remote:criterion_fails"},
	} {
		d := newDeciding(t)
		if _, err := d.claim("moi", "2015-02-01", test.level, test.answers); faultsIn(err) != test.want || (err != nil) != (test.want != "") {
			t.Errorf("%s: %q, want %q (%v)", name, faultsIn(err), test.want, err)
		}
	}
}

func TestClaimReturnedClaimedAgainVerified(t *testing.T) {
	d := newDeciding(t)
	first := d.must(d.claim("moi", "2015-02-01", programme.LevelTransactional, fullAnswers(programme.LevelTransactional)))
	if _, err := d.claim("moi", "2015-02-01", programme.LevelTransactional, fullAnswers(programme.LevelTransactional)); !errors.Is(err, register.ErrUnchanged) {
		t.Errorf("the same claim again: %v", err)
	}
	back := register.Decision{Claim: first.ID}
	if _, err := d.decide("planner", "2015-02-03", back); faultsIn(err) != "comment:missing criterion:missing" {
		t.Errorf("returned without a word: %v", err)
	}
	back.Criterion, back.Comment = programme.CriterionPayment, "Payment is at the counter."
	d.must(d.decide("planner", "2015-02-03", back))
	if _, err := d.decide("another", "2015-02-03", back); !errors.Is(err, programme.ErrAlreadyDecided) {
		t.Errorf("returned twice: %v", err)
	}
	claims := d.claims()
	if made := claims[0]; made.State != register.ClaimReturned || made.Newest().Criterion != programme.CriterionPayment || made.Version() != 1 {
		t.Errorf("%+v", made)
	}
	if waiting := d.Figures("2015-02-28").Attention.ClaimedNotVerified; len(waiting) != 0 {
		t.Errorf("a returned claim waits: %v", waiting)
	}
	second := d.must(d.claim("moi", "2015-02-05", programme.LevelTransactional, fullAnswers(programme.LevelTransactional)))
	if waiting := d.Figures("2015-02-28").Attention.ClaimedNotVerified; !slices.Equal(waiting, []string{"visa"}) {
		t.Errorf("nothing waits: %v", waiting)
	}
	d.must(d.decide("planner", "2015-02-07", register.Decision{Claim: "3", Verify: true, EffectiveOn: civiltest.Day("2015-02-06")}))
	if d.verifiedOn("2015-02-05") != 0 || d.verifiedOn("2015-02-06") != programme.LevelTransactional {
		t.Error("the level is not verified from the planner's date on")
	}
	claims = d.claims()
	if claims[1].ID != second.ID || claims[1].State != register.ClaimVerified || claims[0].State != register.ClaimReturned {
		t.Errorf("%+v", claims)
	}
}

func TestNobodyDecidesOnTheirOwnClaim(t *testing.T) {
	d := newDeciding(t)
	claim := d.must(d.claim("token/x", "2015-02-01", programme.LevelTransactional, fullAnswers(programme.LevelTransactional)))
	for _, decision := range []register.Decision{
		{Claim: claim.ID, Verify: true}, {Claim: claim.ID, Criterion: programme.CriterionInfo, Comment: "no"},
	} {
		if _, err := d.decide("token/x", "2015-02-02", decision); !errors.Is(err, programme.ErrOwnClaim) {
			t.Errorf("%+v: %v", decision, err)
		}
	}
	d.rollouts = []programme.Rollout{{
		ID: "abc", Entity: "moi", Service: "visa", Action: programme.ActionUpgrade, Level: programme.LevelInteractive,
		EffectiveOn: civiltest.Day("2015-03-01"), Actor: "token/y", RecordedAt: civiltest.Noon(civiltest.Day("2015-03-01")),
	}}
	if _, err := d.decide("token/y", "2015-03-02", register.Decision{Claim: "abc", Verify: true}); !errors.Is(err, programme.ErrOwnClaim) {
		t.Errorf("the sender of the event: %v", err)
	}
	d.must(d.decide("planner", "2015-03-02", register.Decision{Claim: "abc", Verify: true}))
	if d.verifiedOn("2015-03-01") != programme.LevelInteractive {
		t.Error("a rollout event's claim is not verified by its identifier")
	}
	if _, err := d.decide("planner", "2015-03-02", register.Decision{Claim: "def", Verify: true}); !errors.Is(err, programme.ErrNotFound) {
		t.Errorf("an unknown claim: %v", err)
	}
}

// A verified level is lowered from a day on: what it was before stays, and the history shows both.
func TestALoweredLevelKeepsItsHistory(t *testing.T) {
	d := newDeciding(t)
	claim := d.must(d.claim("moi", "2015-02-01", programme.LevelTransactional, fullAnswers(programme.LevelTransactional)))
	d.must(d.decide("planner", "2015-02-10", register.Decision{Claim: claim.ID, Verify: true, RecheckOn: civiltest.Day("2016-02-01")}))
	lower := register.Decision{Claim: claim.ID, Verify: true, Level: programme.LevelInteractive, Comment: "The counter is back.", EffectiveOn: civiltest.Day("2016-03-01")}
	if _, err := d.decide("planner", "2016-03-02", lower); !errors.Is(err, programme.ErrAlreadyDecided) {
		t.Errorf("without having read the decision: %v", err)
	}
	lower.Version = 1
	if overdue := register.OverdueRechecks(d.claims(), civiltest.Day("2016-02-01")); len(overdue) != 0 {
		t.Errorf("on the day itself: %v", overdue)
	}
	if overdue := register.OverdueRechecks(d.claims(), civiltest.Day("2016-02-03")); len(overdue) != 1 || overdue[0].Days != 2 || overdue[0].Claim != claim.ID {
		t.Errorf("overdue: %v", overdue)
	}
	for name, wrong := range map[string]register.Decision{
		"effective_on:missing":     {Claim: claim.ID, Verify: true, Version: 1},
		"effective_on:not_between": {Claim: claim.ID, Verify: true, Version: 1, EffectiveOn: civiltest.Day("2015-01-31")},
		"level:out_of_range":       {Claim: claim.ID, Verify: true, Version: 1, EffectiveOn: civiltest.Day("2016-03-01"), Level: programme.LevelIntegrated},
		"recheck_on:not_between":   {Claim: claim.ID, Verify: true, Version: 1, EffectiveOn: civiltest.Day("2016-03-01"), RecheckOn: civiltest.Day("2016-03-01")},
		"version:unknown_version":  {Claim: claim.ID, Verify: true, Version: 2, EffectiveOn: civiltest.Day("2016-03-01")},
		"comment:missing":          {Claim: claim.ID, Verify: true, Version: 1, EffectiveOn: civiltest.Day("2016-03-01"), Level: programme.LevelInteractive},
		"decision:verified_already level:of_verification effective_on:of_verification recheck_on:of_verification": {
			Claim: claim.ID, Version: 1, Criterion: programme.CriterionApply, Comment: "x", Level: 1, EffectiveOn: civiltest.Day("2016-03-01"), RecheckOn: civiltest.Day("2016-03-02"),
		},
		"criterion:not_one_of": {Claim: claim.ID, Verify: true, Version: 1, EffectiveOn: civiltest.Day("2016-03-01"), Criterion: programme.CriterionLinked},
	} {
		if _, err := d.decide("planner", "2016-03-02", wrong); faultsIn(err) != name {
			t.Errorf("%q, want %q (%v)", faultsIn(err), name, err)
		}
	}
	_, err := d.decide("planner", "2016-03-02", register.Decision{
		Claim: claim.ID, Verify: true, Version: 1, EffectiveOn: civiltest.Day("2016-03-01"), RecheckOn: civiltest.Day("2016-03-01"),
	})
	if found, are := errors.AsType[*programme.FaultsError](err); !are || found.Faults[0].Args["from"] != "2016-03-02" {
		t.Errorf("the first day on which it may be looked at again: %v", err)
	}
	d.must(d.decide("planner", "2016-03-02", lower))
	if d.verifiedOn("2016-02-29") != programme.LevelTransactional || d.verifiedOn("2016-03-01") != programme.LevelInteractive {
		t.Errorf("verified %d before, %d after", d.verifiedOn("2016-02-29"), d.verifiedOn("2016-03-01"))
	}
	if overdue := register.OverdueRechecks(d.claims(), civiltest.Day("2016-04-01")); len(overdue) != 0 {
		t.Errorf("looked at again, yet overdue: %v", overdue)
	}
	figures := d.Figures("2016-06-30")
	var told []programme.Level
	for _, event := range reckontest.ServiceOf(t, figures, "visa").History {
		if event.Action == "verified" {
			told = append(told, event.Level)
		}
	}
	if !slices.Equal(told, []programme.Level{programme.LevelTransactional, programme.LevelInteractive}) || len(figures.Attention.ClaimedNotVerified) != 0 {
		t.Errorf("the history tells of %v; waiting: %v", told, figures.Attention.ClaimedNotVerified)
	}
}

// A claim corrected after it was decided on waits again; one for the same day takes the place of one that waits.
func TestWhatWaits(t *testing.T) {
	d := newDeciding(t)
	event := programme.Rollout{
		ID: "abc", Entity: "moi", Service: "visa", Action: programme.ActionUpgrade, Level: programme.LevelTransactional,
		EffectiveOn: civiltest.Day("2015-03-01"), Actor: "token/y", RecordedAt: civiltest.Noon(civiltest.Day("2015-03-01")),
	}
	d.rollouts = []programme.Rollout{event}
	d.must(d.decide("planner", "2015-03-02", register.Decision{Claim: "abc", Criterion: programme.CriterionApply, Comment: "No."}))
	event.Level, event.RecordedAt = programme.LevelInteractive, civiltest.Noon(civiltest.Day("2015-03-05"))
	d.rollouts = append(d.rollouts, event)
	if claims := d.claims(); len(claims) != 1 || claims[0].State != register.ClaimOpen || claims[0].Level != programme.LevelInteractive || claims[0].Version() != 1 {
		t.Errorf("corrected: %+v", claims)
	}
	d.must(d.claim("moi", "2015-03-01", programme.LevelInformative, fullAnswers(programme.LevelInformative))).RecordedAt = civiltest.Noon(civiltest.Day("2015-03-06"))
	if claims := d.claims(); claims[0].State != register.ClaimReplaced || claims[1].State != register.ClaimOpen {
		t.Errorf("replaced: %+v", claims)
	}
	_, err := d.decide("planner", "2015-03-07", register.Decision{Claim: "abc", Verify: true})
	if other, is := errors.AsType[*programme.DecidedError](err); !is || other.Actor != "moi" {
		t.Errorf("a replaced claim is verified: %v", err)
	}
}
