package register_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// assessed is a step in the stream of the service visa.
func assessed(t *testing.T, seq uint32, actor, on string, body programme.Assessment) programme.Fact {
	t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return programme.Fact{
		Family: programme.FamilyAssessment, Subject: "visa", Seq: seq, ID: "f" + string('0'+rune(seq)), Actor: actor,
		EffectiveOn: body.EffectiveOn, RecordedAt: civiltest.Noon(civiltest.Day(on)), Body: raw,
	}
}

// claimOf is a claim of a level from a day on.
func claimOf(level programme.Level, on string) programme.Assessment {
	return programme.Assessment{Kind: programme.AssessmentClaim, Service: "visa", Level: level, EffectiveOn: civiltest.Day(on)}
}

// answerTo is a decision on a claim.
func answerTo(claim string, kind programme.AssessmentKind) programme.Assessment {
	return programme.Assessment{Kind: kind, Service: "visa", Claim: claim}
}

func TestTheStatesOfAClaimAreListed(t *testing.T) {
	want := []register.ClaimState{"open", "returned", "verified", "replaced"}
	if got := register.ClaimStates(); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestTheClaimAfterAFactIsTheOneThatItMakesOrDecidesOn(t *testing.T) {
	first := assessed(t, 1, "moi", "2016-02-01", claimOf(3, "2016-01-01"))
	second := assessed(t, 2, "moi", "2016-02-02", claimOf(2, "2016-01-15"))
	for name, test := range map[string]struct {
		stream []programme.Fact
		added  programme.Fact
		claim  string
		state  register.ClaimState
	}{
		"a first claim":   {nil, first, "f1", register.ClaimOpen},
		"another claim":   {[]programme.Fact{first}, second, "f2", register.ClaimOpen},
		"a verification":  {[]programme.Fact{first, second}, assessed(t, 3, "p", "2016-02-03", answerTo("f1", programme.AssessmentVerified)), "f1", register.ClaimVerified},
		"a return":        {[]programme.Fact{first, second}, assessed(t, 3, "p", "2016-02-03", answerTo("f2", programme.AssessmentReturned)), "f2", register.ClaimReturned},
		"by the claimant": {[]programme.Fact{first}, assessed(t, 3, "moi", "2016-02-03", answerTo("f1", programme.AssessmentVerified)), "f1", register.ClaimOpen},
	} {
		before := len(test.stream)
		got, err := register.ClaimAfter(test.stream, nil, test.added)
		if err != nil || got.ID != test.claim || got.State != test.state {
			t.Errorf("%s: %+v, %v; want %s %s", name, got, err, test.claim, test.state)
		}
		if len(test.stream) != before {
			t.Errorf("%s: the stream has grown", name)
		}
	}
}

func TestAClaimAfterAFactThatCannotBeFoundIsAnError(t *testing.T) {
	first := assessed(t, 1, "moi", "2016-02-01", claimOf(3, "2016-01-01"))
	broken := first
	broken.Body = json.RawMessage("no")
	if _, err := register.ClaimAfter(nil, nil, broken); err == nil || !strings.Contains(err.Error(), "visa/1") {
		t.Errorf("a fact that can't be read: %v", err)
	}
	if _, err := register.ClaimAfter([]programme.Fact{broken}, nil, first); !errors.Is(err, programme.ErrInvalid) {
		t.Errorf("a stream that can't be read: %v", err)
	}
	unknown := assessed(t, 2, "p", "2016-02-03", answerTo("f9", programme.AssessmentVerified))
	if _, err := register.ClaimAfter([]programme.Fact{first}, nil, unknown); !errors.Is(err, programme.ErrNotFound) {
		t.Errorf("a decision on no claim: %v", err)
	}
}

func TestAClaimIsFoundByItsIdentifierOrItsNumber(t *testing.T) {
	claims := []register.Claim{{ID: "abc"}, {ID: "f1", Number: 1}, {ID: "f12", Number: 12}}
	for name, want := range map[string]string{"abc": "abc", "f1": "f1", "1": "f1", "12": "f12"} {
		if got, err := register.FindClaim(claims, name); err != nil || got.ID != want {
			t.Errorf("%s finds %+v, %v", name, got, err)
		}
	}
	for _, name := range []string{"0", "", "2", "01"} { // a rollout event's claim has no number
		if got, err := register.FindClaim(claims, name); !errors.Is(err, programme.ErrNotFound) {
			t.Errorf("%q finds %+v, %v", name, got, err)
		}
	}
}

func TestClaimsAreListedByServiceInTheOrderInWhichTheyApply(t *testing.T) {
	facts := []programme.Fact{
		assessed(t, 1, "moi", "2016-02-09", claimOf(1, "2016-03-01")),
		assessed(t, 2, "moi", "2016-02-03", claimOf(2, "2016-01-01")),
		assessed(t, 3, "moi", "2016-02-02", claimOf(3, "2016-01-01")),
	}
	event := programme.Rollout{
		ID: "event", Entity: "moi", Service: "visa", Action: programme.ActionUpgrade, Level: 1, VerifiedBy: "user/admin",
		Actor: "token/1", EffectiveOn: civiltest.Day("2015-12-31"), RecordedAt: civiltest.Noon(civiltest.Day("2016-05-01")),
	}
	other, bare := event, event
	other.ID, other.Service, other.VerifiedBy = "other", "deed", ""
	bare.ID, bare.Level = "bare", 0
	claims, err := register.ClaimsOf(facts, []programme.Rollout{event, bare, other})
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	for _, each := range claims {
		order = append(order, each.ID+" "+string(each.State))
	}
	if want := []string{"other open", "event verified", "f3 replaced", "f2 open", "f1 open"}; !slices.Equal(order, want) {
		t.Errorf("%v, want %v", order, want)
	}
	imported := claims[1].Newest()
	if imported == nil || imported.Actor != "user/admin" || imported.Level != 1 || imported.Number != 0 ||
		imported.EffectiveOn != event.EffectiveOn || imported.Decision != programme.AssessmentVerified {
		t.Errorf("what an import verified at once: %+v", imported)
	}
	if claims[0].Newest() != nil || claims[0].Version() != 0 || claims[1].Version() != 1 {
		t.Error("the version of a claim is the number of its decisions")
	}
}

func TestAClaimCorrectedAfterItsDecisionIsOpenAgain(t *testing.T) {
	decision := assessed(t, 1, "p", "2016-02-03", answerTo("event", programme.AssessmentReturned))
	for name, test := range map[string]struct {
		corrected time.Duration
		want      register.ClaimState
	}{
		"corrected before":        {-time.Second, register.ClaimReturned},
		"corrected at the moment": {0, register.ClaimReturned},
		"corrected after":         {time.Second, register.ClaimOpen},
	} {
		event := programme.Rollout{
			ID: "event", Service: "visa", Level: 2, Actor: "token/1", EffectiveOn: civiltest.Day("2016-01-01"),
			RecordedAt: decision.RecordedAt.Add(test.corrected),
		}
		claims, err := register.ClaimsOf([]programme.Fact{decision}, []programme.Rollout{event})
		if err != nil || claims[0].State != test.want || claims[0].Version() != 1 {
			t.Errorf("%s: %+v, %v; want %s", name, claims, err, test.want)
		}
	}
}

func TestRechecksAreOverdueFromTheDayAfter(t *testing.T) {
	verified := func(seq uint32, from, recheck string) programme.Fact {
		body := answerTo("f1", programme.AssessmentVerified)
		body.EffectiveOn = civiltest.Day(from)
		if recheck != "" {
			body.RecheckOn = civiltest.Day(recheck)
		}
		return assessed(t, seq, "p", "2016-02-03", body)
	}
	claim := assessed(t, 1, "moi", "2016-02-01", claimOf(3, "2016-01-01"))
	for name, test := range map[string]struct {
		steps []programme.Fact
		on    string
		days  int
	}{
		"on the day":                 {[]programme.Fact{verified(2, "2016-01-01", "2016-06-01")}, "2016-06-01", 0},
		"the day after":              {[]programme.Fact{verified(2, "2016-01-01", "2016-06-01")}, "2016-06-02", 1},
		"never asked for":            {[]programme.Fact{verified(2, "2016-01-01", "")}, "2016-06-02", 0},
		"looked at again":            {[]programme.Fact{verified(2, "2016-01-01", "2016-06-01"), verified(3, "2016-06-01", "")}, "2016-06-09", 0},
		"looked at again from later": {[]programme.Fact{verified(2, "2016-01-01", "2016-06-01"), verified(3, "2016-06-10", "")}, "2016-06-09", 8},
		"from that day on":           {[]programme.Fact{verified(2, "2016-01-01", "2016-06-01"), verified(3, "2016-06-09", "")}, "2016-06-09", 0},
	} {
		claims, err := register.ClaimsOf(append([]programme.Fact{claim}, test.steps...), nil)
		if err != nil {
			t.Fatal(err)
		}
		overdue := register.OverdueRechecks(claims, civiltest.Day(test.on))
		switch {
		case test.days == 0 && (overdue == nil || len(overdue) != 0):
			t.Errorf("%s: %+v", name, overdue)
		case test.days > 0 && (len(overdue) != 1 || overdue[0].Days != test.days || overdue[0].Claim != "f1" || overdue[0].Level != 3):
			t.Errorf("%s: %+v, want %d days", name, overdue, test.days)
		}
	}
}

func TestTheLongestOverdueRecheckComesFirst(t *testing.T) {
	on := civiltest.Day("2016-06-09")
	made := func(service string, days int) register.Claim {
		return register.Claim{Service: service, Decisions: []register.ClaimDecision{
			{Decision: programme.AssessmentVerified, EffectiveOn: on - 100, RecheckOn: on.AddDays(-days)},
			{Decision: programme.AssessmentReturned, EffectiveOn: on - 50}, // a return sets nothing aside
		}}
	}
	overdue := register.OverdueRechecks([]register.Claim{made("b", 3), made("c", 9), made("a", 3)}, on)
	var order []string
	for _, each := range overdue {
		order = append(order, each.Service)
	}
	if !slices.Equal(order, []string{"c", "a", "b"}) {
		t.Errorf("%v, want c, a, b", order)
	}
}

func TestWhatKeepsAServiceFromALevel(t *testing.T) {
	given := func(answers string) []programme.Answer {
		var list []programme.Answer
		for pair := range strings.FieldsSeq(answers) {
			criterion, answer, _ := strings.Cut(pair, "=")
			each := programme.Answer{Criterion: programme.Criterion(criterion), Answer: answer}
			if answer == "linked" {
				each.Answer, each.Entities = programme.AnswerYes, []string{"moj"}
			}
			list = append(list, each)
		}
		return list
	}
	const three = "apply=yes documents=yes payment=yes decision_remote=yes delivery_remote=yes "
	const none = "apply=not_applicable documents=not_applicable payment=not_applicable " +
		"decision_remote=not_applicable delivery_remote=not_applicable "
	for name, test := range map[string]struct {
		answers string
		level   programme.Level
		want    string
	}{
		"no information":               {three, 1, "info"},
		"no information at 4":          {three, 4, "info"},
		"information for 1":            {"info=yes", 1, ""},
		"nothing for 2":                {"info=yes", 2, "status enquiry form"},
		"a form for 2":                 {"info=yes form=yes", 2, ""},
		"one open for 3":               {"info=yes " + three + "payment=no", 3, "payment"},
		"two open for 4":               {"info=yes " + three + "payment=no apply=no", 4, "apply payment"},
		"one not applicable for 3":     {"info=yes " + three + "payment=not_applicable", 3, ""},
		"all not applicable for 3":     {"info=yes " + none, 3, "apply documents payment decision_remote delivery_remote"},
		"all of 3 for 4":               {"info=yes " + three, 4, "linked notify_once proactive"},
		"all of 3 and one of 4":        {"info=yes " + three + "proactive=yes", 4, ""},
		"all of 3, linked with nobody": {"info=yes " + three + "linked=yes", 4, "linked notify_once proactive"},
		"all of 3, linked":             {"info=yes " + three + "linked=linked", 4, ""},
	} {
		var got []string
		for _, each := range register.Failing(given(test.answers), test.level) {
			got = append(got, string(each))
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: %v, want %s", name, got, test.want)
		}
	}
}

func TestTheAddressOfEvidenceCanBeOpened(t *testing.T) {
	long := "https://moi.example/" + strings.Repeat("a", 2000-len("https://moi.example/"))
	for address, want := range map[string]bool{
		"https://moi.example/info": true, "http://moi.example": true, long: true,
		long + "a": false, "ftp://moi.example": false, "https://": false, "https:///info": false, "https://?#": false,
		"https://moi.example/a b": false, "https://moi.example/<b>": false, "https://moi.example/\x01": false, "moi.example": false,
	} {
		answers := []programme.Answer{{Criterion: programme.CriterionInfo, Answer: programme.AnswerYes, URL: address}}
		d := newDeciding(t)
		if _, err := d.claim("moi", "2015-02-01", programme.LevelInformative, answers); (err == nil) != want {
			t.Errorf("%.60s: %v", address, err)
		}
	}
}

func TestAClaimThatWaitsIsNotMadeAgainByTheSamePerson(t *testing.T) {
	answers := fullAnswers(programme.LevelInformative)
	waiting := register.Claim{
		ID: "f1", State: register.ClaimOpen, Actor: "moi", Level: 1, EffectiveOn: civiltest.Day("2016-01-01"),
		Comment: "as agreed", Answers: answers,
	}
	next := programme.Assessment{Level: 1, EffectiveOn: waiting.EffectiveOn, Comment: "as agreed", Answers: answers}
	for name, test := range map[string]struct {
		edit func(*register.Claim, *programme.Assessment)
		want bool
	}{
		"the same":           {func(*register.Claim, *programme.Assessment) {}, true},
		"without its level":  {func(_ *register.Claim, n *programme.Assessment) { n.Level = 0 }, true},
		"of another person":  {func(c *register.Claim, _ *programme.Assessment) { c.Actor = "moj" }, false},
		"decided on":         {func(c *register.Claim, _ *programme.Assessment) { c.State = register.ClaimReturned }, false},
		"of another level":   {func(c *register.Claim, _ *programme.Assessment) { c.Level = 2 }, false},
		"from another day":   {func(_ *register.Claim, n *programme.Assessment) { n.EffectiveOn++ }, false},
		"with another word":  {func(_ *register.Claim, n *programme.Assessment) { n.Comment = "" }, false},
		"with other answers": {func(_ *register.Claim, n *programme.Assessment) { n.Answers = nil }, false},
	} {
		made, asked := waiting, next
		test.edit(&made, &asked)
		got := register.Change{Actor: "moi"}.Waiting([]register.Claim{{}, made}, asked)
		if (got != nil) != test.want || (got != nil && got.ID != "f1") {
			t.Errorf("%s: %+v waits", name, got)
		}
	}
}

func TestTheLimitsOfADecision(t *testing.T) {
	long := strings.Repeat("م", 1001)
	for name, test := range map[string]struct {
		decision register.Decision
		want     string
	}{
		"confirmed":                 {register.Decision{Verify: true}, ""},
		"confirmed as claimed":      {register.Decision{Verify: true, Level: 3}, ""},
		"higher":                    {register.Decision{Verify: true, Level: 4}, "level:out_of_range"},
		"lower without a word":      {register.Decision{Verify: true, Level: 2}, "comment:missing"},
		"lower with one":            {register.Decision{Verify: true, Level: 2, Comment: "why"}, ""},
		"from the claim's day":      {register.Decision{Verify: true, EffectiveOn: civiltest.Day("2015-02-01")}, ""},
		"from the day before":       {register.Decision{Verify: true, EffectiveOn: civiltest.Day("2015-01-31")}, "effective_on:not_between"},
		"looked at the day after":   {register.Decision{Verify: true, RecheckOn: civiltest.Day("2015-02-02")}, ""},
		"looked at on the day":      {register.Decision{Verify: true, RecheckOn: civiltest.Day("2015-02-01")}, "recheck_on:not_between"},
		"from later, looked at":     {register.Decision{Verify: true, EffectiveOn: civiltest.Day("2015-03-01"), RecheckOn: civiltest.Day("2015-03-01")}, "recheck_on:not_between"},
		"with a long word":          {register.Decision{Verify: true, Comment: long}, "comment:too_long"},
		"returned with a long word": {register.Decision{Criterion: programme.CriterionApply, Comment: long}, "comment:too_long"},
		"by a criterion of level 3": {register.Decision{Criterion: programme.CriterionApply, Comment: "why"}, ""},
		"by one of level 4":         {register.Decision{Criterion: programme.CriterionLinked, Comment: "why"}, "criterion:not_one_of"},
		"by one that is none":       {register.Decision{Criterion: "fun", Comment: "why"}, "criterion:not_one_of"},
		"having read a decision":    {register.Decision{Verify: true, Version: 1}, "version:unknown_version"},
	} {
		d := newDeciding(t)
		test.decision.Claim = d.must(d.claim("moi", "2015-02-01", 3, fullAnswers(3))).ID
		if _, err := d.decide("planner", "2015-02-09", test.decision); faultsIn(err) != test.want || (err == nil) != (test.want == "") {
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
	}
}
