package programme_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
)

// The lists are closed and agencies have their words: a word that changes, moves or goes is a change of the product.
func TestTheWordsOfTheClosedLists(t *testing.T) {
	for name, test := range map[string]struct{ got, want any }{
		"channels": {programme.Channels(), "[web mobile kiosk assisted call_centre counter post other]"},
		"stages":   {programme.Stages(), "[view start submit complete abandon]"},
		"measures": {programme.Measures(), "[views started submitted completed rating_count rating_sum]"},
		"states":   {programme.States(), "[reported not_provided not_requested not_applicable]"},
		"actions":  {programme.Actions(), "[launch upgrade downgrade retire add_channel remove_channel]"},
		"phases":   {programme.Phases(), "[redesign design build test go_live]"},
		"levels":   {programme.Levels(), "[1 2 3 4]"},
		"answers":  {programme.Answers(), "[yes no not_applicable]"},
		"findings": {programme.FindingKinds(), "[statement_differs id_on_two_days id_on_two_services " +
			"use_under_two_sources level_without_use stage_above_earlier rating_out_of_range channel_not_listed use_before_launch " +
			"use_after_retirement far_from_usual repeated_value whole_differs bundle_beside_parts gap partial_month]"},
		"users":     {programme.StoreUsers(), "[admin ingest worker facts web]"},
		"calendars": {programme.Calendars(), "[holidays ramadan due_days]"},
		"clauses": {programme.Clauses(), "[part_of_bundle out_of_scope not_launched retired claimed_not_verified " +
			"below_minimum existed_before succeeded]"},
		"criteria": {programme.Criteria(), "[info status enquiry form apply documents payment decision_remote delivery_remote " +
			"linked notify_once proactive]"},
		"families": {programme.Families(), "[entity service assessment plan campaign account session token link programme]"},
		"families of figures": {
			programme.FigureFamilies(), "[entity service assessment plan campaign programme]",
		},
		"types of events": {
			programme.EventTypes(), "[mirsad.usage.v1 mirsad.statement.v1 mirsad.rollout.v1 mirsad.milestone.v1]",
		},
		"refusals": {programme.RefusalCodes(), "[malformed_json not_cloudevent unknown_type unknown_field missing_field " +
			"bad_value bad_time future_time too_old too_large unknown_service entity_mismatch state_value_mismatch " +
			"digital_exceeds_total stated_twice rejected_by_store]"},
	} {
		if got := fmt.Sprint(test.got); got != test.want {
			t.Errorf("%s are %s, want %s", name, got, test.want)
		}
	}
}

func TestOnlyTwoCriteriaNameOthers(t *testing.T) {
	for _, each := range programme.Criteria() {
		want := each == "linked" || each == "notify_once"
		if each.NamesOthers() != want {
			t.Errorf("%s names others: %v", each, !want)
		}
	}
}

func TestChannelsAreASet(t *testing.T) {
	set := programme.ChannelSetOf([]programme.Channel{programme.ChannelOther, programme.ChannelWeb, "fax", programme.ChannelWeb})
	if got := set.List(); !slices.Equal(got, []programme.Channel{programme.ChannelWeb, programme.ChannelOther}) {
		t.Errorf("%v", got)
	}
	for _, each := range programme.Channels() {
		if want := each == programme.ChannelWeb || each == programme.ChannelOther; set.Has(each.Index()) != want {
			t.Errorf("%s is in the set: %v", each, !want)
		}
		if programme.DigitalSet.Has(each.Index()) != each.Digital() || !programme.EverySet.Has(each.Index()) {
			t.Errorf("%s is digital: %v", each, each.Digital())
		}
	}
	if empty := programme.ChannelSet(0).List(); empty == nil || len(empty) != 0 {
		t.Errorf("no channels are %#v", empty)
	}
	if programme.Channel("fax").Index() != programme.NoChannel || programme.Measure("hopes").Index() != programme.NoMeasure {
		t.Error("what is in no list has a place in one")
	}
}

func TestRoundingIsHalfAwayFromZero(t *testing.T) {
	for _, test := range []struct {
		value    float64
		decimals int
		want     float64
	}{
		{0.5, 0, 1},
		{-0.5, 0, -1},
		{1.5, 0, 2},
		{2.5, 0, 3},
		{-2.5, 0, -3},
		{0.49, 0, 0},
		{-0.49, 0, 0},
		{0.25, 1, 0.3},
		{-0.25, 1, -0.3},
		{0.24, 1, 0.2},
		{0.0625, 3, 0.063},
		{-0.0625, 3, -0.063},
		{1234.5, -2, 1200},
		{7, 3, 7},
	} {
		got := programme.Round(test.value, test.decimals)
		if got != test.want || math.Signbit(got) != math.Signbit(test.want) {
			t.Errorf("%v to %d decimals is %v, want %v", test.value, test.decimals, got, test.want)
		}
	}
}

func TestRatiosHaveThreeDecimalsAndRatesOne(t *testing.T) {
	if got := programme.RatioOf(2, 3); got.Value != 0.667 || !got.Known() {
		t.Errorf("two thirds are %+v", got)
	}
	if got := programme.RateOf(20, 3); got.Value != 6.7 || !got.Known() {
		t.Errorf("twenty in three months are %+v", got)
	}
	if got := programme.RatioOf(0, 3); got.Value != 0 || !got.Known() {
		t.Errorf("none of three is %+v", got)
	}
}

func TestOnlyWhatIsReportedIsKnown(t *testing.T) {
	for _, state := range programme.States() {
		if (programme.Count{State: state}).Known() != (state == programme.Reported) {
			t.Errorf("a number that is %s is known: %v", state, state != programme.Reported)
		}
	}
	if (programme.Ratio{}).Known() {
		t.Error("nothing is known")
	}
	raw, err := json.Marshal(programme.Ratio{})
	if err != nil || string(raw) != `{"value":null,"state":"not_provided"}` {
		t.Errorf("nothing is written %s, %v", raw, err)
	}
}

func TestLevelsInJSON(t *testing.T) {
	counts := programme.ByLevel{1, 20, 3, 0}
	raw, err := json.Marshal(counts)
	if err != nil || string(raw) != `{"1":1,"2":20,"3":3,"4":0}` {
		t.Errorf("%s, %v", raw, err)
	}
	var read programme.ByLevel
	if err := json.Unmarshal(raw, &read); err != nil || read != counts {
		t.Errorf("%v, %v", read, err)
	}
	for level, want := range map[programme.Level]bool{0: false, 1: true, 4: true, 5: false} {
		if level.Valid() != want {
			t.Errorf("level %d is valid: %v", level, !want)
		}
	}
	if got := counts.At(5); got != 0 {
		t.Errorf("%d at no level", got)
	}
}

func TestAServiceIsEligibleInScopeAndOutsideABundle(t *testing.T) {
	everyone, some := programme.Rule{}, programme.Rule{Audiences: []string{"citizens", "business"}}
	for name, test := range map[string]struct {
		rule    programme.Rule
		service programme.Service
		want    bool
	}{
		"every audience":            {everyone, programme.Service{Audience: "visitors"}, true},
		"no audience named":         {everyone, programme.Service{}, true},
		"one of them":               {some, programme.Service{Audience: "business"}, true},
		"another":                   {some, programme.Service{Audience: "visitors"}, false},
		"none, where some are":      {some, programme.Service{}, false},
		"a part of a bundle":        {everyone, programme.Service{PartOf: "bundle"}, false},
		"a part, though in the few": {some, programme.Service{Audience: "citizens", PartOf: "bundle"}, false},
	} {
		if got := test.rule.Eligible(&test.service); got != test.want {
			t.Errorf("%s: eligible is %v", name, got)
		}
	}
}

func TestFaultsCarryTheirWords(t *testing.T) {
	var faults programme.Faults
	if err := faults.Err(); err != nil {
		t.Errorf("nothing is wrong: %v", err)
	}
	faults.Add("goal", "out_of_range", "least", 1, "most", 9)
	faults.Add("name", "missing")
	err := faults.Err()
	if !errors.Is(err, programme.ErrInvalid) || err.Error() != "goal: out_of_range; name: missing" {
		t.Errorf("%v", err)
	}
	faults.Add("name", "too_long", "most") // a name without a value is no argument
	if len(faults) != 3 || len(faults[2].Args) != 0 {
		t.Errorf("%+v", faults[2])
	}
	if args := faults[0].Args; len(args) != 2 || args["least"] != 1 || args["most"] != 9 || len(faults[1].Args) != 0 {
		t.Errorf("%+v", faults)
	}
}

func TestAFaultLiesWithinItsFieldAndWhatHoldsIt(t *testing.T) {
	fault := programme.Fault{Field: "days.1.from"}
	for field, want := range map[string]bool{
		"days.1.from": true, "days.1": true, "days": true, "days.1.from.x": false, "days.1.fro": false, "day": false, "": false,
	} {
		if fault.Within(field) != want {
			t.Errorf("it lies within %q: %v", field, !want)
		}
	}
}

func TestAFieldThatCouldNotBeReadIsToldOnce(t *testing.T) {
	form := []programme.Fault{{Field: "days.1", Kind: "bad"}}
	content := &programme.FaultsError{Faults: []programme.Fault{
		{Field: "days.1.from", Kind: "missing"}, {Field: "days", Kind: "too_many"}, {Field: "days.10", Kind: "missing"},
	}}
	if err := programme.JoinFaults(form, content); err.Error() != "days.1: bad; days.10: missing" {
		t.Errorf("%v", err)
	}
	if err := programme.JoinFaults(nil, content); err != nil {
		t.Errorf("without faults of the form: %v", err)
	}
	if err := programme.JoinFaults(form, programme.ErrNotFound); err.Error() != "days.1: bad" {
		t.Errorf("beside another error: %v", err)
	}
	if len(form) != 1 {
		t.Error("the faults of the form have grown")
	}
}

func TestAFindingIsToldFromEveryOther(t *testing.T) {
	finding := programme.Finding{
		Kind: programme.FindingStatementDiffers, Entity: "moi", Service: "visa", Channel: programme.ChannelWeb,
		Measure: programme.MeasureCompleted, Period: civiltest.Period("2016-05"),
	}
	finding.Days = append(finding.Days, civiltest.Day("2016-05-01"), civiltest.Day("2016-05-02"))
	want := "moi\x1fvisa\x1fstatement_differs\x1f2016-05\x1fweb\x1fcompleted\x1f2016-05-01 2016-05-02"
	if got := finding.Key(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestDataAreTakenFromFiveYearsBeforeTheStart(t *testing.T) {
	settings := programme.Settings{StartsOn: civiltest.Day("2014-01-01")}
	if got := settings.EarliestReportDate(); got != civiltest.Day("2009-01-01") {
		t.Errorf("from %v", got)
	}
	settings.DataFrom = civiltest.Day("2013-07-01")
	if got := settings.EarliestReportDate(); got != settings.DataFrom {
		t.Errorf("as set: from %v", got)
	}
}

func TestTheRuleFillsInWhatItLeavesOut(t *testing.T) {
	for name, test := range map[string]struct{ given, want programme.Rule }{
		"nothing":      {programme.Rule{}, programme.Rule{MinimumLevel: 1, NewAtLevel: 1, Version: 4}},
		"a minimum":    {programme.Rule{MinimumLevel: 3}, programme.Rule{MinimumLevel: 3, NewAtLevel: 3, Version: 4}},
		"both of them": {programme.Rule{MinimumLevel: 3, NewAtLevel: 2}, programme.Rule{MinimumLevel: 3, NewAtLevel: 2, Version: 4}},
		"another version": {programme.Rule{MinimumLevel: 2, NewAtLevel: 2, Version: 3}, programme.Rule{
			MinimumLevel: 2, NewAtLevel: 2, Version: 4,
		}},
	} {
		got := programme.Settings{Rule: test.given, Version: 4}.WithDefaults().Rule
		if got.MinimumLevel != test.want.MinimumLevel || got.NewAtLevel != test.want.NewAtLevel || got.Version != test.want.Version {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
	}
}

func TestAMonthIsDueOnADayOfTheNext(t *testing.T) {
	for period, want := range map[string]string{
		"2016-01": "2016-02-28", "2016-12": "2017-01-28", "2016-Q1": "2016-04-28", "2016": "2017-01-28", "2016-05-17": "2016-06-28",
	} {
		if got := (programme.Settings{DueDay: 28}).DueOn(civiltest.Period(period)).String(); got != want {
			t.Errorf("%s is due on %s, want %s", period, got, want)
		}
	}
	for day, want := range map[int]string{1: "2015-02-01", 28: "2015-02-28", 29: "2015-02-28"} {
		if got := (programme.Settings{DueDay: day}).DueOn(civiltest.Period("2015-01")).String(); got != want {
			t.Errorf("due day %d: %s, want %s", day, got, want)
		}
	}
}

func TestTheProgrammeBeforeAnyoneHasSetIt(t *testing.T) {
	s := programme.DefaultSettings()
	if s.Goal != 1000 || s.StartsOn != civiltest.Day("2014-01-01") || s.TargetOn != civiltest.Day("2016-12-31") ||
		s.TimeZone != "Asia/Qatar" || s.DueDay != 10 || s.Rule.MinimumLevel != 1 || s.Rule.CountExisting || s.Sample {
		t.Errorf("%+v", s)
	}
}
