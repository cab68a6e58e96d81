package programme_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
)

// sameForm reads a text into a type and writes it again: what is stored for good has to be read by every later version.
func sameForm[T any](t *testing.T, text string, want T) {
	t.Helper()
	var compact bytes.Buffer
	if err := json.Compact(&compact, []byte(text)); err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(bytes.NewReader(compact.Bytes()))
	decoder.DisallowUnknownFields()
	var got T
	if err := decoder.Decode(&got); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%s is read as\n%+v, %v; want\n%+v", text, got, err, want)
	}
	if raw, err := json.Marshal(want); err != nil || string(raw) != compact.String() {
		t.Errorf("%T is written\n%s, %v; want\n%s", want, raw, err, compact.String())
	}
}

func TestTheStoredFormOfSettings(t *testing.T) {
	sameForm(t, `{
		"name": "Programme", "name_ar": "برنامج", "goal": 1000, "starts_on": "2014-01-01", "target_on": "2016-12-31",
		"reporting_date": "2016-09-30", "time_zone": "Asia/Qatar", "data_from": "2013-01-01", "due_day": 10,
		"rule": {"minimum_level": 2, "new_at_level": 3, "audiences": ["citizens"], "count_existing": true, "version": 4},
		"classification": "internal", "sample": true, "version": 5
	}`, programme.Settings{
		Name: "Programme", NameAr: "برنامج", Goal: 1000,
		StartsOn: civiltest.Day("2014-01-01"), TargetOn: civiltest.Day("2016-12-31"), ReportingDate: civiltest.Day("2016-09-30"),
		TimeZone: "Asia/Qatar", DataFrom: civiltest.Day("2013-01-01"), DueDay: 10,
		Rule: programme.Rule{
			MinimumLevel: 2, NewAtLevel: 3, Audiences: []string{"citizens"}, CountExisting: true, Version: 4,
		},
		Classification: "internal", Sample: true, Version: 5,
	})
	sameForm(t, `{
		"name": "", "name_ar": "", "goal": 0, "starts_on": "", "target_on": "", "time_zone": "", "due_day": 0,
		"rule": {"minimum_level": 0, "count_existing": false, "version": 0}, "version": 0
	}`, programme.Settings{})
}

func TestTheStoredFormOfTheCatalogue(t *testing.T) {
	sameForm(t, `{"code": "moi", "name": "Interior", "name_ar": "الداخلية"}`,
		programme.Entity{Code: "moi", Name: "Interior", NameAr: "الداخلية"})
	sameForm(t, `{
		"code": "visa", "name": "Visa", "name_ar": "تأشيرة", "entity": "moi", "description": "d", "description_ar": "و",
		"audience": "visitors", "mandatory": true, "channels": ["web"], "depends_on": ["moj"], "part_of": "bundle",
		"succeeds": ["old"], "counts_apart": "why", "removed": true
	}`, programme.Service{
		Code: "visa", Name: "Visa", NameAr: "تأشيرة", Entity: "moi", Description: "d", DescriptionAr: "و",
		Audience: "visitors", Mandatory: true, Channels: []programme.Channel{"web"}, DependsOn: []string{"moj"},
		PartOf: "bundle", Succeeds: []string{"old"}, CountsApart: "why", Removed: true,
	})
	sameForm(t, `{"code": "", "name": "", "name_ar": "", "entity": ""}`, programme.Service{})
	sameForm(t, `{
		"name": "ramadan", "days": [{"from": "2016-06-06", "to": "2016-07-05", "name": "Ramadan", "name_ar": "رمضان"}]
	}`, programme.Calendar{Name: "ramadan", Days: []programme.CalendarDay{{
		From: civiltest.Day("2016-06-06"), To: civiltest.Day("2016-07-05"), Name: "Ramadan", NameAr: "رمضان",
	}}})
}

func TestTheStoredFormOfAnAssessment(t *testing.T) {
	sameForm(t, `{
		"kind": "verified", "service": "visa", "level": 3, "claim": "c", "effective_on": "2016-05-01",
		"answers": [{"criterion": "linked", "answer": "yes", "url": "https://moi.example", "text": "t", "entities": ["moj"]}],
		"criterion": "apply", "comment": "why", "recheck_on": "2017-05-01"
	}`, programme.Assessment{
		Kind: programme.AssessmentVerified, Service: "visa", Level: 3, Claim: "c", EffectiveOn: civiltest.Day("2016-05-01"),
		Answers: []programme.Answer{{
			Criterion: programme.CriterionLinked, Answer: programme.AnswerYes, URL: "https://moi.example", Text: "t",
			Entities: []string{"moj"},
		}},
		Criterion: programme.CriterionApply, Comment: "why", RecheckOn: civiltest.Day("2017-05-01"),
	})
	sameForm(t, `{"kind": "claim", "service": "", "level": 0, "effective_on": ""}`,
		programme.Assessment{Kind: programme.AssessmentClaim})
	if programme.AssessmentReturned != "returned" {
		t.Errorf("a return is %s", programme.AssessmentReturned)
	}
}

func TestTheStoredFormOfAPlan(t *testing.T) {
	zero, two := 0, 2
	sameForm(t, `{
		"kind": "approved", "entity": "moi", "revision": 2, "approved_on": "2016-01-05",
		"milestones": [{
			"code": "m", "service": "visa", "proposed": {"name": "Visa", "name_ar": "تأشيرة"}, "level": 3, "channels": ["web"],
			"planned_on": "2016-03-01", "expected_on": "2016-03-05", "phases": [{"phase": "build", "on": "2016-02-01"}],
			"depends_on": ["moj"], "before": {"visits": 2, "documents": 0, "days": 2}, "after": {"visits": 0},
			"note": "n", "reason": "r"
		}],
		"comment": "c", "returned": [{"milestone": "x", "comment": "no"}]
	}`, programme.Plan{
		Kind: programme.PlanApproved, Entity: "moi", Revision: 2, ApprovedOn: civiltest.Day("2016-01-05"),
		Milestones: []programme.Milestone{{
			Code: "m", Service: "visa", Proposed: &programme.ProposedService{Name: "Visa", NameAr: "تأشيرة"}, Level: 3,
			Channels:  []programme.Channel{"web"},
			PlannedOn: civiltest.Day("2016-03-01"), ExpectedOn: civiltest.Day("2016-03-05"),
			Phases:    []programme.PlannedPhase{{Phase: programme.PhaseBuild, On: civiltest.Day("2016-02-01")}},
			DependsOn: []string{"moj"}, Before: &programme.Effort{Visits: &two, Documents: &zero, Days: &two},
			After: &programme.Effort{Visits: &zero}, Note: "n", Reason: "r",
		}},
		Comment: "c", Returned: []programme.ReturnedMilestone{{Milestone: "x", Comment: "no"}},
	})
	sameForm(t, `{"kind": "draft", "entity": "", "revision": 0, "milestones": [
		{"code": "", "service": "", "level": 0, "planned_on": ""}
	]}`, programme.Plan{Kind: programme.PlanDraft, Milestones: []programme.Milestone{{}}})
	if programme.PlanSubmitted != "submitted" || programme.PlanReturned != "returned" {
		t.Errorf("a plan is %s or %s", programme.PlanSubmitted, programme.PlanReturned)
	}
}

// What agencies send is described to them (docs/agencies.md#what-to-send-and-when): its names are a promise.
func TestTheFormOfWhatAgenciesSend(t *testing.T) {
	void, five := uint64(0), int64(5)
	sameForm(t, `{"channel": "web", "stage": "complete", "count": 0, "duration_ms": 1500, "rating": 4}`,
		programme.UsageData{
			Channel: programme.ChannelWeb, Stage: programme.StageComplete, Count: &void, DurationMS: 1500, Rating: 4,
		})
	sameForm(t, `{"channel": "web", "stage": "view"}`,
		programme.UsageData{Channel: programme.ChannelWeb, Stage: programme.StageView})
	sameForm(t, `{
		"period": "2016-Q3", "channel": "counter", "measure": "completed", "state": "reported", "value": 5, "total": 5, "digital": 5
	}`, programme.StatementData{
		Period: civiltest.Period("2016-Q3"), Channel: programme.ChannelCounter, Measure: programme.MeasureCompleted,
		State: programme.Reported, Value: &five, Total: &five, Digital: &five,
	})
	sameForm(t, `{"period": "2016-09", "channel": "web", "measure": "views", "state": "not_provided"}`,
		programme.StatementData{
			Period: civiltest.Period("2016-09"), Channel: programme.ChannelWeb, Measure: programme.MeasureViews,
			State: programme.NotProvided,
		})
	sameForm(t, `{
		"action": "launch", "level": 2, "channels": ["web", "kiosk"], "effective_on": "2016-05-01",
		"evidence": [{"criterion": "info", "answer": "yes"}]
	}`, programme.RolloutData{
		Action: programme.ActionLaunch, Level: 2, Channels: []programme.Channel{"web", "kiosk"},
		EffectiveOn: civiltest.Day("2016-05-01"),
		Evidence:    []programme.Answer{{Criterion: programme.CriterionInfo, Answer: programme.AnswerYes}},
	})
	sameForm(t, `{"milestone": "m", "phase": "go_live", "done_on": "2016-05-01"}`,
		programme.MilestoneData{Milestone: "m", Phase: programme.PhaseGoLive, DoneOn: civiltest.Day("2016-05-01")})
	sameForm(t, `{
		"specversion": "1.0", "id": "1", "source": "s", "type": "mirsad.usage.v1", "time": "2016-05-01T09:00:00Z", "subject": "visa",
		"data": "d"
	}`, programme.CloudEvent{
		SpecVersion: "1.0", ID: "1", Source: "s", Type: programme.TypeUsage, Time: "2016-05-01T09:00:00Z", Subject: "visa", Data: "d",
	})
}

func TestTheFormOfAFinding(t *testing.T) {
	sameForm(t, `{
		"kind": "statement_differs", "entity": "moi", "service": "visa", "channel": "web", "measure": "completed",
		"period": "2016-05", "statement": {"value": 10, "state": "reported"}, "events": {"value": 9, "state": "reported"},
		"difference": {"value": -0.1, "state": "reported"}
	}`, programme.Finding{
		Kind: programme.FindingStatementDiffers, Entity: "moi", Service: "visa", Channel: programme.ChannelWeb,
		Measure: programme.MeasureCompleted, Period: civiltest.Period("2016-05"),
		Statement: programme.CountOf(10), Events: programme.CountOf(9), Difference: programme.RatioOf(-1, 10),
	})
	sameForm(t, `{"kind": "level_without_use", "entity": "moi", "service": "visa", "level": 3}`,
		programme.Finding{Kind: programme.FindingLevelWithoutUse, Entity: "moi", Service: "visa", Level: 3})
}

func TestTheFormOfAnEffect(t *testing.T) {
	sameForm(t, `{
		"before": {"on": "2016-05-31", "goal": 1000, "counted": 5, "counted_new": 4, "counted_all": 6, "end_to_end": 3},
		"after": {"on": "", "goal": 0, "counted": 0, "counted_new": 0, "counted_all": 0, "end_to_end": 0}
	}`, programme.Effect{Before: programme.EffectOn{
		On: civiltest.Day("2016-05-31"), Goal: 1000, Counted: 5, CountedNew: 4, CountedAll: 6, EndToEnd: 3,
	}})
	sameForm(t, `{"receipt": "r", "index": 3}`, programme.RowPlace{Receipt: "r", Index: 3})
	sameForm(t, `{"reported": 1, "expected": 2}`, programme.Parts{Reported: 1, Expected: 2})
}
