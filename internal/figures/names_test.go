package figures_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"mirsad/internal/figures"
)

// namesIn lists the names of an object's fields in JSON, in their order.
func namesIn(t *testing.T, value any) string {
	t.Helper()
	raw, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	if _, err := decoder.Token(); err != nil { // the opening brace
		t.Fatal(err)
	}
	var names []string
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, fmt.Sprint(name))
		var skipped json.RawMessage
		if err := decoder.Decode(&skipped); err != nil {
			t.Fatal(err)
		}
	}
	return strings.Join(names, " ")
}

// The names are those of the answers of the API: a name that changes breaks whoever reads them.
func TestTheNamesOfFiguresInJSON(t *testing.T) {
	const stamp = "on as_at provisional data_version rule_version completeness"
	const bands = "p10 p25 p50 p75 p90"
	for _, test := range []struct {
		value any
		want  string
	}{
		{figures.Stamp{Sample: true}, "on as_at provisional data_version rule_version sample completeness"},
		{figures.Figures{}, stamp + " programme verified claimed coverage entities services usage plans attention"},
		{figures.Completeness{}, "reported expected share grade"},
		{figures.Progress{}, "basis goal counted counted_new counted_all end_to_end by_level share last_month last_year " +
			"plan variance schedule_index months_left reach required_rate plan_rate recent_rate slip_median slip_over_30 forecast " +
			"not_counted series"},
		{figures.Reach{}, "missing awaiting_verification late due at_most_without"},
		{figures.ReachParts{}, "awaiting_verification late due"},
		{figures.RecentRate{}, "months_3 months_6"},
		{figures.Forecast{}, bands + " probability method coverage scale widened open finished"},
		{figures.ClauseCount{}, "clause services"},
		{figures.ProgressMonth{}, "month counted end_to_end by_level plan current_plan forecast"},
		{figures.Coverage{}, "services digital web mobile both share mobile_share last_month_services"},
		{figures.EntityFigures{}, "code name name_ar services live counted end_to_end by_level claimed_levels plan variance " +
			"schedule_index slip_median slip_over_30 completed like_for_like services_in_both lines_in_both left_out left_out_partial take_up completeness status reason trend series"},
		{figures.StatusReason{}, "due done late late_over_30 milestones awaiting_verification"},
		{figures.ServiceFigures{}, "code name name_ar entity audience mandatory status channels depends_on launched_on " +
			"retired_on level_claimed level_verified counted clause claimed_clause existed claimed_existed planned_on expected_on no_date_given slip " +
			"dormant silent without_numbers completed history trend"},
		{figures.ServiceEvent{}, "on action level channels actor recorded_at same_act"},
		{figures.Attention{}, "late dormant silent without_numbers claimed_not_verified late_entities behind_plan"},
		{figures.LateMilestone{}, "service entity level planned_on days"},
		{figures.Headline{}, "kind value against change status direction"},
	} {
		if got := namesIn(t, test.value); got != test.want {
			t.Errorf("%T: %s\nwant %s", test.value, got, test.want)
		}
	}
}

func TestTheNamesOfUseInJSON(t *testing.T) {
	for _, test := range []struct {
		value any
		want  string
	}{
		{figures.UsageTotal{}, "value state parts"},
		{figures.UsagePoint{}, "period total"},
		{figures.UsageSeries{}, "key points"},
		{figures.UsageFigures{}, "month completed growth take_up total by_channel by_level like_for_like take_ups top"},
		{figures.Growth{}, "period previous measure channels total previous_total naive like_for_like services_in_both " +
			"lines_in_both left_out left_out_partial last_year decomposition streak streak_end concentration"},
		{figures.Decomposition{}, "change existing new lost launched returned retired silent partial"},
		{figures.Concentration{}, "largest largest_share top_five_share without_largest without_top_five"},
		{figures.TakeUp{}, "period value covered_share services live digital_only digital_only_completed digital all"},
		{figures.RatioPoint{}, "period value"},
		{figures.TopService{}, "service completed share"},
	} {
		if got := namesIn(t, test.value); got != test.want {
			t.Errorf("%T: %s\nwant %s", test.value, got, test.want)
		}
	}
}

func TestTheNamesOfPlansAndTheirTestsInJSON(t *testing.T) {
	const bands = "p10 p25 p50 p75 p90"
	for _, test := range []struct {
		value any
		want  string
	}{
		{figures.PlanFigures{}, "on_time quarter_end last_quarter counts milestones platforms entities months approved"},
		{figures.MilestoneFigures{}, "service milestone entity level status standing due original_on current_on expected_on " +
			"actual_on no_date_given claimed_on waiting_days slip reason depends_on phases"},
		{figures.PhaseDone{}, "phase done_on"},
		{figures.MilestoneProgress{}, "entity service milestone done latest"},
		{figures.PlatformFigures{}, "entity waiting waiting_integrated late ready_on late_days delayed days_passed_on"},
		{figures.EntityPlan{}, "entity milestones done late awaiting_verification done_share original_from original_to " +
			"current_from current_to slip_median"},
		{figures.MilestoneCounts{}, "all done awaiting_verification late open"},
		{figures.PlanMonth{}, "month planned current gone_live"},
		{figures.ApprovedMilestone{}, "entity milestone original_on actual_on standing no_date_given"},
		{figures.Submissions{}, "month due_on entities"},
		{figures.EntitySubmissions{}, "entity name name_ar plan use claims overdue"},
		{figures.Submission{}, "state days reported expected"},
		{
			figures.Submission{Was: figures.SubmissionDraft, On: 1, Revision: 2}, "state was days reported expected on revision",
		},
		{figures.Backtest{}, "points horizons within_50 within_80"},
		{figures.BacktestPoint{}, "from horizon month " + bands + " counted within_50 within_80 as_known_then"},
		{figures.BacktestHorizon{}, "months points within_50 within_80 below above"},
		{figures.WhatIf{}, "scenario moved before after"},
		{figures.WhatIfSide{}, bands + " probability method coverage scale widened open finished months"},
		{figures.BandMonth{}, "month " + bands},
		{figures.Shift{}, "kind of days"},
		{figures.FindingLimit{}, "kind reason"},
	} {
		if got := namesIn(t, test.value); got != test.want {
			t.Errorf("%T: %s\nwant %s", test.value, got, test.want)
		}
	}
}

// Codes are worded by the page and read by whoever asks the API.
func TestTheCodesOfFigures(t *testing.T) {
	for name, test := range map[string]struct{ got, want any }{
		"statuses": {
			[]figures.Status{
				figures.StatusOnTrack, figures.StatusAtRisk, figures.StatusLate, figures.StatusNoData, figures.StatusDone,
				figures.StatusAwaitingVerification, figures.StatusDue, figures.StatusPlanned,
			}, "[on_track at_risk late no_data done awaiting_verification due planned]",
		},
		"milestones": {
			[]figures.MilestoneStatus{
				figures.MilestoneDone, figures.MilestoneAwaiting, figures.MilestoneLate, figures.MilestoneOpen,
			}, "[done awaiting_verification late open]",
		},
		"likelihoods": {
			figures.Likelihoods(), "[reached almost_certain likely uncertain unlikely very_unlikely]",
		},
		"services": {
			[]figures.ServiceStatus{
				figures.ServiceLive, figures.ServicePlanned, figures.ServiceRetired, figures.ServiceOffline,
			}, "[live planned retired offline]",
		},
		"directions": {
			[]figures.Direction{figures.DirectionUp, figures.DirectionFlat, figures.DirectionDown}, "[up flat down]",
		},
		"forecasts": {
			[]string{figures.MethodMonteCarlo, figures.MethodTooLittleHistory, figures.MethodTargetPassed},
			"[monte_carlo too_little_history target_passed]",
		},
		"splits": {
			[]figures.UsageBy{figures.ByChannel, figures.ByEntity, figures.ByService, figures.ByLevelOf}, "[channel entity service level]",
		},
		"ends of a streak": {
			[]figures.StreakEnd{figures.StreakNotGrowing, figures.StreakNoCommonService}, "[not_growing no_common_service]",
		},
		"limits": {[]figures.LimitReason{figures.LimitPastAsAt, figures.LimitTooMany}, "[past_as_at too_many]"},
		"bases":  {figures.Bases(), "[verified claimed]"},
	} {
		if got := fmt.Sprint(test.got); got != test.want {
			t.Errorf("the codes of %s are %s, want %s", name, got, test.want)
		}
	}
	if figures.ByNothing != "" || figures.LateOverDays != 30 || figures.MostIDFindings != 1000 {
		t.Error("one series has no key, late is over 30 days, and a thousand findings of ids are listed")
	}
}

func TestABasisIsAnIndex(t *testing.T) {
	if int(figures.BasisCount) != len(figures.Bases()) {
		t.Errorf("%d bases", figures.BasisCount)
	}
	for i, basis := range figures.Bases() {
		if int(basis) != i {
			t.Errorf("%s is at %d", basis, basis)
		}
		if got, err := figures.ParseBasis(basis.String()); err != nil || got != basis {
			t.Errorf("%s is read as %v, %v", basis, got, err)
		}
	}
	order := []figures.Basis{figures.Claimed, figures.Verified}
	slices.Sort(order)
	if order[0] != figures.Verified {
		t.Error("what is verified comes first")
	}
}
