package programme_test

import (
	"slices"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// step is a step of an assessment by an actor at a second.
func step(id, actor string, second int64, body programme.Assessment) programme.Recorded[programme.Assessment] {
	return programme.Recorded[programme.Assessment]{
		Fact: programme.Fact{ID: id, Actor: actor, RecordedAt: at(second)}, Body: body,
	}
}

func claims(level programme.Level, on civil.Date) programme.Assessment {
	return programme.Assessment{Kind: programme.AssessmentClaim, Level: level, EffectiveOn: on}
}

func verifies(claim string, level programme.Level, on civil.Date) programme.Assessment {
	return programme.Assessment{Kind: programme.AssessmentVerified, Claim: claim, Level: level, EffectiveOn: on}
}

func returns(claim string) programme.Assessment {
	return programme.Assessment{Kind: programme.AssessmentReturned, Claim: claim}
}

func TestALadderKnowsWhatWasAnsweredAndReturned(t *testing.T) {
	type steps = []programme.Recorded[programme.Assessment]
	made := step("c", "moi", 5, claims(3, 10))
	for name, test := range map[string]struct {
		steps              steps
		answered, returned bool
		verified           int
	}{
		"it waits":                     {steps{made}, false, false, 0},
		"verified":                     {steps{made, step("v", "p", 6, verifies("c", 3, 10))}, true, false, 1},
		"returned":                     {steps{made, step("r", "p", 6, returns("c"))}, true, true, 0},
		"returned, then verified":      {steps{made, step("r", "p", 6, returns("c")), step("v", "p", 7, verifies("c", 3, 10))}, true, false, 1},
		"verified, then returned":      {steps{made, step("v", "p", 6, verifies("c", 3, 10)), step("r", "p", 7, returns("c"))}, true, true, 1},
		"by the claimant":              {steps{made, step("v", "moi", 6, verifies("c", 3, 10))}, false, false, 0},
		"another claim":                {steps{made, step("v", "p", 6, verifies("d", 3, 10))}, false, false, 0},
		"at the same moment":           {steps{made, step("v", "p", 5, verifies("c", 3, 10))}, true, false, 1},
		"before it was corrected last": {steps{made, step("v", "p", 4, verifies("c", 3, 10))}, false, false, 1},
		"by nobody that is named":      {steps{step("c", "", 5, claims(3, 10)), step("v", "", 6, verifies("c", 3, 10))}, true, false, 1},
	} {
		l := programme.FoldAssessments(test.steps, nil)
		since, answered := l.Answered["c"]
		if len(l.Claims) != 1 || answered != test.answered || (answered && since != 10) || l.Returned["c"] != test.returned || len(l.Verified) != test.verified {
			t.Errorf("%s: %+v", name, l)
		}
	}
}

func TestAVerificationConfirmsNoMoreThanTheClaimAndNoEarlier(t *testing.T) {
	made := programme.LevelClaim{ID: "c", On: 10, Level: 3, Actor: "moi"}
	for name, test := range map[string]struct {
		level programme.Level
		on    civil.Date
		want  programme.LevelClaim
	}{
		"as claimed":            {3, 10, programme.LevelClaim{On: 10, Level: 3}},
		"without a level":       {0, 0, programme.LevelClaim{On: 10, Level: 3}},
		"a level below":         {2, 10, programme.LevelClaim{On: 10, Level: 2}},
		"a level above":         {4, 10, programme.LevelClaim{On: 10, Level: 3}},
		"a level that is none":  {5, 10, programme.LevelClaim{On: 10, Level: 3}},
		"from the day before":   {3, 9, programme.LevelClaim{On: 10, Level: 3}},
		"from the day after it": {3, 11, programme.LevelClaim{On: 11, Level: 3}},
	} {
		answer := step("v", "p", 6, verifies("c", test.level, test.on))
		test.want.ID, test.want.Actor, test.want.RecordedAt = "v", "p", at(6)
		if got := programme.Confirm(made, &answer); got != test.want {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
	}
}

func TestARolloutEventThatNamesALevelIsAClaim(t *testing.T) {
	event := programme.Rollout{ID: "e", Level: 2, EffectiveOn: 10, RecordedAt: at(5), Actor: "token/1"}
	bare, imported := event, event
	bare.ID, bare.Level = "bare", 0
	imported.ID, imported.EffectiveOn, imported.VerifiedBy = "i", 9, "user/admin"
	l := programme.FoldAssessments(nil, []programme.Rollout{event, bare, imported})
	want := programme.LevelClaim{ID: "i", On: 9, RecordedAt: at(5), Level: 2, Actor: "token/1", SameAct: true, OfRollout: true}
	if len(l.Claims) != 2 || l.Claims[0] != want || l.Claims[1].ID != "e" || l.Claims[1].SameAct || !l.Claims[1].OfRollout {
		t.Errorf("claims %+v", l.Claims)
	}
	if len(l.Verified) != 1 || l.Verified[0] != want {
		t.Errorf("what an import verified at once: %+v", l.Verified)
	}
}

func TestAClaimWithoutADayHoldsFromThatOfItsFact(t *testing.T) {
	for given, want := range map[civil.Date]civil.Date{0: 7, 9: 9} {
		claim := step("c", "moi", 5, claims(3, given))
		claim.EffectiveOn = 7
		if got, is := programme.ClaimOf(&claim); !is || got.On != want {
			t.Errorf("with day %d it holds from %d, %v", given, got.On, is)
		}
	}
	for name, body := range map[string]programme.Assessment{
		"a verification": verifies("c", 3, 9), "no level": claims(0, 9), "a level above all": claims(5, 9),
	} {
		other := step("c", "moi", 5, body)
		if got, is := programme.ClaimOf(&other); is {
			t.Errorf("%s is the claim %+v", name, got)
		}
	}
}

func TestClaimsApplyByDayThenByWhenTheyWereRecorded(t *testing.T) {
	want := []programme.LevelClaim{
		{ID: "z", On: 9, RecordedAt: at(9)},
		{ID: "a", On: 10, RecordedAt: at(1)},
		{ID: "b", On: 10, RecordedAt: at(2)},
		{ID: "c", On: 10, RecordedAt: at(2)},
	}
	list := slices.Clone(want)
	slices.Reverse(list)
	slices.SortFunc(list, programme.CompareClaims)
	if !slices.Equal(list, want) {
		t.Errorf("%+v", list)
	}
}

func TestTheLevelOnADayIsThatOfTheNewestClaimInEffect(t *testing.T) {
	ladder := []programme.LevelClaim{{ID: "a", On: 10, Level: 3}, {ID: "b", On: 20, Level: 2}}
	for on, want := range map[civil.Date]programme.Level{9: 0, 10: 3, 19: 3, 20: 2} {
		if got := programme.LevelOn(ladder, on); got != want {
			t.Errorf("on day %d the level is %d, want %d", on, got, want)
		}
	}
	if newest := programme.NewestOn(ladder, 20); newest != &ladder[1] {
		t.Errorf("the newest is %+v", newest)
	}
	for _, test := range []struct {
		level programme.Level
		on    civil.Date
		want  bool
	}{{3, 9, false}, {3, 10, true}, {2, 10, true}, {4, 99, false}, {3, 99, true}} {
		if got := programme.EverReached(ladder, test.level, test.on); got != test.want {
			t.Errorf("by day %d level %d was reached: %v", test.on, test.level, got)
		}
	}
}

// A decision that holds from a later day leaves the claim waiting until then.
func TestAClaimWaitsUntilADecisionIsInEffect(t *testing.T) {
	made := step("c", "moi", 5, claims(3, 10))
	l := programme.FoldAssessments([]programme.Recorded[programme.Assessment]{
		made, step("v", "p", 6, verifies("c", 3, 20)), step("w", "p", 7, verifies("c", 2, 30)),
	}, nil)
	for on, want := range map[civil.Date]bool{10: true, 19: true, 20: false, 30: false} {
		if got := l.WaitsOn(&l.Claims[0], on); got != want {
			t.Errorf("on day %d it waits: %v, want %v", int(on), got, want)
		}
	}
	if same := (programme.LevelClaim{ID: "other", SameAct: true}); l.WaitsOn(&same, 10) {
		t.Error("what an import claimed and verified at once waits")
	}
}
