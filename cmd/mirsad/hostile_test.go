package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// What a hostile body may cost, of the processor and of memory (docs/design.md#hostile-input).
const (
	hostileTime   = time.Second
	hostileMemory = 64 << 20
)

// hostile is a body that must be refused, and the status or, where its rows are judged one by one, the code.
type hostile struct {
	name, kind, encoding string
	body                 []byte
	status               int
	code                 string
}

func TestHostileBodies(t *testing.T) {
	t.Parallel()
	p := serve(t, t.TempDir())
	a := newAgencies(t, p)
	a.during(0, func() { time.Sleep(1500 * time.Millisecond) }) // warm, as a service is
	for _, each := range hostileBodies(t) {
		t.Run(each.name, func(t *testing.T) { p.mustRefuse(t, each) })
	}
	a.mustEqual("after all hostile bodies")
}

// mustRefuse sends a body and checks the answer, the time and how far the service's memory rose.
func (p *program) mustRefuse(t *testing.T, h hostile) {
	t.Helper()
	before := p.memory(t, "VmRSS:")
	if err := os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", p.command.Process.Pid), []byte("5"), 0o600); err != nil { // the peak begins anew
		t.Fatal(err)
	}
	worked := p.processorTime(t)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.address()+"/v1/events", bytes.NewReader(h.body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+p.service.Operator)
	request.Header.Set("Content-Type", h.kind)
	request.Header.Set("Content-Encoding", h.encoding)
	response, err := p.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var told struct {
		Code     string    `json:"code"`
		Accepted int       `json:"accepted"`
		Rejected []refused `json:"rejected"`
	}
	if err := json.NewDecoder(response.Body).Decode(&told); err != nil {
		t.Fatal(err)
	}
	took, rose := p.processorTime(t)-worked, p.memory(t, "VmHWM:")-before
	t.Logf("%d bytes sent: %d %s in %s of the processor, memory rose by %.1f MB", len(h.body), response.StatusCode, told.Code, took.Round(time.Millisecond), float64(rose)/1e6)
	if took > hostileTime || rose > hostileMemory {
		t.Errorf("it took %s of the processor and %d bytes", took, rose)
	}
	code := told.Code
	if len(told.Rejected) > 0 && h.status == http.StatusAccepted {
		code = told.Rejected[0].Code
	}
	if response.StatusCode != h.status || code != h.code || told.Accepted != 0 {
		t.Errorf("%d %s, %d accepted; want %d %s", response.StatusCode, code, told.Accepted, h.status, h.code)
	}
}

// memory reads a line of the service's status, in bytes.
func (p *program) memory(t *testing.T, line string) int64 {
	t.Helper()
	content, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.command.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(content), line)
	kib, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return kib << 10
}

// processorTime returns what the service's process has used of the processor, in the kernel's hundredths of a second.
func (p *program) processorTime(t *testing.T) time.Duration {
	t.Helper()
	content, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.command.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(content), ") ") // the name before it may hold anything
	fields := strings.Fields(rest)
	var sum int64
	for _, field := range fields[11:13] { // utime and stime
		ticks, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		sum += ticks
	}
	return time.Duration(sum) * 10 * time.Millisecond
}

func hostileBodies(t *testing.T) []hostile {
	t.Helper()
	const lines, batch, single, table = "application/x-ndjson", "application/cloudevents-batch+json", "application/cloudevents+json", "text/csv"
	const heading = "service,channel,measure,period,state,value\n"
	event := func(data string) []byte {
		return []byte(eventOf("usage", "x", "e0-s0", data))
	}
	repeat := func(text string, n int) []byte { return bytes.Repeat([]byte(text), n) }
	many := func(text string) []byte { return repeat(text, 8_000_000/len(text)) }
	return []hostile{
		{"1 GB of zeros in gzip", lines, "gzip", gzipBomb(t, 1<<30), 413, "too_large"},
		{"1 GB of zeros in zstd", lines, "zstd", zstdBomb(t, 1<<30), 413, "too_large"},
		{"zstd with a window of 512 MB", lines, "zstd", []byte{0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x98, 0x01, 0x00, 0x00}, 413, "too_large"},
		{"60 MB of line ends in gzip", lines, "gzip", gzipOf(t, repeat("\n", 60_000_000)), 413, "too_large"},
		{"30 million rows in gzip", lines, "gzip", gzipOf(t, repeat("1\n", 30_000_000)), 413, "too_large"},
		{"8 MB of line ends", lines, "", many("\n"), 400, "no_event"},
		{"4 million rows", lines, "", many("1\n"), 413, "too_many_events"},
		{"10,001 events", lines, "", repeat(string(event(`{"channel":"web","stage":"complete"}`))+"\n", 10_001), 413, "too_many_events"},
		{"9 MB", lines, "", repeat("x", 9_000_000), 413, "too_large"},
		{"gzip cut short", lines, "gzip", gzipOf(t, event(`{}`))[:40], 400, "broken_body"},
		{"no gzip at all", lines, "gzip", []byte("hello"), 400, "broken_body"},
		{"brackets, deep", single, "", repeat("[", 60_000), 400, "malformed_json"},
		{"brackets, 8 MB in a batch", batch, "", many("["), 400, "malformed_json"},
		{"objects, deep", single, "", append(repeat(`{"a":`, 10_000), repeat("}", 10_000)...), 400, "malformed_json"},
		{"data, deep", single, "", event(string(repeat("[", 9_000)) + string(repeat("]", 9_000))), 202, "bad_value"},
		{"a name of 60 kB", single, "", event(`{"` + string(repeat("x", 60_000)) + `":1}`), 202, "unknown_field"},
		{"4,000 times a field", single, "", event(`{"channel":"web"` + string(repeat(`,"stage":"view"`, 4_000)) + `}`), 400, "malformed_json"},
		{"an event of 8 MB", single, "", event(`{"x":"` + string(many("x")) + `"}`), 202, "too_large"},
		{"a number of 60,000 digits", single, "", event(`{"channel":"web","stage":"view","count":` + string(repeat("9", 60_000)) + `}`), 202, "bad_value"},
		{"half a character", single, "", event("{\"x\":\"\xc3\"}"), 400, "malformed_json"},
		{"a table with 8 million columns", table, "", many(","), 422, "invalid"},
		{"a row with 8 million cells", table, "", append([]byte(heading), many(",")...), 202, "too_large"},
		{"a quote that never ends", table, "", append([]byte(heading), append([]byte(`"`), many("x\n")...)...), 202, "too_large"},
		{"a table of quotes", table, "", append([]byte(heading), many(`"`)...), 202, "too_large"},
		{"60 MB of line ends in a table", table, "gzip", gzipOf(t, append([]byte(heading), repeat("\r\n", 30_000_000)...)), 413, "too_large"},
		{"a document type", "application/xml", "", []byte(`<!DOCTYPE x [<!ENTITY a "&#x61;">]><x>&a;</x>`), 415, "unsupported_media_type"},
	}
}

func gzipOf(t *testing.T, content []byte) []byte {
	t.Helper()
	var packed bytes.Buffer
	writeOften(t, gzip.NewWriter(&packed), content, 1)
	return packed.Bytes()
}

// zeros is a piece of a bomb.
var zeros = make([]byte, 1<<20)

func gzipBomb(t *testing.T, size int) []byte {
	t.Helper()
	var packed bytes.Buffer
	writeOften(t, gzip.NewWriter(&packed), zeros, size/len(zeros))
	return packed.Bytes()
}

func zstdBomb(t *testing.T, size int) []byte {
	t.Helper()
	var packed bytes.Buffer
	writer, err := zstd.NewWriter(&packed)
	if err != nil {
		t.Fatal(err)
	}
	writeOften(t, writer, zeros, size/len(zeros))
	return packed.Bytes()
}

func writeOften(t *testing.T, to io.WriteCloser, content []byte, times int) {
	t.Helper()
	for range times {
		if _, err := to.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestOneBadRowOfTenThousand keeps the 9,999 others and explains the one.
func TestOneBadRowOfTenThousand(t *testing.T) {
	t.Parallel()
	p := serve(t, t.TempDir())
	a := newAgencies(t, p)
	lines := make([]string, 10_000)
	for n := range lines {
		lines[n] = usage("u"+strconv.Itoa(n), "e0-s0", "1")
	}
	lines[6_789] = usage("u6789", "e0-s0", `"seven"`)
	got := p.send(lines...)
	if got.Accepted != 9_999 || len(got.Rejected) != 1 {
		t.Fatalf("%d accepted, refused %+v", got.Accepted, got.Rejected)
	}
	p.settle()
	var page struct {
		Items []struct {
			refused
			Receipt, Raw string
		} `json:"items"`
	}
	p.get("/v1/quarantine?receipt="+got.Receipt, &page)
	if len(page.Items) != 1 {
		t.Fatalf("%d rows in quarantine", len(page.Items))
	}
	row := page.Items[0]
	if row.Index != 6_789 || row.ID != "u6789" || row.Code != "bad_value" || row.Field != "data.count" || row.Raw != lines[6_789] ||
		row.Remedy == "" || row.RemedyAr == "" || row.Receipt != got.Receipt {
		t.Errorf("%+v", row)
	}
	a.identities, a.uses = 9_999, 9_999
	a.mustEqual("9,999 of 10,000")
}
