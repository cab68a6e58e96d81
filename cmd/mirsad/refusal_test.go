package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// refused is one refused row of an answer.
type refused struct {
	Index     int    `json:"index"`
	ID        string `json:"id"`
	Code      string `json:"code"`
	Field     string `json:"field"`
	Message   string `json:"message"`
	MessageAr string `json:"message_ar"`
	Remedy    string `json:"remedy"`
	RemedyAr  string `json:"remedy_ar"`
}

// answer is what POST /v1/events answers.
type answer struct {
	Receipt  string    `json:"receipt"`
	Accepted int       `json:"accepted"`
	Rejected []refused `json:"rejected"`
}

// send posts lines of events and returns the 202.
func (p *program) send(lines ...string) answer {
	p.t.Helper()
	status, body := p.post("/v1/events", "application/x-ndjson", []byte(strings.Join(lines, "\n")))
	var got answer
	if err := json.Unmarshal(body, &got); err != nil || status != http.StatusAccepted {
		p.t.Fatalf("POST /v1/events: %d %s", status, body)
	}
	return got
}

func usage(id, service, count string) string {
	return `{"specversion":"1.0","id":"` + id + `","source":"test","type":"mirsad.usage.v1","time":"2016-08-10T09:00:00+03:00","subject":"` + service +
		`","data":{"channel":"web","stage":"complete","count":` + count + `}}`
}

func eventOf(kind, id, service, data string) string {
	return `{"specversion":"1.0","id":"` + id + `","source":"test","type":"mirsad.` + kind + `.v1","time":"2016-08-10T09:00:00+03:00","subject":"` + service +
		`","data":` + data + `}`
}

// checkBadRows sends what an agency should not send, each between good neighbours.
func checkBadRows(t *testing.T, p *program, service string) {
	t.Helper()
	bad := []struct{ line, code, field string }{
		{usage("unknown", "no-such-service", "1"), "unknown_service", "subject"},
		{eventOf("rollout", "level", service, `{"action":"upgrade","level":7,"effective_on":"2016-08-01"}`), "bad_value", "data.level"},
		{eventOf("statement", "month", service, `{"channel":"counter","measure":"completed","state":"reported","value":5}`), "missing_field", "data.period"},
		{usage("negative", service, "-3"), "bad_value", "data.count"},
	}
	var lines []string
	for i, each := range bad {
		lines = append(lines, usage("good-"+string(rune('a'+i)), service, "1"), each.line)
	}
	lines = append(lines, usage("good-last", service, "1"))
	got := p.send(lines...)
	if got.Accepted != len(bad)+1 || len(got.Rejected) != len(bad) {
		t.Fatalf("accepted %d, refused %+v", got.Accepted, got.Rejected)
	}
	for i, row := range got.Rejected {
		want := bad[i]
		if row.Index != 2*i+1 || row.Code != want.code || row.Field != want.field {
			t.Errorf("row %d: got %+v, want %s at %s", 2*i+1, row, want.code, want.field)
		}
		if row.Message == "" || row.MessageAr == "" || row.Message == row.MessageAr || row.Remedy == "" || row.RemedyAr == "" {
			t.Errorf("row %d is not explained in both languages: %+v", row.Index, row)
		}
	}
	var receipt answer
	p.get("/v1/receipts/"+got.Receipt, &receipt)
	if receipt.Accepted != got.Accepted || len(receipt.Rejected) != len(got.Rejected) {
		t.Errorf("the receipt says %+v", receipt)
	}
}
