package api

import (
	"fmt"
	"slices"
	"testing"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// What existed before is of the basis on which the clause is.
func TestWhatExistedIsOfTheBasisOfTheClause(t *testing.T) {
	f := newFixture(t)
	s := &f.made.figures.Services[2]
	s.ClaimedClause, s.ClaimedExisted = programme.ClauseExistedBefore, true
	for basis, want := range map[string]bool{"": false, "verified": false, "claimed": true} {
		item := f.get(planner, "/v1/progress/services?entity=moj&basis="+basis)["items"].([]any)[0].(map[string]any)
		if item["existed"] != want || (item["clause"] == "existed_before") != want {
			t.Errorf("on the basis %q: %v with the clause %v", basis, item["existed"], item["clause"])
		}
	}
	if item := f.get(planner, "/v1/services/moj-1"); item["existed"] != false {
		t.Errorf("the service itself, as verified: %v", item["existed"])
	}
}

func TestMilestonesThatAwaitVerificationAreListedApart(t *testing.T) {
	f := newFixture(t)
	m := &f.made.figures.Plans.Milestones[1]
	m.Status, m.Standing, m.ClaimedOn, m.WaitingDays = figures.MilestoneAwaiting, figures.StatusAwaitingVerification, m.OriginalOn-7, 36
	for status, want := range map[string][]string{
		"awaiting_verification": {"moj-1"}, "late": {}, "done": {"moi-1"}, "due": {"moi-1", "moj-1"},
	} {
		got := []string{}
		for _, item := range f.get(planner, "/v1/milestones?status="+status)["items"].([]any) {
			got = append(got, item.(map[string]any)["service"].(string))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", status, got, want)
		}
	}
	answer := f.get(planner, "/v1/milestones?status=awaiting_verification")
	item, counts := answer["items"].([]any)[0].(map[string]any), answer["counts"].(map[string]any)
	if item["standing"] != "awaiting_verification" || item["claimed_on"] != "2016-08-25" || item["waiting_days"] != 36.0 || counts["all"] != 3.0 {
		t.Errorf("%v of %v", item, counts)
	}
}

func TestProgressSaysHowLikelyTheGoalIs(t *testing.T) {
	f := newFixture(t)
	p := &f.made.figures.Verified
	p.Reach = figures.ReachOf(1000, 681, figures.ReachParts{AwaitingVerification: 1, Late: 2, Due: 3})
	for _, test := range []struct {
		probability programme.Ratio
		held        float64
		want        string
		limited     bool
	}{
		{programme.Ratio{State: programme.NotProvided}, 80, "", false},
		{programme.RatioOf(97, 100), 80, "almost_certain", false},
		{programme.RatioOf(97, 100), 59, "likely", true},
		{programme.RatioOf(50, 100), 59, "uncertain", false},
	} {
		p.Forecast.Probability, p.Forecast.Coverage = test.probability, programme.RatioOf(test.held, 100)
		answer := f.get(planner, "/v1/progress")
		if answer["likelihood"] != test.want || answer["likelihood_limited"] != test.limited {
			t.Errorf("%+v: %v, %v", test, answer["likelihood"], answer["likelihood_limited"])
		}
	}
	want := "map[at_most_without:map[awaiting_verification:686 due:684 late:685] awaiting_verification:1 due:3 late:2 missing:319]"
	if got := fmt.Sprint(f.get(planner, "/v1/progress")["reach"]); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
