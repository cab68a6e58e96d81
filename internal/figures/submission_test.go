package figures_test

import (
	"slices"
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
)

func TestASubmissionIsAskedForByItsKind(t *testing.T) {
	owed := &figures.EntitySubmissions{
		Plan:   figures.Submission{State: figures.SubmissionDraft},
		Use:    figures.Submission{State: figures.SubmissionOverdue},
		Claims: figures.Submission{State: figures.SubmissionNone},
	}
	for kind, want := range map[figures.SubmissionKind]*figures.Submission{
		figures.SubmissionPlan: &owed.Plan, figures.SubmissionUse: &owed.Use, figures.SubmissionClaims: &owed.Claims,
	} {
		if got := owed.Of(kind); got != want {
			t.Errorf("%s is %+v, want %+v", kind, got, want)
		}
	}
}

func TestSubmissionsAreListedInTheOrderInWhichTheyAreOwed(t *testing.T) {
	if got := figures.SubmissionKinds(); !slices.Equal(got, []figures.SubmissionKind{"plan", "use", "claims"}) {
		t.Errorf("kinds %v", got)
	}
	want := []figures.SubmissionState{
		"not_applicable", "expected", "draft", "submitted", "returned", "accepted", "overdue",
	}
	if got := figures.SubmissionStates(); !slices.Equal(got, want) {
		t.Errorf("states %v, want %v", got, want)
	}
}

func TestAReaderSeesWhatTheirOwnEntitiesOwe(t *testing.T) {
	whole := &figures.Submissions{
		Month: civiltest.Month("2016-05"), DueOn: civiltest.Day("2016-06-10"),
		Entities: []figures.EntitySubmissions{{Entity: "moi"}, {Entity: "moj"}},
	}
	for _, test := range []struct{ sees, want []string }{
		{[]string{"moj", "moi"}, []string{"moi", "moj"}},
		{[]string{"moj"}, []string{"moj"}},
		{nil, []string{}},
	} {
		seen := whole.Of(only(test.sees...))
		listed := []string{}
		for i := range seen.Entities {
			listed = append(listed, seen.Entities[i].Entity)
		}
		if !slices.Equal(listed, test.want) || seen.Entities == nil {
			t.Errorf("who sees %v reads of %v, want %v", test.sees, listed, test.want)
		}
		if seen.Month != whole.Month || seen.DueOn != whole.DueOn {
			t.Errorf("who sees %v reads of %v, due on %v", test.sees, seen.Month, seen.DueOn)
		}
	}
}

// What is seen is a part of its own: whoever changes it changes nothing of the whole.
func TestThePartOfASubmissionIsItsOwn(t *testing.T) {
	whole := &figures.Submissions{Entities: []figures.EntitySubmissions{{Entity: "moi"}, {Entity: "moj"}}}
	seen := whole.Of(only("moi"))
	seen.Entities[0].Overdue = 9
	if whole.Entities[0].Overdue != 0 || len(whole.Entities) != 2 {
		t.Errorf("%+v", whole)
	}
}
