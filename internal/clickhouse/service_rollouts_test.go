package clickhouse_test

import (
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/programme"
)

// An event that a correction moved to another service is that one's alone.
func TestServiceRolloutsAreTheNewestVersions(t *testing.T) {
	db := clickhousetest.New(t)
	event := func(id, service string, level programme.Level, after time.Duration) programme.Rollout {
		return programme.Rollout{
			ID: id, Entity: "moi", Service: service, Source: "test", EventID: id, Action: programme.ActionUpgrade, Level: level,
			EffectiveOn: civil.NewDate(2016, 1, 1), Actor: "token/moi", RecordedAt: noon.Add(after),
		}
	}
	for i, each := range []programme.Rollout{
		event("1", "visa", 2, 0), event("2", "visa", 3, time.Minute), event("1", "forms", 2, time.Hour), event("2", "visa", 4, time.Hour),
	} {
		if err := db.InsertRollouts(t.Context(), string(rune('a'+i)), []programme.Rollout{each}); err != nil {
			t.Fatal(err)
		}
	}
	for service, want := range map[string]string{"visa": "2", "forms": "1"} {
		got, err := db.ServiceRollouts(t.Context(), service)
		if err != nil || len(got) != 1 || got[0].ID != want || (service == "visa" && got[0].Level != 4) {
			t.Errorf("%s: %+v, %v", service, got, err)
		}
	}
	if got, err := db.ServiceRollouts(t.Context(), "none"); err != nil || len(got) != 0 {
		t.Errorf("of no service: %v, %v", got, err)
	}
}
