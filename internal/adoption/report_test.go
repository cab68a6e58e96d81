package adoption_test

import (
	"fmt"
	"slices"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// The figures show use from its first month on.
func TestUsageFigures(t *testing.T) {
	u := shared(t).Figures("2016-03-31").Usage
	if u.Month != civiltest.Month("2016-03") || u.Completed.Value != 333 ||
		u.Completed.Parts != (programme.Parts{Reported: 2, Expected: 2}) {
		t.Errorf("%v had %+v", u.Month, u.Completed)
	}
	if !slices.Equal(values(u.Total), []int64{110, 20, 333}) || len(u.LikeForLike) != 3 || len(u.TakeUps) != 3 {
		t.Errorf("the series is %v with %d and %d ratios", values(u.Total), len(u.LikeForLike), len(u.TakeUps))
	}
	want := []figures.TopService{
		{Service: "b", Completed: 300, Share: programme.RatioOf(300, 333)},
		{Service: "a", Completed: 33, Share: programme.RatioOf(33, 333)},
	}
	if !slices.Equal(u.Top, want) {
		t.Errorf("the top is %v, want %v", u.Top, want)
	}
}

// The figures show 36 months at most, and the ten most used services, those with the same use by code.
func TestUsageFiguresEnd(t *testing.T) {
	w := reckontest.New(t)
	for i := range 11 {
		code := fmt.Sprintf("s%02d", i)
		w.Live(code, "2012-01-01", programme.LevelInformative)
		w.Uses("moi", code, "2015-12", programme.ChannelWeb, int64(100+i))
	}
	for i := range 40 {
		w.Uses("moi", "s00", (civiltest.Month("2012-09") + civil.Month(i)).String(), programme.ChannelWeb, 1)
	}
	u := w.Figures("2015-12-31").Usage
	if first := u.Total.Points[0].Period; len(u.Total.Points) != 36 || first != civiltest.Period("2013-01") {
		t.Errorf("%d months from %v", len(u.Total.Points), first)
	}
	if len(u.Top) != 10 || u.Top[0].Service != "s10" || u.Top[9].Service != "s00" {
		t.Errorf("the top is %v", u.Top)
	}
}
