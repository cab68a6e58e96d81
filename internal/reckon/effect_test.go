package reckon_test

import (
	"testing"

	"mirsad/internal/catalogue"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon"
	"mirsad/internal/reckon/reckontest"
)

func TestWeigh(t *testing.T) {
	w := reckontest.New(t)
	w.Fact(programme.FamilyService, "visa", 0, 0, programme.Service{Code: "visa", Entity: "moi"})
	k, err := reckon.NewKnowledge(w.Facts, w.Use, catalogue.Knowing{Provisional: true, Today: civiltest.Day("2016-09-30")})
	if err != nil {
		t.Fatal(err)
	}
	next := programme.DefaultSettings()
	next.Goal, next.ReportingDate = 5, civiltest.Day("2016-01-31")
	effect := k.Weigh(next)
	if effect.Before.On != civiltest.Day("2016-09-30") || effect.Before.Goal != 1000 || effect.After.On != next.ReportingDate || effect.After.Goal != 5 {
		t.Errorf("%+v", effect)
	}
}
