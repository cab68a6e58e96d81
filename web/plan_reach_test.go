package web

import (
	"strings"
	"testing"

	"mirsad/internal/figures"
)

// reachFigures are those of the goal's reach, by name and value.
func reachFigures() agencyPart {
	return agencyParts(
		agencyValueOf("progress.reach.missing", "149"), agencyValueOf("progress.reach.awaiting_verification", "12"),
		agencyValueOf("progress.reach.late", "48"), agencyValueOf("progress.reach.due", "97"),
		agencyValueOf("progress.reach.at_most_without.awaiting_verification", "996"),
		agencyValueOf("progress.reach.at_most_without.late", "960"),
		agencyValueOf("progress.reach.at_most_without.due", "911"),
	)
}

// What the goal takes is on the pages of the programme and of the plan, in both languages.
func TestTheReachOfTheGoalIsOnBothPages(t *testing.T) {
	t.Parallel()
	site := overviewOf(t, func(f *figures.Figures) {
		f.Verified.Reach = figures.ReachOf(1000, 851, figures.ReachParts{AwaitingVerification: 12, Late: 48, Due: 97})
	})
	for _, path := range []string{"/en/plans", "/ar/plans", "/en/", "/ar/"} {
		site.are(t, []agencyCase{{shows: path, who: executive, path: path, parts: []agencyPart{reachFigures()}}})
	}
}

// What awaits verification is apart from what is late, with its wait; an expected date that has passed is no date given.
func TestThePlanShowsWhatAwaitsVerificationApart(t *testing.T) {
	t.Parallel()
	for language, words := range map[string][3]string{
		"en": {"Awaiting verification", "No date given", "days ago"},
		"ar": {"بانتظار التحقق", "لم يُحدَّد موعد", "أُعلن في"},
	} {
		for kind, want := range map[string][]string{"awaiting_verification": {words[0], words[2]}, "late": {words[1]}} {
			page := overFigures(t, fixture(), executive, "/"+language+"/plans?milestones="+kind)
			rows := page.Find(milestoneRow)
			if rows.Length() == 0 {
				t.Errorf("no milestone is %s", kind)
			}
			for _, word := range want {
				if !strings.Contains(rows.Text(), word) {
					t.Errorf("/%s/plans: those that are %s say nothing of %q", language, kind, word)
				}
			}
		}
	}
}

// Once the goal is reached nothing is said of what reaching it takes, and it is not called likely but reached.
func TestAReachedGoalTakesNoPace(t *testing.T) {
	t.Parallel()
	f := fixture()
	f.Verified.Counted = f.Verified.Goal
	for _, path := range []string{"/en/", "/en/plans"} {
		page := overFigures(t, f, executive, path)
		if lead := page.Find("p.lead").Text(); strings.Contains(lead, "takes") {
			t.Errorf("%s: %q", path, lead)
		}
		if text, _ := page.figure("progress.forecast.probability"); !strings.HasPrefix(text, "Reached") {
			t.Errorf("%s: the goal is %q", path, text)
		}
		if page.tile("progress.required_rate").Find(".status--done").Length() != 1 {
			t.Errorf("%s: the required rate is not done", path)
		}
	}
}
