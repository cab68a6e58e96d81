package act_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/act"
	"mirsad/internal/civil"
	"mirsad/internal/clocktest"
	"mirsad/internal/link"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// What is hidden from somebody looks to them as if it were not there; the audit record learns that it is.
func TestWhoMayClaim(t *testing.T) {
	d := newDesk(t)
	token := access.Principal{ID: "token/admin", Scopes: []access.Scope{access.ScopeAdmin}}
	for _, c := range []struct {
		who     access.Principal
		service string
		want    error
		refused programme.TokenRefusal // as the audit record has it
		object  string
	}{
		{interior, "visa", nil, "", "assessment/visa"},
		{byLink, "visa", nil, "", "assessment/visa"},
		{admin, "visa", nil, "", "assessment/visa"},
		{token, "visa", nil, "", "assessment/visa"},
		{justice, "visa", programme.ErrNotFound, programme.TokenOtherEntity, ""},
		{nobodys, "visa", programme.ErrNotFound, programme.TokenOtherEntity, ""},
		{planner, "visa", programme.ErrForbidden, "", ""},
		{auditor, "visa", programme.ErrForbidden, "", ""},
		{executive, "visa", programme.ErrForbidden, "", ""},
		{interior, "passport", programme.ErrNotFound, "", ""},
		{justice, "", programme.ErrNotFound, "", ""},
	} {
		verdict := &access.Verdict{}
		ctx := access.WithVerdict(t.Context(), verdict)
		out, err := d.Claims.Make(ctx, act.By{Who: c.who, Dry: true}, c.service, claimed())
		if !errors.Is(err, c.want) || out.Object != c.object || verdict.Refused() != c.refused {
			t.Errorf("%s of %q: %q, %v, refused as %q", c.who.ID, c.service, out.Object, err, verdict.Refused())
		}
		if noted, _, _ := noteOf(t, out.Note); noted.Object != c.object || (c.object != "" && noted.Entity != "moi") {
			t.Errorf("%s of %q: noted of %q of %q", c.who.ID, c.service, noted.Object, noted.Entity)
		}
	}
}

func TestAClaimIsRefusedForAllItsFaults(t *testing.T) {
	d := newDesk(t)
	yes := func(c programme.Criterion) programme.Answer {
		return programme.Answer{Criterion: c, Answer: programme.AnswerYes, URL: "https://moi.example/info"}
	}
	for _, c := range []struct {
		name   string
		change func(a *programme.Assessment)
		unread []programme.Fault
		want   map[string]string
	}{
		{"no answers and no day", func(a *programme.Assessment) { *a = programme.Assessment{} }, nil, map[string]string{
			"answers": "missing", "answers.info": "criterion_fails", "effective_on": "missing",
		}},
		{
			"a day that could not be read beside it", func(a *programme.Assessment) { a.Answers = nil }, unread("day"),
			map[string]string{"answers": "missing", "answers.info": "criterion_fails", "day": "not_a_date"},
		},
		{"no evidence", func(a *programme.Assessment) { a.Answers[0].URL = "" }, nil, map[string]string{
			"answers.info.url": "no_evidence",
		}},
		{
			"evidence that is no address", func(a *programme.Assessment) { a.Answers[0].URL = "javascript:alert(1)" }, nil,
			map[string]string{"answers.info.url": "not_an_address"},
		},
		{"a level above its answers", func(a *programme.Assessment) { a.Level = 2 }, nil, map[string]string{
			"answers.status": "no_criterion_holds", "answers.enquiry": "no_criterion_holds",
			"answers.form": "no_criterion_holds",
		}},
		{"a level that there is not", func(a *programme.Assessment) { a.Level = 5 }, nil, map[string]string{
			"level": "out_of_range",
		}},
		{"a level below its answers", func(a *programme.Assessment) {
			a.Level, a.Answers = 1, append(a.Answers, yes(programme.CriterionForm))
		}, nil, map[string]string{"level": "answers_reach"}},
		{
			"a comment of 1,001 characters", func(a *programme.Assessment) { a.Comment = strings.Repeat("م", 1001) }, nil,
			map[string]string{"comment": "too_long"},
		},
	} {
		next := claimed()
		c.change(&next)
		for _, dry := range []bool{true, false} {
			out, err := d.Claims.Make(t.Context(), act.By{Who: interior, Dry: dry, Unread: c.unread}, "visa", next)
			mustFault(t, c.name, err, c.want)
			if out.After != nil || out.Recorded() {
				t.Errorf("%s: %+v", c.name, out.After)
			}
		}
	}
	next := claimed()
	next.Comment = strings.Repeat("م", 1000)
	if _, err := d.Claims.Make(t.Context(), act.By{Who: interior}, "visa", next); err != nil {
		t.Errorf("a comment of 1,000 characters: %v", err)
	}
	if got := len(d.stream(programme.FamilyAssessment, "visa")); got != 1 {
		t.Errorf("%d claims", got)
	}
}

// The same words in another's mouth, for another day or after a decision are another claim.
func TestWhatIsTheSameClaim(t *testing.T) {
	d := newDesk(t)
	claim := func(who access.Principal, next programme.Assessment) act.Claimed {
		out, err := d.Claims.Make(t.Context(), act.By{Who: who}, "visa", next)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	first := claim(interior, claimed())
	if again := claim(interior, claimed()); !again.Unchanged || again.After.ID != first.After.ID {
		t.Errorf("the same: %+v", again)
	}
	other := claimed()
	other.EffectiveOn++
	comment := claimed()
	comment.Comment = "live since May"
	for name, out := range map[string]act.Claimed{
		"another day": claim(interior, other), "another comment": claim(interior, comment),
		"another person": claim(admin, claimed()),
	} {
		if out.Unchanged || out.After.ID == first.After.ID {
			t.Errorf("%s: %+v", name, out)
		}
	}
	back := register.Decision{Claim: "2", Criterion: programme.CriterionInfo, Comment: "the page is empty"}
	if _, err := d.Claims.Decide(t.Context(), act.By{Who: planner}, "visa", back); err != nil {
		t.Fatal(err)
	}
	if again := claim(interior, other); again.Unchanged {
		t.Errorf("what was returned may be claimed again: %+v", again)
	}
}

func TestDecisionsOnAClaim(t *testing.T) {
	d := newDesk(t)
	if _, err := d.Claims.Make(t.Context(), act.By{Who: interior}, "visa", claimed()); err != nil {
		t.Fatal(err)
	}
	back := register.Decision{Claim: "1", Criterion: programme.CriterionInfo, Comment: "the page is empty"}
	verify := register.Decision{Claim: "1", Verify: true}
	for _, c := range []struct {
		name     string
		by       act.By
		service  string
		decision register.Decision
		faults   map[string]string
		want     error
	}{
		{
			"an unknown claim",
			act.By{Who: planner},
			"visa",
			register.Decision{Claim: "7", Verify: true},
			nil,
			programme.ErrNotFound,
		},
		{"an unknown service", act.By{Who: planner}, "passport", verify, nil, programme.ErrNotFound},
		{"another entity's", act.By{Who: justice}, "visa", verify, nil, programme.ErrNotFound},
		{"one's own", act.By{Who: interior}, "visa", verify, nil, programme.ErrOwnClaim},
		{"one's own, tried", act.By{Who: interior, Dry: true}, "visa", verify, nil, programme.ErrOwnClaim},
		{"a return without a reason", act.By{Who: planner}, "visa", register.Decision{Claim: "1"}, map[string]string{
			"comment": "missing", "criterion": "missing",
		}, nil},
		{
			"a return by what level 1 does not ask",
			act.By{Who: planner, Unread: unread("recheck_on")},
			"visa",
			register.Decision{Claim: "1", Criterion: programme.CriterionPayment, Comment: "no"},
			map[string]string{
				"criterion": "not_one_of", "recheck_on": "not_a_date",
			},
			nil,
		},
		{
			"a level above the claim",
			act.By{Who: planner},
			"visa",
			register.Decision{Claim: "1", Verify: true, Level: 2},
			map[string]string{"level": "out_of_range"},
			nil,
		},
		{
			"a decision that nobody has read",
			act.By{Who: planner},
			"visa",
			register.Decision{Claim: "1", Verify: true, Version: 1},
			map[string]string{"version": "unknown_version"},
			nil,
		},
	} {
		out, err := d.Claims.Decide(t.Context(), c.by, c.service, c.decision)
		if c.faults != nil {
			mustFault(t, c.name, err, c.faults)
		} else if !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
		if out.After != nil || out.Recorded() {
			t.Errorf("%s: %+v", c.name, out.After)
		}
	}
	tried, err := d.Claims.Decide(t.Context(), act.By{Who: planner, Dry: true}, "visa", back)
	if err != nil || tried.Before.State != register.ClaimOpen || tried.After.State != register.ClaimReturned ||
		tried.Object != "assessment/visa" || tried.Recorded() {
		t.Errorf("tried: %+v, %v", tried, err)
	}
	if got := len(d.stream(programme.FamilyAssessment, "visa")); got != 1 {
		t.Fatalf("%d facts before the decision", got)
	}
	done, err := d.Claims.Decide(t.Context(), act.By{Who: planner}, "visa", back)
	if err != nil || done.After.State != register.ClaimReturned || len(done.After.Decisions) != 1 || len(d.used) != 0 {
		t.Fatalf("returned: %+v, %v, links %v", done.After, err, d.used)
	}
	noted, before, after := noteOf(t, done.Note)
	if noted.Object != "assessment/visa/"+done.After.ID || noted.Entity != "moi" ||
		!strings.Contains(before, `"state":"open"`) || !strings.Contains(after, `"state":"returned"`) ||
		!strings.Contains(after, `"the page is empty"`) {
		t.Errorf("noted of %q: %s, %s", noted.Object, before, after)
	}
	late, err := d.Claims.Decide(t.Context(), act.By{Who: admin}, "visa", verify)
	if decided, is := errors.AsType[*programme.DecidedError](err); !is || decided.Actor != planner.ID || late.After != nil {
		t.Errorf("decided meanwhile: %+v, %v", late, err)
	}
}

// A rollout event that names a level is a claim: it is decided on like one, and a try comes after all that is recorded.
func TestARolloutThatNamesALevelIsDecidedOn(t *testing.T) {
	d := newDesk(t)
	id, sent := strings.Repeat("0a", 16), clocktest.Now().Add(-time.Hour).Truncate(time.Microsecond)
	event := programme.Rollout{
		ID: id, Entity: "moi", Service: "visa", Source: "moi", EventID: "1", Action: programme.ActionLaunch, Level: 1,
		Channels: programme.Channels()[:1], EffectiveOn: civil.NewDate(2016, 5, 1), Actor: "token/moi",
		RecordedAt: sent, ReceivedAt: sent,
	}
	if err := d.db.InsertRollouts(t.Context(), "t", []programme.Rollout{event}); err != nil {
		t.Fatal(err)
	}
	verify := register.Decision{Claim: id, Verify: true}
	for _, dry := range []bool{true, false} {
		out, err := d.Claims.Decide(t.Context(), act.By{Who: planner, Dry: dry}, "visa", verify)
		if err != nil || out.Before == nil || out.Before.State != register.ClaimOpen || out.After.ID != id ||
			out.After.State != register.ClaimVerified || out.After.Action != programme.ActionLaunch {
			t.Fatalf("dry %t: %+v, %+v, %v", dry, out.Before, out.After, err)
		}
		if at := out.After.Newest().RecordedAt; at.Before(sent) {
			t.Errorf("tried at %s, before the event of %s", at, sent)
		}
	}
}

// A claim by a signed link says for what month and entity the link is; one that was used up already changes nothing.
func TestClaimsByALink(t *testing.T) {
	d := newDesk(t)
	want := link.Act{Purpose: access.LinkClaims, Entity: "moi", Month: byLink.Month}
	for _, c := range []struct {
		name    string
		by      act.By
		refuses error
		used    int
		facts   int
		want    error
	}{
		{"tried", act.By{Who: byLink, Dry: true}, nil, 0, 0, nil},
		{"of a link that was used up", act.By{Who: byLink}, programme.ErrAlreadyDecided, 0, 0, programme.ErrAlreadyDecided},
		{"made", act.By{Who: byLink}, nil, 1, 1, nil},
		{"by a person who came by no link", act.By{Who: interior}, programme.ErrAlreadyDecided, 1, 2, nil},
	} {
		d.refuses = c.refuses
		_, err := d.Claims.Make(t.Context(), c.by, "forms", claimed())
		if !errors.Is(err, c.want) || len(d.used) != c.used || len(d.stream(programme.FamilyAssessment, "forms")) != c.facts {
			t.Errorf("%s: %v, used %v", c.name, err, d.used)
		}
		if len(d.used) > 0 && d.used[0] != want {
			t.Errorf("%s: used as %+v", c.name, d.used[0])
		}
	}
}
