package gather_test

import (
	"errors"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

func TestBacktestIsKeptWhileOnlyUseGrows(t *testing.T) {
	t.Parallel()
	kept, db, watch := start(t)
	addService(t, db, "visa", civil.NewDate(2015, 3, 1))
	q := figures.Question{On: civil.NewDate(2016, 9, 30)}
	tested := func() *figures.Backtest {
		t.Helper()
		b, err := kept.Backtest(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	first := tested()
	before, err := kept.Figures(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	use(t, db, "use", programme.UsageEvent{Key: programme.EventKey{1}, ReportDate: civil.NewDate(2016, 9, 1), Count: 7})
	watch.advance()
	after, err := kept.Figures(t.Context(), q)
	if err != nil || after.DataVersion == before.DataVersion {
		t.Fatalf("the use made no new data version: %v", err)
	}
	if tested() != first {
		t.Error("the back-test was computed again, and only use has grown")
	}
	addService(t, db, "permit", civil.NewDate(2015, 4, 1))
	watch.advance()
	if tested() == first {
		t.Error("a new fact left the back-test as it was")
	}
}

func TestWhatIfOfNobody(t *testing.T) {
	t.Parallel()
	kept, db, _ := start(t)
	addService(t, db, "visa", civil.NewDate(2015, 3, 1))
	q := figures.Question{On: civil.NewDate(2016, 9, 30)}
	scenario := figures.Scenario{{Kind: figures.ShiftEntity, Of: "moi", Days: 30}}
	what, err := kept.WhatIf(t.Context(), q, figures.Verified, scenario)
	if err != nil || what.Before.Method != figures.MethodTooLittleHistory {
		t.Errorf("%+v, %v", what, err)
	}
	scenario[0].Of = "nobody"
	_, err = kept.WhatIf(t.Context(), q, figures.Verified, scenario)
	if _, are := errors.AsType[*programme.FaultsError](err); !are {
		t.Errorf("an unknown entity: %v", err)
	}
}
