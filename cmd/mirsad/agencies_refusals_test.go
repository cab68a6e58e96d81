package main

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mirsad/internal/programme"
)

// provoked holds, for each code that the agencies' page lists, a row that is refused with it.
var provoked = map[programme.RefusalCode]string{
	programme.RefusedMalformedJSON:      `{"specversion":`,
	programme.RefusedNotCloudEvent:      sentEvent(`"1.0"`, `"0.3"`),
	programme.RefusedUnknownType:        sentEvent("mirsad.usage.v1", "mirsad.usage.v9"),
	programme.RefusedUnknownField:       sentEvent(`"channel"`, `"name":"Fatima","channel"`),
	programme.RefusedMissingField:       sentEvent(`,"stage":"complete"`, ``),
	programme.RefusedBadValue:           sentEvent(`"web"`, `"fax"`),
	programme.RefusedBadTime:            sentEvent("+03:00", ""),
	programme.RefusedFutureTime:         sentEvent("2016-08-10", "2116-08-10"),
	programme.RefusedTooOld:             sentEvent("2016-08-10", "1996-08-10"),
	programme.RefusedTooLarge:           sentEvent(`"test"`, `"`+strings.Repeat("x", 64<<10)+`"`),
	programme.RefusedUnknownService:     sentEvent("moi-1", "moi-99"),
	programme.RefusedEntityMismatch:     sentEvent("moi-1", "moph-1"),
	programme.RefusedStateValueMismatch: statedNothing,
}

// elsewhere are the codes that no row of events provokes, with the test that shows each.
var elsewhere = map[programme.RefusalCode]string{
	programme.RefusedDigitalExceedsTotal: "a table with totals, in the same test",
	programme.RefusedStatedTwice:         "TestATotalThatIsStatedTwice",
	programme.RefusedByStore:             "TestRowsTheStoreWillNeverTakeAreQuarantined",
}

// sentEvent is a good event with one thing in it exchanged.
func sentEvent(old, replacement string) string {
	return strings.Replace(usage("refused", "moi-1", "1"), old, replacement, 1)
}

// statedNothing is a statement that says reported and gives no value.
const statedNothing = `{"specversion":"1.0","id":"s","source":"test","type":"mirsad.statement.v1",` +
	`"time":"2016-09-01T09:00:00+03:00","subject":"moi-1","data":{"period":"2016-08","channel":"web","measure":"completed","state":"reported"}}`

// TestAgenciesPageCodesAndStatusesAreAnswered provokes every code and every status that the page lists.
func TestAgenciesPageCodesAndStatusesAreAnswered(t *testing.T) {
	t.Parallel()
	p := serveCatalogue(t)
	token, reader := p.token("--scope", "events", "--entity", "moi"), p.token("--scope", "read")
	for _, code := range programme.RefusalCodes() {
		if _, is := elsewhere[code]; is {
			continue
		}
		row, has := provoked[code]
		if !has {
			t.Errorf("no row provokes %s", code)
			continue
		}
		if got := p.refusedAs(t, token, "application/x-ndjson", row+"\n"+usage("good", "moi-1", "1")); got != string(code) {
			t.Errorf("%.200s is refused as %q, not as %s", row, got, code)
		}
	}
	table := "service,channel,measure,period,state,total,digital\nmoi-1,counter,completed,2016-08,reported,5,6\n"
	if got := p.refusedAs(t, token, "text/csv", table); got != string(programme.RefusedDigitalExceedsTotal) {
		t.Errorf("a digital part above its total is refused as %q", got)
	}
	p.answersEachStatus(t, token, reader)
	p.readsTables(t, token)
}

// readsTables holds what the page says of tables against the server.
func (p *program) readsTables(t *testing.T, token string) {
	t.Helper()
	const head, row = "service,channel,measure,period,state,value\n", "moi-1,web,completed,2016-08,reported,"
	tabs := strings.NewReplacer(",", "\t")
	for table, status := range map[string]int{
		"\ufeff" + head + "\n" + row + "10\n\n":                     http.StatusOK,
		tabs.Replace(head + row + "10\n"):                           http.StatusOK,
		head + row + "١٠\n":                                         http.StatusOK,
		head + row + "\"1,234\"\n":                                  http.StatusOK,
		head + row + "1 234\n,,,,,\n":                               http.StatusOK,
		head + row + "\u200f1234.0,,\n":                             http.StatusOK,
		strings.Replace(head+row, "2016-08", "Aug-16", 1) + "10\n":  http.StatusOK,
		strings.Replace(head+row, "2016-08", "08/2016", 1) + "10\n": http.StatusOK,
		strings.ToUpper(head) + row + "10\n":                        http.StatusOK,
		"value,id,state,period,measure,channel,service\n1,,reported,2016-08,started,web,moi-1\n": http.StatusOK,
		"service,channel,measure,period\n":               http.StatusUnprocessableEntity,
		"name," + head + "Fatima," + row + "10\n":        http.StatusUnprocessableEntity,
		strings.Replace(head, "value", "state", 1) + row: http.StatusUnprocessableEntity,
	} {
		got, content := p.sendAs(token, "?dry_run=true", "text/csv", table)
		var read answer
		if got != status || (got == http.StatusOK && (json.Unmarshal(content, &read) != nil || read.Accepted != 1 || len(read.Rejected) > 0)) {
			t.Errorf("%q is answered %d %s", table, got, content)
		}
	}
	for table, code := range map[string]programme.RefusalCode{
		head + row + "\n":      programme.RefusedStateValueMismatch,
		head + row + "1.234\n": programme.RefusedBadValue, head + row + "\"12,34\"\n": programme.RefusedBadValue,
	} {
		if got := p.refusedAs(t, token, "text/csv", table); got != string(code) {
			t.Errorf("%q is refused as %q", table, got)
		}
	}
}

// refusedAs tries a body of which one row is wrong and returns the code of its refusal.
func (p *program) refusedAs(t *testing.T, token, contentType, body string) string {
	t.Helper()
	status, content := p.sendAs(token, "?dry_run=true", contentType, body)
	var got answer
	if err := json.Unmarshal(content, &got); err != nil || status != http.StatusOK || len(got.Rejected) != 1 {
		t.Errorf("%.200s is answered %d %s", body, status, content)
		return ""
	}
	return got.Rejected[0].Code
}

// answersEachStatus holds the page's table of statuses against the server.
func (p *program) answersEachStatus(t *testing.T, token, reader string) {
	t.Helper()
	const lines = "application/x-ndjson"
	good, bad := usage("good", "moi-1", "1"), usage("bad", "moi-1", "-1")
	tried := map[string]func() int{
		"400": func() int { status, _ := p.sendAs(token, "", lines, "{"); return status },
		"401": func() int { status, _ := p.sendAs("nobody.secret", "", lines, good); return status },
		"403": func() int { status, _ := p.sendAs(reader, "", lines, good); return status },
		"413": func() int { status, _ := p.sendAs(token, "", lines, strings.Repeat("{}\n", 10_001)); return status },
		"415": func() int { status, _ := p.sendAs(token, "", "application/json", good); return status },
		"422": func() int { status, _ := p.sendAs(token, "?strict=true", lines, good+"\n"+bad); return status },
	}
	busy := []string{"429", "503"} // TestBudgetOfAToken and TestFullSpoolAsksToComeBack answer these
	listed := regexp.MustCompile(`(?m)^\| (\d{3}(?:, \d{3})*) \|`).FindAllStringSubmatch(agenciesPage(t), -1)
	for _, row := range listed {
		for status := range strings.SplitSeq(row[1], ", ") {
			try, has := tried[status]
			switch {
			case has:
				if got := strconv.Itoa(try()); got != status {
					t.Errorf("%s is answered instead of %s", got, status)
				}
				delete(tried, status)
			case !slices.Contains(busy, status):
				t.Errorf("nothing shows that %s is answered", status)
			}
		}
	}
	for status := range tried {
		t.Errorf("the page does not list %s", status)
	}
}

// sendAs posts events with a token.
func (p *program) sendAs(token, query, contentType, body string) (int, []byte) {
	p.t.Helper()
	address := p.service.URL + "/v1/events" + query
	request, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", contentType)
	return p.exchange(request)
}
