package ingest

import (
	"fmt"
	"strings"
	"testing"

	"mirsad/ingest/refusal"
	"mirsad/ingest/rows"
	"mirsad/internal/programme"
)

// shownRefusals are the refused rows of an answer: where, why, and what was found.
func shownRefusals(answer Answer) string {
	shown := make([]string, 0, len(answer.Rejected))
	for i := range answer.Rejected {
		r := &answer.Rejected[i]
		var one strings.Builder
		fmt.Fprintf(&one, "%d@%d %s %s", r.Index, r.Row, r.Code, r.Field)
		for _, each := range r.Faults {
			fmt.Fprintf(&one, " [%s %s]", each.Code, each.Field)
		}
		shown = append(shown, one.String())
	}
	return strings.Join(shown, "; ")
}

// Two rows of one table that state one total with different values are both refused, each naming the other
// (docs/rules.md#rows-of-one-table).
func TestATotalThatIsStatedTwice(t *testing.T) {
	const heading = "service,channel,measure,period,state,value,total,digital,id,source\n"
	for name, c := range map[string]struct {
		rows     string
		accepted int
		refused  string
	}{
		"two values": {
			"moi-2,web,completed,2016-08,reported,100\nmoi-1,web,completed,2016-08,reported,7\nmoi-2,web,completed,2016-08,reported,40\n", 1,
			"0@2 stated_twice value; 2@4 stated_twice value",
		},
		"the same value twice is one row": {
			"moi-2,web,completed,2016-08,reported,100\nmoi-2,web,completed,2016-08,reported,\"100\"\n", 2, "",
		},
		"the same value in another writing": {
			"moi-2,web,completed,2016-08,reported,1000\nMOI-2,web,completed,Aug-16,reported,\"1,000\"\n", 2, "",
		},
		"the same total in another writing": {
			"moi-2,web,completed,2016-08,reported,100\nMOI-2,Web,completed,08/2016,reported,40\n", 0,
			"0@2 stated_twice value; 1@3 stated_twice value",
		},
		"a value and a state": {
			"moi-2,web,completed,2016-08,reported,100\nmoi-2,web,completed,2016-08,not_provided,\n", 0,
			"0@2 stated_twice value; 1@3 stated_twice value",
		},
		"a value and a total less its digital part": {
			"moi-2,other,completed,2016-08,reported,100\nmoi-2,other,completed,2016-08,reported,,100,60\n", 0,
			"0@2 stated_twice value; 1@3 stated_twice value",
		},
		"a value and a total that is the same": {
			"moi-2,other,completed,2016-08,reported,40\nmoi-2,other,completed,2016-08,reported,,100,60\n", 2, "",
		},
		"other names make no other total": {
			"moi-2,web,completed,2016-08,reported,100,,,a,north\nmoi-2,web,completed,2016-08,reported,40,,,b,south\n", 0,
			"0@2 stated_twice value; 1@3 stated_twice value",
		},
		"three rows, two of them the same": {
			"moi-2,web,completed,2016-08,reported,1\nmoi-2,web,completed,2016-08,reported,1\nmoi-2,web,completed,2016-08,reported,2\n", 0,
			"0@2 stated_twice value; 1@3 stated_twice value; 2@4 stated_twice value",
		},
		"another period, channel or measure": {
			"moi-2,web,completed,2016-08,reported,1\nmoi-2,web,completed,2016-07,reported,2\nmoi-2,mobile,completed,2016-08,reported,3\n" +
				"moi-2,web,started,2016-08,reported,4\nmoi-2,web,completed,2016-08-01,reported,5\n", 5, "",
		},
		"a row that is refused states nothing": {
			"moi-2,web,completed,2016-08,reported,1\nmoi-2,web,completed,2016-08,reported,x\n", 1, "1@3 bad_value value",
		},
	} {
		f := newFixture(t, quick, newMemoryStore(), standing)
		answer := f.table(t, agency, heading+c.rows)
		if answer.Accepted != c.accepted || shownRefusals(answer) != c.refused {
			t.Errorf("%s: %d accepted, refused %s", name, answer.Accepted, shownRefusals(answer))
		}
	}
}

func TestARowThatIsStatedTwiceNamesTheOther(t *testing.T) {
	store := newMemoryStore()
	f := newFixture(t, quick, store, standing)
	answer := f.table(t, agency, statementHeading+"moi-2,web,completed,2016-08,reported,100\n,,,,,\nmoi-1,web,completed,2016-08,reported,7\n"+
		"moi-2,web,completed,2016-08,reported,40\n")
	first, second := answer.Rejected[0], answer.Rejected[1]
	if first.Message != "Row 5 states the same total with another value: 40." || !strings.Contains(first.MessageAr, "الصف 5") ||
		second.Message != "Row 2 states the same total with another value: 100." || first.Remedy == "" || first.RemedyAr == first.Remedy {
		t.Errorf("%+v\n%+v", first, second)
	}
	f.start(t)
	f.idle(t)
	statements, refusals := rowsIn[programme.Statement](store, "statements"), rowsIn[programme.Refusal](store, "refusals")
	if len(statements) != 1 || statements[0].Service != "moi-1" || len(refusals) != 2 || refusals[1].Entity != "moi" ||
		string(refusals[1].Raw) != statementHeading+"moi-2,web,completed,2016-08,reported,40" {
		t.Errorf("%+v\n%+v", statements, refusals)
	}
	if kept := refusal.Explain(f.Words, refusals[1]); kept.Message != second.Message || kept.Row != 5 {
		t.Errorf("the quarantine says %+v", kept)
	}
}

// A body of JSON that holds statements alone is a table as well; an event that is sent again replaces.
func TestATotalThatJSONStatesTwice(t *testing.T) {
	value := func(id string, value int) string { return statement(fields{"value": value}, fields{"id": id}) }
	for name, c := range map[string]struct {
		rows     []string
		accepted int
		refused  string
	}{
		"two events":               {[]string{value("a", 1), value("b", 2)}, 0, "0@0 stated_twice data.value; 1@0 stated_twice data.value"},
		"the same value":           {[]string{value("a", 1), value("b", 1)}, 2, ""},
		"the same event again":     {[]string{value("a", 1), value("a", 2)}, 2, ""},
		"among events of use":      {[]string{value("a", 1), value("b", 2), usage(nil)}, 3, ""},
		"one row that is refused":  {[]string{value("a", 1), value("b", 2), "{"}, 0, "0@0 stated_twice data.value; 1@0 stated_twice data.value; 2@0 malformed_json "},
		"again and then another's": {[]string{value("a", 1), value("a", 2), value("b", 2)}, 3, ""},
	} {
		f := newFixture(t, quick, newMemoryStore(), standing)
		answer := f.lines(t, agency, c.rows...)
		if answer.Accepted != c.accepted || shownRefusals(answer) != c.refused {
			t.Errorf("%s: %d accepted, refused %s", name, answer.Accepted, shownRefusals(answer))
		}
	}
}

// All that is wrong with a row of a table is said at once, and where its sender finds it.
func TestAllFaultsOfARowAreSaidAtOnce(t *testing.T) {
	const uses = "id,time,service,channel,stage,count\n"
	for table, want := range map[string]string{
		statementHeading + ",,,,,\n\nmoi-9,fax,done,soon,known,many\n": "0@4 unknown_service service [unknown_service service] [bad_value period] " +
			"[bad_value channel] [bad_value measure] [bad_value state] [bad_value value]",
		statementHeading + "moph-1,web,completed,2016-11,reported,\n": "0@2 entity_mismatch service [entity_mismatch service] " +
			"[future_time period] [state_value_mismatch value]",
		statementHeading + "moi-1,web,completed,2016-11,not_provided,5\n":   "0@2 future_time period [future_time period] [state_value_mismatch value]",
		statementHeading + "moi-1\n":                                        "0@2 missing_field period [missing_field period] [missing_field channel] [missing_field measure] [missing_field state]",
		uses + "a,2016-09-30 09:00,moi-9,web,complete,1.5\n":                "0@2 unknown_service service [unknown_service service] [bad_time time] [bad_value count]",
		uses + ",2017-09-30T09:00:00Z,moi-9,web,complete,1\n":               "0@2 unknown_service service [unknown_service service] [missing_field id] [future_time time]",
		statementHeading + "moi-1,web,completed,2016-08,reported,1,\n\"x\n": "1@3 malformed_json csv",
	} {
		f := newFixture(t, quick, newMemoryStore(), standing)
		answer, err := f.Receive(t.Context(), Submission{Principal: agency, Format: rows.FormatCSV, Body: []byte(table)})
		if err != nil || shownRefusals(answer) != want {
			t.Errorf("%q: %v\n got %s\nwant %s", table, err, shownRefusals(answer), want)
		}
		for i := range answer.Rejected {
			for _, each := range answer.Rejected[i].Faults {
				if each.Message == "" || each.Remedy == "" || each.Message == each.MessageAr || strings.ContainsAny(each.Message+each.RemedyAr, "⟦{") {
					t.Errorf("%q: %+v", table, each)
				}
			}
		}
	}
}
