package programme

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// fullAnswers say yes to everything a level takes, each with evidence; level 4 links with the Ministry of Justice.
func fullAnswers(level Level) []Answer {
	var answers []Answer
	for _, each := range Levels() {
		for _, criterion := range CriteriaOf(each) {
			answer := Answer{Criterion: criterion, Answer: AnswerNo}
			if each <= level {
				answer.Answer, answer.URL = AnswerYes, "https://moi.example/"+string(criterion)
			}
			if answer.Answer == AnswerYes && criterion.NamesOthers() {
				answer.Entities = []string{"moj"}
			}
			answers = append(answers, answer)
		}
	}
	return answers
}

// office decides on the stream of one service, as the store does.
type deciding struct {
	*world

	service  Service
	rollouts []Rollout
}

func newDeciding(t *testing.T) *deciding {
	t.Helper()
	w := newWorld(t)
	w.entity("moi")
	w.entity("moj")
	w.service(Service{Code: "visa"})
	w.rollout("visa", ActionLaunch, "2015-01-01", 0)
	return &deciding{world: w, service: Service{Code: "visa", Entity: "moi"}}
}

func (d *deciding) stream() []Fact {
	return slices.DeleteFunc(slices.Clone(d.facts.Streams), func(f Fact) bool { return f.Family != FamilyAssessment })
}

// add records a draft on a day, if the rule has one.
func (d *deciding) add(actor, on string, rule Deciding) (*Fact, error) {
	draft, err := rule(d.stream())
	if err != nil {
		return nil, err
	}
	fact := d.fact(FamilyAssessment, "visa", draft.EffectiveOn, day(on), draft.Body)
	fact.Actor, fact.Reason = actor, draft.Reason
	return fact, nil
}

func (d *deciding) claim(actor, on string, level Level, answers []Answer) (*Fact, error) {
	known := Catalogue{Entities: map[string]bool{"moi": true, "moj": true}}
	return d.add(actor, on, Change{Actor: actor}.Claim(d.service, Assessment{Level: level, EffectiveOn: day(on), Answers: answers}, known))
}

func (d *deciding) decide(actor, on string, decision Decision) (*Fact, error) {
	return d.add(actor, on, Change{Actor: actor}.Decide(decision, d.rollouts))
}

func (d *deciding) must(fact *Fact, err error) *Fact {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
	return fact
}

// claims returns the claims as they stand.
func (d *deciding) claims() []Claim {
	d.t.Helper()
	claims, err := ClaimsOf(d.stream(), d.rollouts)
	if err != nil {
		d.t.Fatal(err)
	}
	return claims
}

func (d *deciding) verifiedOn(on string) Level {
	d.t.Helper()
	d.facts.Rollouts = slices.Concat(d.facts.Rollouts[:1], d.rollouts)
	return serviceOf(d.t, d.figures(on), "visa").LevelVerified
}

// faultsIn names the fields and kinds of an error's faults.
func faultsIn(err error) string {
	found, are := errors.AsType[*FaultsError](err)
	if !are {
		return ""
	}
	list := make([]string, 0, len(found.Faults))
	for _, each := range found.Faults {
		list = append(list, each.Field+":"+each.Kind)
	}
	return strings.Join(list, " ")
}

// The claimed level is what the answers reach; the criterion that fails is named (`2-rules.md`, Levels and assessment).
func TestAClaimIsWhatItsAnswersReach(t *testing.T) {
	change := func(answers []Answer, at Criterion, to func(*Answer)) []Answer {
		answers = slices.Clone(answers)
		for i := range answers {
			if answers[i].Criterion == at {
				to(&answers[i])
			}
		}
		return answers
	}
	three, four := fullAnswers(LevelTransactional), fullAnswers(LevelIntegrated)
	no := func(a *Answer) { a.Answer = AnswerNo }
	for name, test := range map[string]struct {
		level   Level
		answers []Answer
		want    string
	}{
		"as the answers say":        {LevelTransactional, three, ""},
		"without a level":           {0, three, ""},
		"more than the answers":     {LevelTransactional, change(three, CriterionPayment, no), "answers.payment:criterion_fails"},
		"less than the answers":     {LevelInteractive, three, "level:answers_reach"},
		"any criterion would do":    {LevelInteractive, fullAnswers(LevelInformative), "answers.status:no_criterion_holds answers.enquiry:no_criterion_holds answers.form:no_criterion_holds"},
		"no level at all":           {0, change(fullAnswers(1), CriterionInfo, no), "answers.info:criterion_fails"},
		"no answers":                {LevelInformative, nil, "answers:missing answers.info:criterion_fails"},
		"yes without evidence":      {0, change(three, CriterionApply, func(a *Answer) { a.URL = "" }), "answers.apply.url:no_evidence"},
		"evidence in words":         {0, change(three, CriterionApply, func(a *Answer) { a.URL, a.Text = "", "seen on 1 May" }), ""},
		"evidence that is a script": {0, change(three, CriterionApply, func(a *Answer) { a.URL = "javascript:alert(1)" }), "answers.apply.url:not_an_address"},
		"linked with nobody":        {0, change(change(four, CriterionLinked, func(a *Answer) { a.Entities = nil }), CriterionProactive, no), "answers.linked.entities:names_nobody"},
		"linked with itself":        {0, change(four, CriterionLinked, func(a *Answer) { a.Entities = []string{"moi"} }), "answers.linked.entities.0:itself"},
		"linked with nobody known":  {0, change(four, CriterionLinked, func(a *Answer) { a.Entities = []string{"nasa"} }), "answers.linked.entities.0:unknown_code"},
		"an unknown criterion":      {0, append(slices.Clone(three), Answer{Criterion: "fun", Answer: AnswerYes}), "answers.12.criterion:not_one_of"},
		"answered twice":            {0, append(slices.Clone(three), three[0]), "answers.info:repeated"},
		"no answer that is one":     {0, change(three, CriterionStatus, func(a *Answer) { a.Answer = "maybe" }), "answers.status.answer:not_one_of"},
		"level 3 not applicable": {LevelTransactional, func() []Answer {
			answers := three
			for _, criterion := range CriteriaOf(LevelTransactional) {
				answers = change(answers, criterion, func(a *Answer) { a.Answer = AnswerNotApplicable })
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
	first := d.must(d.claim("moi", "2015-02-01", LevelTransactional, fullAnswers(LevelTransactional)))
	if _, err := d.claim("moi", "2015-02-01", LevelTransactional, fullAnswers(LevelTransactional)); !errors.Is(err, ErrUnchanged) {
		t.Errorf("the same claim again: %v", err)
	}
	back := Decision{Claim: first.ID}
	if _, err := d.decide("planner", "2015-02-03", back); faultsIn(err) != "comment:missing criterion:missing" {
		t.Errorf("returned without a word: %v", err)
	}
	back.Criterion, back.Comment = CriterionPayment, "Payment is at the counter."
	d.must(d.decide("planner", "2015-02-03", back))
	if _, err := d.decide("another", "2015-02-03", back); !errors.Is(err, ErrAlreadyDecided) {
		t.Errorf("returned twice: %v", err)
	}
	claims := d.claims()
	if made := claims[0]; made.State != ClaimReturned || made.Newest().Criterion != CriterionPayment || made.Version() != 1 {
		t.Errorf("%+v", made)
	}
	if waiting := d.figures("2015-02-28").Attention.ClaimedNotVerified; len(waiting) != 0 {
		t.Errorf("a returned claim waits: %v", waiting)
	}
	second := d.must(d.claim("moi", "2015-02-05", LevelTransactional, fullAnswers(LevelTransactional)))
	if waiting := d.figures("2015-02-28").Attention.ClaimedNotVerified; !slices.Equal(waiting, []string{"visa"}) {
		t.Errorf("nothing waits: %v", waiting)
	}
	d.must(d.decide("planner", "2015-02-07", Decision{Claim: "3", Verify: true, EffectiveOn: day("2015-02-06")}))
	if d.verifiedOn("2015-02-05") != 0 || d.verifiedOn("2015-02-06") != LevelTransactional {
		t.Error("the level is not verified from the planner's date on")
	}
	claims = d.claims()
	if claims[1].ID != second.ID || claims[1].State != ClaimVerified || claims[0].State != ClaimReturned {
		t.Errorf("%+v", claims)
	}
}

func TestNobodyDecidesOnTheirOwnClaim(t *testing.T) {
	d := newDeciding(t)
	claim := d.must(d.claim("token/x", "2015-02-01", LevelTransactional, fullAnswers(LevelTransactional)))
	for _, decision := range []Decision{
		{Claim: claim.ID, Verify: true}, {Claim: claim.ID, Criterion: CriterionInfo, Comment: "no"},
	} {
		if _, err := d.decide("token/x", "2015-02-02", decision); !errors.Is(err, ErrOwnClaim) {
			t.Errorf("%+v: %v", decision, err)
		}
	}
	d.rollouts = []Rollout{{
		ID: "abc", Entity: "moi", Service: "visa", Action: ActionUpgrade, Level: LevelInteractive,
		EffectiveOn: day("2015-03-01"), Actor: "token/y", RecordedAt: noon(day("2015-03-01")),
	}}
	if _, err := d.decide("token/y", "2015-03-02", Decision{Claim: "abc", Verify: true}); !errors.Is(err, ErrOwnClaim) {
		t.Errorf("the sender of the event: %v", err)
	}
	d.must(d.decide("planner", "2015-03-02", Decision{Claim: "abc", Verify: true}))
	if d.verifiedOn("2015-03-01") != LevelInteractive {
		t.Error("a rollout event's claim is not verified by its identifier")
	}
	if _, err := d.decide("planner", "2015-03-02", Decision{Claim: "def", Verify: true}); !errors.Is(err, ErrNotFound) {
		t.Errorf("an unknown claim: %v", err)
	}
}

// A verified level is lowered from a day on: what it was before stays, and the history shows both.
func TestALoweredLevelKeepsItsHistory(t *testing.T) {
	d := newDeciding(t)
	claim := d.must(d.claim("moi", "2015-02-01", LevelTransactional, fullAnswers(LevelTransactional)))
	d.must(d.decide("planner", "2015-02-10", Decision{Claim: claim.ID, Verify: true, RecheckOn: day("2016-02-01")}))
	lower := Decision{Claim: claim.ID, Verify: true, Level: LevelInteractive, Comment: "The counter is back.", EffectiveOn: day("2016-03-01")}
	if _, err := d.decide("planner", "2016-03-02", lower); !errors.Is(err, ErrAlreadyDecided) {
		t.Errorf("without having read the decision: %v", err)
	}
	lower.Version = 1
	if overdue := OverdueRechecks(d.claims(), day("2016-02-01")); len(overdue) != 0 {
		t.Errorf("on the day itself: %v", overdue)
	}
	if overdue := OverdueRechecks(d.claims(), day("2016-02-03")); len(overdue) != 1 || overdue[0].Days != 2 || overdue[0].Claim != claim.ID {
		t.Errorf("overdue: %v", overdue)
	}
	for name, wrong := range map[string]Decision{
		"effective_on:missing":     {Claim: claim.ID, Verify: true, Version: 1},
		"effective_on:not_between": {Claim: claim.ID, Verify: true, Version: 1, EffectiveOn: day("2015-01-31")},
		"level:out_of_range":       {Claim: claim.ID, Verify: true, Version: 1, EffectiveOn: day("2016-03-01"), Level: LevelIntegrated},
		"recheck_on:not_between":   {Claim: claim.ID, Verify: true, Version: 1, EffectiveOn: day("2016-03-01"), RecheckOn: day("2016-03-01")},
		"version:unknown_version":  {Claim: claim.ID, Verify: true, Version: 2, EffectiveOn: day("2016-03-01")},
		"comment:missing":          {Claim: claim.ID, Verify: true, Version: 1, EffectiveOn: day("2016-03-01"), Level: LevelInteractive},
		"decision:verified_already level:of_verification effective_on:of_verification recheck_on:of_verification": {
			Claim: claim.ID, Version: 1, Criterion: CriterionApply, Comment: "x", Level: 1, EffectiveOn: day("2016-03-01"), RecheckOn: day("2016-03-02"),
		},
		"criterion:not_one_of": {Claim: claim.ID, Verify: true, Version: 1, EffectiveOn: day("2016-03-01"), Criterion: CriterionLinked},
	} {
		if _, err := d.decide("planner", "2016-03-02", wrong); faultsIn(err) != name {
			t.Errorf("%q, want %q (%v)", faultsIn(err), name, err)
		}
	}
	d.must(d.decide("planner", "2016-03-02", lower))
	if d.verifiedOn("2016-02-29") != LevelTransactional || d.verifiedOn("2016-03-01") != LevelInteractive {
		t.Errorf("verified %d before, %d after", d.verifiedOn("2016-02-29"), d.verifiedOn("2016-03-01"))
	}
	if overdue := OverdueRechecks(d.claims(), day("2016-04-01")); len(overdue) != 0 {
		t.Errorf("looked at again, yet overdue: %v", overdue)
	}
	figures := d.figures("2016-06-30")
	var told []Level
	for _, event := range serviceOf(t, figures, "visa").History {
		if event.Action == "verified" {
			told = append(told, event.Level)
		}
	}
	if !slices.Equal(told, []Level{LevelTransactional, LevelInteractive}) || len(figures.Attention.ClaimedNotVerified) != 0 {
		t.Errorf("the history tells of %v; waiting: %v", told, figures.Attention.ClaimedNotVerified)
	}
}

// A claim corrected after it was decided on waits again; one for the same day takes the place of one that waits.
func TestWhatWaits(t *testing.T) {
	d := newDeciding(t)
	event := Rollout{
		ID: "abc", Entity: "moi", Service: "visa", Action: ActionUpgrade, Level: LevelTransactional,
		EffectiveOn: day("2015-03-01"), Actor: "token/y", RecordedAt: noon(day("2015-03-01")),
	}
	d.rollouts = []Rollout{event}
	d.must(d.decide("planner", "2015-03-02", Decision{Claim: "abc", Criterion: CriterionApply, Comment: "No."}))
	event.Level, event.RecordedAt = LevelInteractive, noon(day("2015-03-05"))
	d.rollouts = append(d.rollouts, event)
	if claims := d.claims(); len(claims) != 1 || claims[0].State != ClaimOpen || claims[0].Level != LevelInteractive || claims[0].Version() != 1 {
		t.Errorf("corrected: %+v", claims)
	}
	d.must(d.claim("moi", "2015-03-01", LevelInformative, fullAnswers(LevelInformative))).RecordedAt = noon(day("2015-03-06"))
	if claims := d.claims(); claims[0].State != ClaimReplaced || claims[1].State != ClaimOpen {
		t.Errorf("replaced: %+v", claims)
	}
	_, err := d.decide("planner", "2015-03-07", Decision{Claim: "abc", Verify: true})
	if other, is := errors.AsType[*DecidedError](err); !is || other.Actor != "moi" {
		t.Errorf("a replaced claim is verified: %v", err)
	}
}
