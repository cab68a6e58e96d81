package link

import (
	"errors"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/i18n"
)

func TestALinkIsForAMonthThatMayBe(t *testing.T) {
	f := newFixture(t, "")
	for month, want := range map[string]error{
		"2000-01": nil, "2016-09": nil, "2100-12": nil,
		"0001-01": ErrMonth, "1999-12": ErrMonth, "2101-01": ErrMonth, "9999-12": ErrMonth, "": ErrMonth, "2016-13": ErrMonth,
	} {
		_, err := f.links.checked(Ask{
			Purpose: access.LinkPlan, Entity: "moi", Month: month, Email: "noor@example.qa", Language: i18n.English, Days: 7,
		}, f.Clock.Now())
		if !errors.Is(err, want) || (want == nil) != (err == nil) {
			t.Errorf("%q: %v, want %v", month, err, want)
		}
	}
}
