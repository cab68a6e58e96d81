package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// A re-plan shows what it moved, and why; it rewrites neither the original date nor the first baseline.
func TestAnEntitysPlanShowsItsBaselines(t *testing.T) {
	db := adminStore(t)
	approved := func(revision int, on, planned civil.Date, reason string) programme.Draft {
		return programme.Draft{Family: programme.FamilyPlan, Subject: "moi", EffectiveOn: on, Actor: "user/planner", Body: programme.Plan{
			Kind: programme.PlanApproved, Entity: "moi", Revision: revision, ApprovedOn: on,
			Milestones: []programme.Milestone{{Code: "visa-3", Service: "visa", Level: programme.LevelTransactional, PlannedOn: planned, Reason: reason}},
		}}
	}
	june, august := civil.NewDate(2016, time.June, 30), civil.NewDate(2016, time.August, 15)
	_, err := db.AppendAll(t.Context(), []programme.Draft{
		approved(1, civil.NewDate(2016, time.January, 10), june, ""),
		approved(2, civil.NewDate(2016, time.May, 2), august, hostile[0]),
		approved(3, civil.NewDate(2016, time.December, 1), civil.NewDate(2017, time.January, 1), "after the date of the figures"),
	})
	if err != nil {
		t.Fatal(err)
	}
	server := storeSite(t, db, access.Principal{ID: "user/a@example.org", Role: access.RoleAgency, Entity: "moi"})
	answer, body := get(t, server, "/en/entities/moi")
	for _, words := range []string{
		"Baseline 1: revision 1, approved on 10 January 2016, 1 milestone", "Baseline 2: revision 2, approved on 2 May 2016",
		"30 June 2016 → 15 August 2016. &lt;/script&gt;", "status--late", "1 milestone, 0 done.", "/v1/milestones.csv?entity=moi",
	} {
		if !strings.Contains(body, words) {
			t.Errorf("%d: the page doesn't say %q", answer.StatusCode, words)
		}
	}
	if got := value(t, body, "milestones.visa.slip"); got != "92" { // to 30 September from 30 June, whatever the re-plan says
		t.Errorf("the slip is %s", got)
	}
	if strings.Contains(body, "after the date of the figures") || strings.Contains(body, "<script>alert") {
		t.Error("the page tells of a baseline that was not in force, or lets a reason be markup")
	}
	// The plans' page over the same store: too little history is said, and a scenario answers all the same.
	answer, body = get(t, server, "/en/plans?shift=entity:moi:30")
	if answer.StatusCode != http.StatusOK || strings.Count(body, "too little history") < 1 || strings.Contains(body, `data-figure="what_if.after.p50"`) {
		t.Errorf("%d: with too little history", answer.StatusCode)
	}
	if answer, _ = get(t, server, "/ar/plans?shift=entity:nobody:30"); answer.StatusCode != http.StatusNotFound {
		t.Errorf("another entity's scenario answers %d", answer.StatusCode)
	}
}
