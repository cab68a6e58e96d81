package main

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// doubt is one finding of the API's answer.
type doubt struct {
	Kind       string   `json:"kind"`
	Service    string   `json:"service"`
	Period     string   `json:"period"`
	Days       []string `json:"days"`
	Keys       int      `json:"keys"`
	Statement  number   `json:"statement"`
	Difference number   `json:"difference"`
}

// quality is what the API answers of the data's quality.
type quality struct {
	Items  []doubt `json:"items"`
	Limits []struct {
		Reason string `json:"reason"`
	} `json:"limits"`
	Entities []struct {
		Code string `json:"code"`
	} `json:"entities"`
	Refused []struct {
		Code string `json:"code"`
		Rows int    `json:"rows"`
	} `json:"refused"`
}

// qualityOf asks for the findings of one service and for what stands beside them.
func (p *program) qualityOf(service, path string) quality {
	p.t.Helper()
	var answer quality
	p.get(path, &answer)
	answer.Items = slices.DeleteFunc(answer.Items, func(f doubt) bool { return f.Service != service })
	return answer
}

// checkFindings sends one id on two days and a statement of no use, which is far from its events and from the months
// before, and takes both back.
func checkFindings(t *testing.T, p *program, service string) {
	t.Helper()
	const august = "/v1/quality?on=2016-08-31"
	if before := p.qualityOf(service, august); len(before.Items) != 0 || len(before.Entities) == 0 || len(before.Limits) != 0 {
		t.Fatalf("before: %+v", before)
	}
	onTheNextDay := func(line string) string { return strings.Replace(line, "2016-08-10", "2016-08-11", 1) }
	p.send(usage("two-days", service, "1"), onTheNextDay(usage("two-days", service, "1")),
		eventOf("statement", "apart", service, `{"period":"2016-08","channel":"web","measure":"completed","state":"reported","value":0}`))
	p.settle()
	after := p.qualityOf(service, august)
	if len(after.Items) != 3 || after.Items[0].Kind != "far_from_usual" ||
		!slices.Equal(after.Items[1].Days, []string{"2016-08-10", "2016-08-11"}) || after.Items[1].Keys != 1 {
		t.Fatalf("after: %+v", after)
	}
	if f := after.Items[2]; f.Kind != "statement_differs" || f.Period != "2016-08" || !f.Statement.is(0) || f.Difference.Value != nil {
		t.Errorf("the statement: %+v", f)
	}
	if len(after.Refused) == 0 {
		t.Error("the rows that were refused before are not counted")
	}
	past := p.qualityOf(service, august+"&as_at=2016-10-10")
	if len(past.Items) != 0 || len(past.Limits) != 3 || past.Limits[0].Reason != "past_as_at" || len(past.Refused) != 0 {
		t.Errorf("as at a past day: %+v", past)
	}
	status, file := p.request(http.MethodGet, "/v1/quality.csv?on=2016-08-31", "", nil)
	if status != http.StatusOK || !strings.Contains(string(file), "2016-08-10 2016-08-11") {
		t.Errorf("the CSV: %d %s", status, file)
	}
	p.send(onTheNextDay(usage("two-days", service, "0")),
		eventOf("statement", "apart-not", service, `{"period":"2016-08","channel":"web","measure":"completed","state":"not_provided"}`))
	p.settle()
	if again := p.qualityOf(service, august); len(again.Items) != 0 {
		t.Errorf("put right, and still found: %+v", again)
	}
}
