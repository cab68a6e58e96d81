package source

import (
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

func TestTransactionsWhole(t *testing.T) {
	feed, err := Open(t.Context(), ukName, []string{publicFile(t, "uk-transactions/derived_quarterly_long.csv")}, Means{})
	if err != nil {
		t.Fatal(err)
	}
	drafts, err := feed.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	families := map[programme.Family]int{}
	for _, draft := range drafts {
		families[draft.Family]++
	}
	if families[programme.FamilyEntity] != 77 || families[programme.FamilyService] != 697 {
		t.Errorf("catalogue %v; want 77 entities and 697 services", families)
	}
	ids, exceeding, reported := map[string]bool{}, 0, map[programme.Channel]int{}
	for _, event := range eventsOf(t, feed) {
		ids[event.ID] = true
		data := event.Data.(programme.StatementData)
		if data.State == programme.Reported {
			reported[data.Channel]++
		}
		if data.Total != nil && *data.Digital > *data.Total {
			exceeding++
		}
	}
	if len(ids) != 2*12309 || exceeding != 22 || reported["web"] != 8790+371 || reported["other"] != 8790 {
		t.Errorf("%d ids, %d exceeding, reported %v", len(ids), exceeding, reported)
	}
}

func TestTransactionsStates(t *testing.T) {
	feed, err := Open(t.Context(), ukName, []string{ukFile(t,
		"AGO,Treasury Solicitor's Department,Estates,estates,2012-07-01,100,30",
		"AGO,Treasury Solicitor's Department,Estates,estates,2012-10-01,100,",
		"AGO,Treasury Solicitor's Department,Estates,estates,2013-01-01,,0",
	)}, Means{})
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		id, time string
		state    programme.State
		value    int64 // -1: none
		total    int64
	}{
		{"2012-Q3/uk-estates/completed/web", "2012-09-30T23:59:59Z", programme.Reported, 30, -1},
		{"2012-Q3/uk-estates/completed/other", "2012-09-30T23:59:59Z", programme.Reported, -1, 100},
		{"2012-Q4/uk-estates/completed/web", "2012-12-31T23:59:59Z", programme.NotProvided, -1, -1},
		{"2012-Q4/uk-estates/completed/other", "2012-12-31T23:59:59Z", programme.NotProvided, -1, -1},
		{"2013-Q1/uk-estates/completed/web", "2013-03-31T23:59:59Z", programme.Reported, 0, -1},
		{"2013-Q1/uk-estates/completed/other", "2013-03-31T23:59:59Z", programme.NotProvided, -1, -1},
	}
	for i, event := range eventsOf(t, feed) {
		data := event.Data.(programme.StatementData)
		if event.ID != want[i].id || event.Time != want[i].time || data.State != want[i].state ||
			orNone(data.Value) != want[i].value || orNone(data.Total) != want[i].total {
			t.Errorf("event %d: %+v %+v; want %+v", i, event.CloudEvent, data, want[i])
		}
	}
	drafts, err := feed.Catalogue()
	if err != nil || drafts[0].Subject != "uk-treasury-solicitors-department" || drafts[1].EffectiveOn != civil.NewDate(2012, 7, 1) {
		t.Errorf("%v, %+v", err, drafts)
	}
}

func orNone(value *int64) int64 {
	if value == nil {
		return -1
	}
	return *value
}
