package clickhouse_test

import (
	"slices"
	"testing"
	"time"

	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/programme"
)

func TestTokenUsesOfSeveralProcessesAreOne(t *testing.T) {
	now := time.Date(2016, time.September, 30, 12, 0, 0, 123_456_000, time.UTC)
	db := clickhousetest.NewWith(t, func() time.Time { return now }, time.UTC)
	record := func(holder string, uses ...programme.TokenUse) {
		t.Helper()
		now = now.Add(5 * time.Minute)
		if err := db.RecordTokenUse(t.Context(), holder, uses); err != nil {
			t.Fatal(err)
		}
	}
	began := now
	used := programme.TokenUse{Token: "a", LastUsed: began.Add(time.Second)}
	refused := programme.TokenUse{Token: "a", LastRefused: began.Add(3 * time.Second), Reason: programme.TokenWrongSecret}
	record("one", used, programme.TokenUse{Token: hostile, LastUsed: began})
	record("two", refused)
	record("two", refused.And(programme.TokenUse{LastUsed: began}))
	record("one", used.And(programme.TokenUse{LastRefused: began.Add(2 * time.Second), Reason: programme.TokenForbidden}))
	record("one")
	record("two", refused) // a row that comes again

	got, err := db.TokenUses(t.Context())
	want := []programme.TokenUse{used.And(refused), {Token: hostile, LastUsed: began}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v\n got %+v\nwant %+v", err, got, want)
	}
}

func TestNoTokenUse(t *testing.T) {
	db := clickhousetest.New(t)
	if uses, err := db.TokenUses(t.Context()); err != nil || len(uses) != 0 {
		t.Errorf("%+v, %v", uses, err)
	}
}
