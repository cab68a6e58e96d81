package reports

import (
	"testing"

	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// What a number lacks of its period is beside it: days by a gap in the events, or what is still to come.
func TestANumberThatLacksDaysSaysSo(t *testing.T) {
	f := sample(small)
	last := len(f.Usage.Total.Points) - 1
	point := &f.Usage.Total.Points[last]
	point.Total.Days, point.Total.Partial = figures.Days{Covered: 15, Expected: 30}, 1
	english := said(t, f, i18n.English)
	for _, test := range []struct {
		point figures.UsagePoint
		want  string
	}{
		{*point, "incomplete period: Use (15 of 30 days)"},
		{
			figures.UsagePoint{Total: figures.UsageTotal{Count: programme.CountOf(3), Partial: 2}},
			"incomplete period: Use (days are missing for 2 services)",
		},
		{figures.UsagePoint{Total: figures.UsageTotal{Count: programme.CountOf(3)}}, ""},
		{
			figures.UsagePoint{Total: figures.UsageTotal{Count: programme.Count{State: programme.NotProvided}}},
			"not provided: Use",
		},
	} {
		g := english.gaps()
		noteUse(g, "Use", &test.point)
		if got := g.text(); got != test.want {
			t.Errorf("%q, not %q", got, test.want)
		}
	}
	p := pageOf(t, f, i18n.Arabic, "usage")
	row := 42 + len(f.Usage.Total.Points)
	const want = "فترة غير مكتملة: المعاملات الرقمية المكتملة (15 من 30 يومًا)"
	if got := p.row("M", row, 1)[0]; got != want {
		t.Errorf("row %d: %q, not %q", row, got, want)
	}
}
