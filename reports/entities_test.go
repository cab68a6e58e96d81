package reports

import (
	"slices"
	"strconv"
	"testing"

	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

func TestEntitiesAreListedTheLateOnesFirst(t *testing.T) {
	p := pageOf(t, sample(small), i18n.English, "entities")
	p.wants(map[string]string{"B6": "6 entities: 2 late, 1 at risk, 2 on track or done, 1 without data."})
	want := []string{"■ Late", "■ Late", "▲ At risk", "○ No data", "● On track", "✔ Done", ""}
	for i, status := range want {
		if got := p.raw("C" + strconv.Itoa(9+i)); got != status {
			t.Errorf("row %d is %q, not %q", 9+i, got, status)
		}
	}
	p.wants(map[string]string{"B9": "Ministry of Public Health", "B10": "Ministry of Interior"}) // by how far behind
}

// Of one status, the one further behind its plan comes first; of one distance, the first by its code.
func TestTheOrderOfEntities(t *testing.T) {
	list := []figures.EntityFigures{
		{Code: "d", Status: figures.StatusOnTrack, Variance: programme.CountOf(-9)},
		{Code: "c", Status: figures.StatusLate, Variance: programme.CountOf(-1)},
		{Code: "b", Status: figures.StatusLate, Variance: programme.CountOf(-1)},
		{Code: "a", Status: figures.StatusLate, Variance: programme.CountOf(4)},
		{Code: "e", Status: figures.StatusLate, Variance: programme.CountOf(-7)},
	}
	var got []string
	for _, e := range bySlip(list) {
		got = append(got, e.Code)
	}
	if want := []string{"e", "b", "c", "a", "d"}; !slices.Equal(got, want) {
		t.Errorf("%v, not %v", got, want)
	}
}

func TestAnEntityWithoutAPlanHasEmptyCellsAndTheReason(t *testing.T) {
	p := pageOf(t, sample(small), i18n.English, "entities")
	p.wants(map[string]string{
		"C12": "○ No data", "E12": "141", "F12": "", "G12": "", "I12": "", "L12": "",
		"O12": "No approved plan.", "P12": "Submit a plan for approval.",
		"Q12": "not provided: Plan, Difference from plan, Median slip (days); not applicable: Digital take-up",
	})
}

func TestChallengesAndRemedies(t *testing.T) {
	late := figures.StatusReason{Due: 42, Done: 37, Late: 5, LateOver30: 3, Milestones: 60}
	waits := late
	waits.AwaitingVerification = 4
	incomplete := figures.Completeness{Parts: programme.Parts{Reported: 41, Expected: 64}, Grade: "D"}
	for _, c := range []struct {
		name              string
		entity            figures.EntityFigures
		challenge, remedy string
	}{
		{
			"late",
			figures.EntityFigures{Status: figures.StatusLate, Reason: late},
			"Late milestones: 5 of 42 due, of which 3 by more than 30 days.",
			"Agree recovery dates at ministerial level and report weekly.",
		},
		{
			"late, whatever it reports",
			figures.EntityFigures{Status: figures.StatusLate, Reason: late, Completeness: incomplete},
			"Late milestones: 5 of 42 due, of which 3 by more than 30 days.",
			"Agree recovery dates at ministerial level and report weekly.",
		},
		{
			"at risk",
			figures.EntityFigures{Status: figures.StatusAtRisk, Reason: late},
			"Late milestones: 5 of 42 due, of which 3 by more than 30 days.",
			"Agree new dates with the programme office within the month.",
		},
		{
			"without a plan",
			figures.EntityFigures{Status: figures.StatusNoData},
			"No approved plan.", "Submit a plan for approval.",
		},
		{
			"on track with little data",
			figures.EntityFigures{Status: figures.StatusOnTrack, Reason: late, Completeness: incomplete},
			"Use reported for 41 of 64 services.", "Send the missing monthly totals, or connect the system that sends usage data.",
		},
		{
			"on track",
			figures.EntityFigures{Status: figures.StatusOnTrack, Reason: late},
			"37 of 60 milestones done.", "None needed: keep the pace.",
		},
		{
			"late, and waiting for the programme office",
			figures.EntityFigures{Status: figures.StatusLate, Reason: waits},
			"Late milestones: 5 of 42 due, of which 3 by more than 30 days. Awaiting verification: 4.",
			"Agree recovery dates at ministerial level and report weekly.",
		},
		{
			"on track, and waiting for the programme office",
			figures.EntityFigures{Status: figures.StatusOnTrack, Reason: waits},
			"37 of 60 milestones done. Awaiting verification: 4.", "None needed: keep the pace.",
		},
		{
			"without a plan, whatever waits",
			figures.EntityFigures{Status: figures.StatusNoData, Reason: waits},
			"No approved plan.", "Submit a plan for approval.",
		},
		{
			"done",
			figures.EntityFigures{Status: figures.StatusDone, Reason: late},
			"37 of 60 milestones done.", "None needed: keep the pace.",
		},
	} {
		challenge, remedy := (&tab{workbook: said(t, sample(small), i18n.English)}).challenge(&c.entity)
		if challenge != c.challenge || remedy != c.remedy {
			t.Errorf("%s: %q and %q", c.name, challenge, remedy)
		}
	}
}

func TestTheTotalOfTheEntitiesChecksItself(t *testing.T) {
	p := pageOf(t, sample(small), i18n.English, "entities")
	p.wants(map[string]string{"B15": "All entities", "E15": "851", "E16": "0"})
	formula, err := p.file.GetCellFormula(p.name, "E16")
	if err != nil || formula != "SUM(E9:E14)-progress_counted" {
		t.Errorf("the check is %q: %v", formula, err)
	}
	f := sample(small)
	f.Entities[2].Counted += 3
	pageOf(t, f, i18n.English, "entities").wants(map[string]string{"E15": "851", "E16": "3"})
}

// The months that sparklines are drawn from are beside the page; a month that is missing leaves its cell empty.
func TestTheTrendIsBesideThePage(t *testing.T) {
	p := pageOf(t, sample(small), i18n.English, "entities")
	p.wants(map[string]string{
		"T8": "Use Oct 2015", "AE8": "Use Sep 2016", "AF8": "Months missing", "U9": "", "AF9": "not provided: November 2015",
		"T9": "19800", "AE9": "42600",
	})
}

func TestAProgrammeWithoutEntities(t *testing.T) {
	f := sample(small)
	f.Entities = nil
	for language, words := range map[i18n.Language]string{
		i18n.English: "Nothing to show",
		i18n.Arabic:  "لا يوجد ما يُعرَض",
	} {
		pageOf(t, f, language, "entities").wants(map[string]string{"B9": words, "E10": "851", "E11": "-851"})
	}
}
