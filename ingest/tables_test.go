package ingest

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"mirsad/ingest/rows"
	"mirsad/internal/access"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
)

const statementHeading = "service,channel,measure,period,state,value\n"

func (f *fixture) table(t *testing.T, by access.Principal, body string) Answer {
	t.Helper()
	answer, err := f.Receive(t.Context(), Submission{Principal: by, Format: rows.FormatCSV, Body: []byte(body)})
	if err != nil {
		t.Fatalf("%v for %q", err, body)
	}
	return answer
}

func TestTableOfStatements(t *testing.T) {
	store := newMemoryStore()
	f := newFixture(t, quick, store, standing)
	answer := f.table(t, agency, "\ufeffService;Channel;Measure;Period;State;Value\r\n"+
		"moi-1;web;completed;2016-08;reported;12\r\n"+
		"moi-1;counter;completed;2016-08;not_provided;\r\n"+
		"moi-2;web;completed;2016-Q2;reported;\u0660\u0661\u0662\r\n"+ // Arabic-Indic 012
		"moi-2;mobile;completed;٢٠١٦-٠٧;reported;0\r\n")
	if answer.Accepted != 4 || len(answer.Rejected) != 0 {
		t.Fatalf("%+v", answer)
	}
	f.start(t)
	f.idle(t)
	var got []string
	for _, s := range rowsIn[programme.Statement](store, "statements") {
		got = append(got, strings.Join([]string{s.Service, string(s.Channel), s.Period.String(), string(s.State), strconv.FormatInt(s.Value, 10), s.Source, s.EventID}, " "))
	}
	want := []string{
		"moi-1 web 2016-08 reported 12 csv 2016-08/moi-1/completed/web",
		"moi-1 counter 2016-08 not_provided 0 csv 2016-08/moi-1/completed/counter",
		"moi-2 web 2016-Q2 reported 12 csv 2016-Q2/moi-2/completed/web",
		"moi-2 mobile 2016-07 reported 0 csv 2016-07/moi-2/completed/mobile",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestTableOfUsage(t *testing.T) {
	store := newMemoryStore()
	f := newFixture(t, quick, store, standing)
	answer := f.table(t, agency, "id,time,service,channel,stage,count,rating\n"+
		"a,2016-09-30T09:00:00+03:00,moi-1,web,complete,7,5\n"+
		"b,2016-09-30T09:00:00+03:00,moi-1,web,complete,,\n"+
		"a,2016-09-30T09:00:00+03:00,moi-1,web,complete,0,\n")
	if answer.Accepted != 3 || len(answer.Rejected) != 0 {
		t.Fatalf("%+v", answer)
	}
	f.start(t)
	f.idle(t)
	events := rowsIn[programme.UsageEvent](store, "usage")
	if len(events) != 3 || events[0].Count != 7 || events[0].Rating != 5 || events[1].Count != 1 || events[2].Count != 0 ||
		events[0].Key != events[2].Key || events[0].Version >= events[2].Version {
		t.Errorf("%+v", events)
	}
}

func TestRefusedRowsOfATable(t *testing.T) {
	f := newFixture(t, quick, newMemoryStore(), standing)
	for _, c := range []struct {
		row   string
		code  programme.RefusalCode
		field string
	}{
		{"moi-9,web,completed,2016-08,reported,1", programme.RefusedUnknownService, "service"},
		{"moph-1,web,completed,2016-08,reported,1", programme.RefusedEntityMismatch, "service"},
		{",web,completed,2016-08,reported,1", programme.RefusedMissingField, "service"},
		{"moi-1,fax,completed,2016-08,reported,1", programme.RefusedBadValue, "channel"},
		{"moi-1,web,completed,08/09/2016,reported,1", programme.RefusedBadValue, "period"},
		{"moi-1,web,completed,16-Aug,reported,1", programme.RefusedBadValue, "period"},
		{"moi-1,web,completed,2016-11,reported,1", programme.RefusedFutureTime, "period"},
		{"moi-1,web,completed,2016-08,,1", programme.RefusedMissingField, "state"},
		{"moi-1,web,completed,2016-08,reported,", programme.RefusedStateValueMismatch, "value"},
		{"moi-1,web,completed,2016-08,not_provided,0", programme.RefusedStateValueMismatch, "value"},
		{"moi-1,web,completed,2016-08,reported,ten", programme.RefusedBadValue, "value"},
		{"moi-1,web,completed,2016-08,reported,1.5", programme.RefusedBadValue, "value"},
		{"moi-1,web,completed,2016-08,reported,-1", programme.RefusedBadValue, "value"},
		{"moi-1,web,completed,2016-08,reported,99999999999999999999", programme.RefusedBadValue, "value"},
		{"moi-1,web,completed,2016-08,reported,1,2", programme.RefusedMalformedJSON, "csv"},
		{"moi-1,w\"eb,completed,2016-08,reported,1", programme.RefusedMalformedJSON, "csv"},
		{"moi-1,w\xffb,completed,2016-08,reported,1", programme.RefusedMalformedJSON, "csv"},
		{"moi-1", programme.RefusedMissingField, "period"},
		{strings.Repeat("x", rows.MaxBytes+1), programme.RefusedTooLarge, ""},
	} {
		const good = "moi-1,web,completed,2016-08,reported,1\n"
		answer := f.table(t, agency, statementHeading+good+c.row+"\n"+good)
		if answer.Accepted != 2 || len(answer.Rejected) != 1 {
			t.Errorf("%.60q: %+v", c.row, answer)
			continue
		}
		r := answer.Rejected[0]
		if r.Index != 1 || r.Code != c.code || r.Field != c.field || r.Remedy == "" || strings.ContainsAny(r.MessageAr+r.Remedy, "⟦{") {
			t.Errorf("%.60q: %+v", c.row, r)
		}
	}
}

func TestRefusedRowOfATableKeepsItsHeading(t *testing.T) {
	store := newMemoryStore()
	f := newFixture(t, quick, store, standing)
	f.table(t, agency, statementHeading+"moi-1,web,completed,2016-08,reported,1\n"+"moi-1,fax,completed,2016-08,reported,1\r\n")
	f.start(t)
	f.idle(t)
	refused := rowsIn[programme.Refusal](store, "refusals")
	if len(refused) != 1 || refused[0].Format != programme.RowCSV ||
		string(refused[0].Raw) != statementHeading+"moi-1,fax,completed,2016-08,reported,1" {
		t.Errorf("%+v", refused)
	}
}

func TestTotalsOfATable(t *testing.T) {
	f := newFixture(t, quick, newMemoryStore(), standing)
	answer := f.table(t, agency, "service,channel,measure,period,state,total,digital\n"+
		"moi-1,other,completed,2016-08,reported,10,4\nmoi-1,other,completed,2016-07,reported,4,10\n")
	if answer.Accepted != 1 || len(answer.Rejected) != 1 || answer.Rejected[0].Code != programme.RefusedDigitalExceedsTotal {
		t.Errorf("%+v", answer)
	}
}

func TestATableWithoutRowsIsNoEvent(t *testing.T) {
	f := newFixture(t, quick, newMemoryStore(), standing)
	for _, body := range []string{"", "\ufeff", statementHeading} {
		sent := Submission{Principal: agency, Format: rows.FormatCSV, Body: []byte(body)}
		if _, err := f.Receive(t.Context(), sent); !errors.Is(err, ErrNoEvent) {
			t.Errorf("%q: %v", body, err)
		}
	}
}

// A heading that is refused reaches the sender with every column at fault.
func TestARefusedHeadingIsAnsweredColumnByColumn(t *testing.T) {
	f := newFixture(t, quick, newMemoryStore(), standing)
	sent := Submission{Principal: agency, Format: rows.FormatCSV, Body: []byte("service,channel,period,value\nx\n")}
	_, err := f.Receive(t.Context(), sent)
	if faults, are := errors.AsType[*httpserver.FaultsError](err); !are || len(faults.Faults) != 2 {
		t.Errorf("%v", err)
	}
}
