package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// block is a fenced block of a document, and the line before it.
type block struct{ language, text, before string }

// blocksOf returns the fenced blocks of a document, in order.
func blocksOf(document string) []block {
	var blocks []block
	last, open := "", false
	for line := range strings.Lines(document) {
		text := strings.TrimSpace(line)
		switch {
		case open && text == "```":
			open = false
		case open:
			blocks[len(blocks)-1].text += line
		case strings.HasPrefix(text, "```"):
			open = true
			blocks = append(blocks, block{language: text[3:], before: last})
		case text != "":
			last = text
		}
	}
	return blocks
}

// example is what a document says that one sends, and what it says is answered.
type example struct {
	script string
	status int
	answer string
	// some says that only some of the answer's fields are shown.
	some bool
}

var answered = regexp.MustCompile(`^The answer is \*\*(\d{3})\*\*(, with more fields than are shown here)?:$`)

// examplesOf pairs each script of a document with the answer shown after it. A block of another kind than those listed
// is a fault, and so is one without its pair: nothing would hold it to what the server does.
func examplesOf(document string, others ...string) (examples []example, faults []string) {
	blocks := blocksOf(document)
	for i := 0; i < len(blocks); i++ {
		shown := answered.FindStringSubmatch(blocks[min(i+1, len(blocks)-1)].before)
		switch {
		case slices.Contains(others, blocks[i].language):
		case blocks[i].language == "sh" && i+1 < len(blocks) && blocks[i+1].language == "json" && shown != nil:
			status, _ := strconv.Atoi(shown[1])
			examples = append(examples, example{blocks[i].text, status, blocks[i+1].text, shown[2] != ""})
			i++
		default:
			const fault = "no test sends this block of %q, or its answer is not shown:\n%s"
			faults = append(faults, fmt.Sprintf(fault, blocks[i].language, blocks[i].text))
		}
	}
	return examples, faults
}

// witness passes requests on to the server and remembers what was answered.
type witness struct {
	*httptest.Server

	statuses []int
	answers  [][]byte
}

func newWitness(t *testing.T, server string) *witness {
	t.Helper()
	target, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	forward := httputil.NewSingleHostReverseProxy(target)
	w := &witness{}
	w.Server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		got := httptest.NewRecorder()
		forward.ServeHTTP(got, r)
		w.statuses, w.answers = append(w.statuses, got.Code), append(w.answers, got.Body.Bytes())
		rw.WriteHeader(got.Code)
		_, _ = rw.Write(got.Body.Bytes())
	}))
	t.Cleanup(w.Close)
	return w
}

// TestAgenciesPageWorksAsWritten sends every example of the page in its order, as an agency's developer would, and
// compares the answers with those shown.
func TestAgenciesPageWorksAsWritten(t *testing.T) {
	examples, faults := examplesOf(agenciesPage(t), "go", "js")
	if len(faults) > 0 || len(examples) < 8 {
		t.Fatalf("%d examples\n%s", len(examples), strings.Join(faults, "\n"))
	}
	p := serveCatalogue(t)
	before, folder := p.totals(), t.TempDir()
	line := newWitness(t, p.service.URL)
	settings := []string{
		"EVENTS_URL=" + line.URL + "/v1/events",
		"EVENTS_TOKEN=" + p.token("--scope", "events", "--entity", "moi"),
		"PLAN_TOKEN=" + p.token("--scope", "plan", "--entity", "moi"),
	}
	for i, e := range examples {
		outside(t, folder, settings, "sh", "-euc", e.script)
		if len(line.answers) != i+1 {
			t.Fatalf("%d requests of the first %d examples", len(line.answers), i+1)
		}
		if line.statuses[i] != e.status {
			t.Errorf("%s\nis answered %d, not %d: %s", e.script, line.statuses[i], e.status, line.answers[i])
		}
		for _, difference := range differences(t, e, line.answers[i]) {
			t.Errorf("%s\nis answered otherwise than shown: %s\n%s", e.script, difference, line.answers[i])
		}
	}
	p.settle()
	p.repeatsReceipts(t, line)
	after := p.totals()
	if after.Identities != before.Identities+3 || after.Statements != before.Statements+4 {
		t.Errorf("the examples add three uses and four statements: %+v, then %+v", before, after)
	}
}

// repeatsReceipts checks that a receipt repeats its answer, and that what was refused waits in quarantine.
func (p *program) repeatsReceipts(t *testing.T, line *witness) {
	t.Helper()
	for i, content := range line.answers {
		var first, again answer
		if line.statuses[i] != http.StatusAccepted || json.Unmarshal(content, &first) != nil {
			continue
		}
		p.get("/v1/receipts/"+first.Receipt, &again)
		if again.Accepted != first.Accepted || len(again.Rejected) != len(first.Rejected) {
			t.Errorf("answered %s, and then the receipt says %+v", content, again)
		}
		var waiting struct{ Items []json.RawMessage }
		p.get("/v1/quarantine?receipt="+first.Receipt, &waiting)
		if len(waiting.Items) != len(first.Rejected) {
			t.Errorf("%d rows wait of %s", len(waiting.Items), content)
		}
	}
}

// differences says where an answer is not what an example shows.
func differences(t *testing.T, e example, content []byte) []string {
	t.Helper()
	var shown, got any
	if err := json.Unmarshal([]byte(e.answer), &shown); err != nil {
		return []string{"what is shown is no JSON: " + err.Error()}
	}
	decoder := json.NewDecoder(bytes.NewReader(content))
	if err := decoder.Decode(&got); err != nil {
		return []string{"no JSON: " + err.Error()}
	}
	return unlike("", shown, got, e.some)
}

// unlike compares a value with what is shown of it: "…" is any text but none, and some that fields may be left out.
func unlike(at string, shown, got any, some bool) []string {
	switch want := shown.(type) {
	case map[string]any:
		return unlikeFields(at, want, got, some)
	case []any:
		list, is := got.([]any)
		if !is || len(list) != len(want) {
			return []string{at + " has another length"}
		}
		var found []string
		for i := range want {
			found = append(found, unlike(fmt.Sprintf("%s[%d]", at, i), want[i], list[i], some)...)
		}
		return found
	default:
		if text, is := got.(string); shown == "…" && is && text != "" || shown == got {
			return nil
		}
		return []string{fmt.Sprintf("%s is %v, not %v", at, got, shown)}
	}
}

func unlikeFields(at string, want map[string]any, got any, some bool) []string {
	fields, is := got.(map[string]any)
	if !is {
		return []string{at + " is no object"}
	}
	var found []string
	for name, value := range want {
		if field, has := fields[name]; has {
			found = append(found, unlike(at+"."+name, value, field, some)...)
		} else {
			found = append(found, at+"."+name+" is not there")
		}
	}
	for name := range fields {
		if _, shown := want[name]; !shown && !some {
			found = append(found, at+"."+name+" is not shown")
		}
	}
	return found
}

func TestAnExampleThatNothingSendsIsFound(t *testing.T) {
	const sent = "```sh\ncurl\n```\n\nThe answer is **202**:\n\n```json\n{}\n```\n"
	for document, faults := range map[string]int{
		sent:                        0,
		sent + "```go\nmain\n```\n": 0,
		sent + "```sh\ncurl\n```\n": 1,
		"```sh\ncurl\n```\n\nThe answer is good:\n\n```json\n{}\n```\n": 2,
		sent + "```json\n{}\n```\n":                                     1,
		sent + "```python\nsend()\n```\n":                               1,
	} {
		if _, found := examplesOf(document, "go"); len(found) != faults {
			t.Errorf("%s\n%q", document, found)
		}
	}
	shown := example{answer: `{"a": "…", "b": [{"c": 1}]}`}
	for got, faults := range map[string]int{
		`{"a": "x", "b": [{"c": 1}]}`:         0,
		`{"a": "", "b": [{"c": 1}]}`:          1,
		`{"a": "x", "b": [{"c": 2, "d": 1}]}`: 2,
		`{"a": "x"}`:                          1,
		`nothing`:                             1,
	} {
		if found := differences(t, shown, []byte(got)); len(found) != faults {
			t.Errorf("%s: %q", got, found)
		}
	}
}
