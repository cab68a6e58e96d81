package act_test

import (
	"errors"
	"log/slog"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/act"
	"mirsad/internal/civil"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/link"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

func TestSettingsAreTriedRecordedAndUnchanged(t *testing.T) {
	d, next := newDesk(t), programme.DefaultSettings()
	next.ReportingDate, next.Goal = civil.NewDate(2016, 9, 30), 1200
	change := register.Change{Reason: "agreed", Version: 1}
	tried, err := d.Settings.Record(t.Context(), act.By{Who: admin, Dry: true}, change, next)
	stream := d.stream(programme.FamilyProgramme, programme.ProgrammeSubject)
	if err != nil || tried.Effect == nil || tried.Recorded() || len(stream) != 1 {
		t.Fatalf("tried: %+v, %v", tried, err)
	}
	_, err = d.Settings.Record(t.Context(), act.By{Who: admin, Unread: unread("starts_on")}, register.Change{Version: 1}, next)
	if got := fields(err); got["starts_on"] != "not_a_date" || got["reason"] != "missing" {
		t.Errorf("what can't be read beside what is wrong: %v", err)
	}
	done, err := d.Settings.Record(t.Context(), act.By{Who: admin}, change, next)
	if err != nil || !done.Recorded() || done.Before.Seq != 1 || done.After.Seq != 2 ||
		done.After.Actor != admin.ID || done.Effect != nil {
		t.Fatalf("recorded: %+v, %v", done, err)
	}
	again, err := d.Settings.Record(t.Context(), act.By{Who: admin}, register.Change{Reason: "again", Version: 2}, next)
	if err != nil || !again.Unchanged || again.Recorded() || again.After.Seq != 2 {
		t.Errorf("the same again: %+v, %v", again, err)
	}
	refused, err := d.Settings.Record(t.Context(), act.By{Who: admin}, change, next)
	if !errors.Is(err, programme.ErrAlreadyDecided) || refused.Recorded() || refused.Object != "programme/programme" {
		t.Errorf("from an older version: %+v, %v", refused, err)
	}
	for _, who := range []access.Principal{planner, interior, nobodys} {
		if _, err := d.Settings.Record(t.Context(), act.By{Who: who}, change, next); !errors.Is(err, programme.ErrForbidden) {
			t.Errorf("%s: %v", who.ID, err)
		}
	}
}

func TestOnlyOneZoneIsAProgrammes(t *testing.T) {
	db := clickhousetest.New(t)
	acts := act.New(act.Dependencies{Register: db, Logger: slog.New(slog.DiscardHandler)})
	for _, each := range []struct {
		zone string
		want error
	}{{"Asia/Qatar", nil}, {"Asia/Qatar", nil}, {"UTC", programme.ErrInvalid}} {
		if err := acts.Settings.Begin(t.Context(), each.zone); !errors.Is(err, each.want) {
			t.Errorf("%s: %v", each.zone, err)
		}
	}
	stream, err := db.Stream(t.Context(), programme.FamilyProgramme, programme.ProgrammeSubject)
	settings, read := register.SettingsOf(stream)
	if err != nil || read != nil || len(stream) != 1 || settings.TimeZone != "Asia/Qatar" || settings.Goal != 1000 {
		t.Errorf("%d facts, %+v, %v, %v", len(stream), settings, err, read)
	}
}

// claimed is a claim of level 1 by its one criterion.
func claimed() programme.Assessment {
	return programme.Assessment{EffectiveOn: civil.NewDate(2016, 5, 1), Comment: "live", Answers: []programme.Answer{
		{Criterion: programme.CriterionInfo, Answer: programme.AnswerYes, URL: "https://moi.example/info"},
	}}
}

func TestAClaimIsMadeOnceAndDecidedOn(t *testing.T) {
	d := newDesk(t)
	for who, want := range map[*access.Principal]error{
		&justice: programme.ErrNotFound, &nobodys: programme.ErrNotFound, &planner: programme.ErrForbidden,
	} {
		if _, err := d.Claims.Make(t.Context(), act.By{Who: *who}, "visa", claimed()); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", who.ID, err, want)
		}
	}
	tried, err := d.Claims.Make(t.Context(), act.By{Who: interior, Dry: true}, "visa", claimed())
	stream := d.stream(programme.FamilyAssessment, "visa")
	if err != nil || tried.After.State != register.ClaimOpen || tried.Recorded() || len(stream) != 0 {
		t.Errorf("tried: %+v, %v", tried, err)
	}
	made, err := d.Claims.Make(t.Context(), act.By{Who: interior}, "visa", claimed())
	if err != nil || !made.Recorded() || made.Before != nil ||
		made.Object != "assessment/visa/"+made.After.ID || made.Entity != "moi" {
		t.Fatalf("made: %+v, %v", made, err)
	}
	other := claimed()
	other.EffectiveOn = civil.NewDate(2016, 6, 1)
	if _, err := d.Claims.Make(t.Context(), act.By{Who: interior}, "visa", other); err != nil {
		t.Fatal(err)
	}
	again, err := d.Claims.Make(t.Context(), act.By{Who: interior}, "visa", claimed())
	if err != nil || !again.Unchanged || again.After.ID != made.After.ID || again.Object != "assessment/visa" {
		t.Errorf("the same again is the claim that waits, not the newest: %+v, %v", again, err)
	}
	verify := register.Decision{Claim: "1", Verify: true}
	if _, err := d.Claims.Decide(t.Context(), act.By{Who: interior}, "visa", verify); !errors.Is(err, programme.ErrOwnClaim) {
		t.Errorf("who made it decides: %v", err)
	}
	decided, err := d.Claims.Decide(t.Context(), act.By{Who: planner}, "visa", verify)
	if err != nil || decided.Before.State != register.ClaimOpen || decided.After.State != register.ClaimVerified ||
		decided.Object != made.Object {
		t.Errorf("decided: %+v, %v", decided, err)
	}
}

func TestALinkIsUsedUpByWhatIsRecordedAlone(t *testing.T) {
	d := newDesk(t)
	faulty := act.By{Who: byLink, Unread: unread("effective_on")}
	if _, err := d.Claims.Make(t.Context(), faulty, "visa", claimed()); len(fields(err)) != 1 || len(d.used) != 0 {
		t.Errorf("with a fault: %v, %v", d.used, err)
	}
	d.refuses = programme.ErrForbidden
	out, err := d.Claims.Make(t.Context(), act.By{Who: byLink}, "visa", claimed())
	if !errors.Is(err, programme.ErrForbidden) || out.Recorded() {
		t.Errorf("the link is refused: %+v, %v", out, err)
	}
	d.refuses = nil
	want := link.Act{Purpose: access.LinkClaims, Entity: "moi", Month: byLink.Month}
	out, err = d.Claims.Make(t.Context(), act.By{Who: byLink}, "visa", claimed())
	if err != nil || !out.Recorded() || len(d.used) != 1 || d.used[0] != want {
		t.Errorf("%+v, %v, used %v", out, err, d.used)
	}
	if _, err := d.Claims.Make(t.Context(), act.By{Who: interior}, "forms", claimed()); err != nil || len(d.used) != 1 {
		t.Errorf("without a link: %v, used %v", err, d.used)
	}
}

func TestAPlanIsKeptSubmittedDecidedAndUnchanged(t *testing.T) {
	d := newDesk(t)
	milestones := []programme.Milestone{{Service: "visa", Level: 3, PlannedOn: civil.NewDate(2016, 11, 1)}}
	plan := func() act.Plan { return d.Plans.Of("moi", d.planning()) }
	for who, want := range map[*access.Principal]error{&justice: programme.ErrNotFound, &nobodys: programme.ErrNotFound} {
		if _, err := plan().Submit(t.Context(), act.By{Who: *who}, register.Change{}, milestones); !errors.Is(err, want) {
			t.Errorf("%s: %v", who.ID, err)
		}
	}
	by := act.By{Who: interior}
	tried, err := plan().Submit(t.Context(), act.By{Who: interior, Dry: true}, register.Change{}, milestones)
	if err != nil || tried.Recorded() || tried.After.State != programme.PlanSubmitted {
		t.Errorf("tried: %+v, %v", tried, err)
	}
	kept, err := plan().KeepMilestone(t.Context(), by, 0, register.MilestoneChange{Milestone: milestones[0]})
	if err != nil || kept.Object != "plan/moi/1" || kept.Before != nil || kept.After.State != programme.PlanDraft {
		t.Fatalf("kept: %+v, %v", kept, err)
	}
	again, err := plan().Keep(t.Context(), by, register.Change{}, milestones)
	if err != nil || !again.Unchanged || again.Object != "plan/moi" {
		t.Errorf("kept again: %+v, %v", again, err)
	}
	sent, err := plan().SubmitDraft(t.Context(), by, register.Change{Reason: "as agreed", Version: 1}, 1)
	if err != nil || sent.Before.State != programme.PlanDraft || sent.After.State != programme.PlanSubmitted {
		t.Fatalf("submitted: %+v, %v", sent, err)
	}
	decision := register.PlanDecision{Revision: 1, Approve: true, ApprovedOn: civil.NewDate(2016, 9, 30)}
	decided, err := plan().Decide(t.Context(), act.By{Who: planner}, decision)
	if err != nil || decided.After.State != programme.PlanApproved {
		t.Fatalf("decided: %+v, %v", decided, err)
	}
	comes := register.Change{Reason: "as it came"}
	if back, err := plan().Keep(t.Context(), by, comes, milestones); err != nil || !back.Unchanged {
		t.Errorf("the plan in force, kept: %+v, %v", back, err)
	}
	if back, err := plan().Submit(t.Context(), by, comes, milestones); err != nil || !back.Unchanged {
		t.Errorf("the plan in force, submitted: %+v, %v", back, err)
	}
	if got := len(d.stream(programme.FamilyPlan, "moi")); got != 3 {
		t.Errorf("%d facts", got)
	}
}
