package figures_test

import (
	"slices"
	"strconv"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

func TestAReaderSeesTheFindingsOfTheirOwnEntities(t *testing.T) {
	whole := &figures.Quality{
		Findings: []programme.Finding{{Entity: "moi"}, {Entity: "moj"}},
		Limits:   []figures.FindingLimit{{Kind: programme.FindingIDOnTwoDays, Reason: figures.LimitTooMany}},
		Refused:  []programme.RefusedRows{{Entity: "moi", Rows: 1}, {Entity: "", Rows: 2}, {Entity: "moj", Rows: 3}},
	}
	seen := whole.Of(only("moj"))
	if len(seen.Findings) != 1 || seen.Findings[0].Entity != "moj" || len(seen.Refused) != 1 || seen.Refused[0].Rows != 3 {
		t.Errorf("%+v", seen)
	}
	if !slices.Equal(seen.Limits, whole.Limits) {
		t.Errorf("what limits the findings limits everyone's: %+v", seen.Limits)
	}
	if none := whole.Of(only()); none.Findings == nil || none.Refused == nil || len(none.Findings)+len(none.Refused) != 0 {
		t.Errorf("who sees none: %+v", none)
	}
}

func TestRefusedRowsAreSummedByCode(t *testing.T) {
	q := &figures.Quality{Refused: []programme.RefusedRows{
		{Entity: "moi", Code: programme.RefusedTooOld, Rows: 2},
		{Entity: "moi", Code: programme.RefusedBadValue, Rows: 1},
		{Entity: "moj", Code: programme.RefusedTooOld, Rows: 3},
		{Entity: "moj", Code: programme.RefusedByStore, Rows: 0},
	}}
	want := []programme.RefusedRows{
		{Code: programme.RefusedBadValue, Rows: 1}, {Code: programme.RefusedTooOld, Rows: 5},
	}
	if got := q.RefusedByCode(); !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if none := (&figures.Quality{}).RefusedByCode(); none == nil || len(none) != 0 {
		t.Errorf("without any: %#v", none)
	}
}

func TestFindingsAreOrderedByEntityThenService(t *testing.T) {
	list := []programme.Finding{
		{Entity: "moj", Service: "a"},
		{Entity: "moi", Service: "b", Kind: programme.FindingStatementDiffers},
		{Entity: "moi", Service: "b", Kind: programme.FindingIDOnTwoDays},
		{Entity: "moi", Service: "a"},
	}
	want := []programme.Finding{list[3], list[2], list[1], list[0]}
	figures.SortFindings(list)
	for i := range list {
		if list[i].Key() != want[i].Key() {
			t.Errorf("finding %d is %+v", i, list[i])
		}
	}
}

func TestMilestonesAreOrderedByEntityThenCode(t *testing.T) {
	list := []figures.MilestoneKey{{"moj", "a"}, {"moi", "b"}, {"moi", "a"}}
	slices.SortFunc(list, figures.MilestoneKey.Compare)
	if !slices.Equal(list, []figures.MilestoneKey{{"moi", "a"}, {"moi", "b"}, {"moj", "a"}}) {
		t.Errorf("%v", list)
	}
	key := figures.MilestoneKey{Entity: "moi", Milestone: "a"}
	if key.Compare(key) != 0 {
		t.Error("a milestone is not itself")
	}
}

func TestAnApprovedMilestoneIsFoundByEntityAndCode(t *testing.T) {
	p := &figures.PlanFigures{Approved: []figures.ApprovedMilestone{
		{Entity: "moi", Milestone: "a"}, {Entity: "moi", Milestone: "c"}, {Entity: "moj", Milestone: "b"},
	}}
	for i, each := range p.Approved {
		if got := p.ApprovedMilestone(each.Entity, each.Milestone); got != &p.Approved[i] {
			t.Errorf("%+v is %+v", each, got)
		}
	}
	for _, code := range []string{"", "b", "d"} {
		if got := p.ApprovedMilestone("moi", code); got != nil {
			t.Errorf("moi has a milestone %q: %+v", code, got)
		}
	}
}

// The standing of each date is tried on the day itself and on the days beside it.
func TestAMilestoneIsLateFromTheThirtyFirstDay(t *testing.T) {
	original := civiltest.Day("2016-01-31")
	for on, want := range map[string]figures.Status{
		"2016-01-31": figures.StatusDue, "2016-02-01": figures.StatusAtRisk,
		"2016-03-01": figures.StatusAtRisk, "2016-03-02": figures.StatusLate,
	} {
		if got := (figures.MilestoneDays{Original: original, Expected: original}).Standing(civiltest.Day(on)); got != want {
			t.Errorf("on %s it is %s, want %s", on, got, want)
		}
	}
}

func TestQualityOfWhatIsSeen(t *testing.T) {
	q := figures.Quality{
		Findings: []programme.Finding{
			{
				Kind:    programme.FindingIDOnTwoDays,
				Entity:  "moc",
				Service: "trade",
				Days:    []civil.Date{civiltest.Day("2016-09-01"), civiltest.Day("2016-09-02")},
				Keys:    3,
			},
			{Kind: programme.FindingStatementDiffers, Entity: "moi", Service: "a", Period: civiltest.Period("2016-03")},
		},
		Limits: []figures.FindingLimit{{Kind: programme.FindingIDOnTwoDays, Reason: figures.LimitTooMany}},
		Refused: []programme.RefusedRows{
			{
				Entity: "moc",
				Code:   programme.RefusedTooOld,
				Rows:   2,
			},
			{Entity: "moi", Code: programme.RefusedBadTime, Rows: 3},
			{Entity: "moi", Code: programme.RefusedTooOld, Rows: 1},
			{Entity: "", Code: programme.RefusedMalformedJSON, Rows: 4},
		},
	}
	if got := q.RefusedByCode(); !slices.Equal(
		got,
		[]programme.RefusedRows{
			{Entity: "", Code: programme.RefusedMalformedJSON, Rows: 4},
			{Entity: "", Code: programme.RefusedBadTime, Rows: 3},
			{Entity: "", Code: programme.RefusedTooOld, Rows: 3},
		},
	) {
		t.Errorf("refused by code: %v", got)
	}
	seen := q.Of(func(entity string) bool { return entity == "moi" })
	if len(seen.Findings) != 1 || seen.Findings[0].Service != "a" || len(seen.Refused) != 2 || len(seen.Limits) != 1 {
		t.Errorf("moi sees %+v", seen)
	}
	if a, b := q.Findings[0].Key(), q.Findings[1].Key(); a >= b {
		t.Errorf("%q comes after %q", a, b)
	}
	for _, kind := range programme.FindingKinds() {
		if kind == "" {
			t.Error("a kind without a name")
		}
	}
}

// What an entity has more of one kind than can be listed is left out and counted, and only who sees the entity is told.
func TestFindingsAreBoundedByEntityAndKind(t *testing.T) {
	var findings []programme.Finding
	add := func(entity string, kind programme.FindingKind, n int) {
		for i := range n {
			findings = append(findings, programme.Finding{Entity: entity, Kind: kind, Service: strconv.Itoa(i)})
		}
	}
	add("moc", programme.FindingFarFromUsual, figures.MostFindings+3)
	add("moc", programme.FindingRepeatedValue, figures.MostFindings)
	add("moi", programme.FindingFarFromUsual, figures.MostFindings+4)
	listed, limits := figures.Bound(findings)
	if len(listed) != 3*figures.MostFindings {
		t.Errorf("%d are listed", len(listed))
	}
	q := figures.Quality{Findings: listed, Limits: limits}
	for entity, more := range map[string]int{"": 7, "moc": 3, "moi": 4, "moe": 0} {
		seen := q.Of(func(of string) bool { return entity == "" || of == entity })
		want := []figures.FindingLimit{{Kind: programme.FindingFarFromUsual, Reason: figures.LimitTooMany, More: more}}
		if more == 0 {
			want = []figures.FindingLimit{}
		}
		if !slices.Equal(seen.Limits, want) {
			t.Errorf("%q sees the limits %+v", entity, seen.Limits)
		}
	}
}
