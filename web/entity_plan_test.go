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
	page := opened(t, server, "/en/entities/moi")
	page.answers(http.StatusOK)
	page.lists(`section[aria-labelledby="milestones"] > ul.changes li`,
		"Baseline 1: revision 1, approved on 10 January 2016, 1 milestone", "Baseline 2: revision 2, approved on 2 May 2016, 1 milestone")
	page.lists("table.milestones ul.changes li", "Revision 2: 30 June 2016 → 15 August 2016. "+hostile[0])
	page.holds("table.milestones .status--late", 1)
	page.says(`section[aria-labelledby="milestones"] > p`, "1 milestone, 0 done.")
	page.leads(`section[aria-labelledby="milestones"] a[download]`, "/v1/milestones.csv?entity=moi&lang=en")
	if _, slip := page.figure("milestones.visa.slip"); slip != "92" { // to 30 September from 30 June, whatever the re-plan says
		t.Errorf("the slip is %s", slip)
	}
	if strings.Contains(page.Text(), "after the date of the figures") {
		t.Error("the page tells of a baseline that was not in force")
	}
	// The plans' page over the same store: too little history is said, and a scenario answers all the same.
	plans := opened(t, server, "/en/plans?shift=entity:moi:30")
	plans.answers(http.StatusOK)
	plans.holds(`[data-figure="what_if.after.p50"]`, 0)
	if said := strings.Count(plans.Text(), "too little history for a forecast"); said < 1 {
		t.Errorf("too little history is said %d times", said)
	}
	opened(t, server, "/ar/plans?shift=entity:nobody:30").answers(http.StatusNotFound)
}
