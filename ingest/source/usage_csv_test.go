package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"mirsad/internal/clocktest"
	"mirsad/internal/csvfile"
	"mirsad/internal/programme"
)

// usageHeading is the heading of a table of statements.
const usageHeading = "service,channel,measure,period,state,value"

// tables takes bodies of text/csv and refuses every row that holds "bad".
type tables struct {
	t     *testing.T
	mutex sync.Mutex
	rows  []string
}

func (s *tables) Send(_ context.Context, body Body) (Answer, error) {
	lines := strings.Split(strings.TrimRight(string(body.Content), "\r\n"), "\n")
	if body.Type != typeCSV || body.Verify || strings.ReplaceAll(lines[0], ";", ",") != usageHeading || len(lines) > batchEvents+1 || len(body.Content) > batchBytes {
		s.t.Errorf("a body of %s, %d lines and %d bytes under %q", body.Type, len(lines), len(body.Content), lines[0])
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	answer := Answer{Receipt: "r"}
	for i, line := range lines[1:] {
		s.rows = append(s.rows, line)
		if strings.Contains(line, "bad") {
			answer.Rejected = append(answer.Rejected, Refused{Index: i, Code: programme.RefusedBadValue})
			continue
		}
		answer.Accepted++
	}
	return answer, nil
}

func TestTableIsSentInParts(t *testing.T) {
	var file bytes.Buffer
	file.WriteString(csvfile.ByteOrderMark + usageHeading + "\n")
	const rows = 2*batchEvents + 7
	for i := range rows {
		fmt.Fprintf(&file, "s%d,web,completed,2016-08,reported,%s\n", i, map[bool]string{true: "bad", false: "1"}[i == batchEvents+3])
	}
	feed, err := Open(t.Context(), usageCSVName, []string{writeFile(t, "use.csv", file.String())}, Means{})
	if err != nil {
		t.Fatal(err)
	}
	server := &tables{t: t}
	loader := Loader{Sender: server, Catalogue: &counter{t: t}, Now: clocktest.Now}
	report, err := loader.Load(t.Context(), feed, t.Output())
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, row := range server.rows {
		seen[row] = true
	}
	if len(seen) != rows || len(server.rows) != rows || report.Sent != rows || report.Accepted != rows-1 {
		t.Errorf("%d rows arrived, %d different; report %+v", len(server.rows), len(seen), report)
	}
	if first := report.Examples[programme.RefusedBadValue]; len(first) != 1 || first[0].Index != batchEvents+3 || first[0].Row != batchEvents+5 || first[0].File != "use.csv" {
		t.Errorf("the refused row is told as %+v", first)
	}
}

func TestQuotedLineEndsStayInTheirRow(t *testing.T) {
	table := usageHeading + "\n\"a\nb\",web,completed,2016-08,reported,1\n\"open,2\n"
	feed, err := Open(t.Context(), usageCSVName, []string{writeFile(t, "use.csv", table)}, Means{})
	if err != nil {
		t.Fatal(err)
	}
	var parts []string
	if err := feed.(tabled).parts(func(content []byte, rows int) error { //nolint:forcetypeassert // usage-csv is in tables
		parts = append(parts, fmt.Sprintf("%d %s", rows, content))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(parts) != 1 || parts[0] != "2 "+table {
		t.Errorf("%q", parts)
	}
}

func TestTableWithoutRows(t *testing.T) {
	for _, content := range []string{"", usageHeading, usageHeading + "\n\n", usageHeading + "\n,,,,,\n"} {
		_, err := Open(t.Context(), usageCSVName, []string{writeFile(t, "use.csv", content)}, Means{})
		if !errors.Is(err, programme.ErrInvalid) {
			t.Errorf("%q: %v", content, err)
		}
	}
}

// importUsage imports files and returns the report and the rows that arrived.
func importUsage(t *testing.T, files ...string) (Report, []string) {
	t.Helper()
	var names []string
	for i, content := range files {
		names = append(names, writeFile(t, fmt.Sprintf("use-%d.csv", i+1), content))
	}
	feed, err := Open(t.Context(), usageCSVName, names, Means{})
	if err != nil {
		t.Fatal(err)
	}
	server := &tables{t: t}
	loader := Loader{Sender: server, Catalogue: &counter{t: t}, Now: clocktest.Now}
	report, err := loader.Load(t.Context(), feed, t.Output())
	if err != nil {
		t.Fatal(err)
	}
	return report, server.rows
}

// The rows of one import are one table, whatever the files are: two that contradict one another are both refused, each with
// the file and row of the other.
func TestTwoFilesThatStateOneTotalTwice(t *testing.T) {
	report, arrived := importUsage(t,
		usageHeading+"\n\nvisa,web,completed,2016-08,reported,100\nvisa,web,started,2016-08,reported,7\n",
		usageHeading+"\nVISA,web,completed,Aug-16,reported,40\nvisa,web,started,2016-08,reported,7\n")
	twice := report.Examples[programme.RefusedStatedTwice]
	if len(arrived) != 2 || report.Refusals() != 2 || len(twice) != 2 || twice[0].File != "use-1.csv" || twice[0].Row != 3 ||
		twice[0].Message != "File use-2.csv, row 2 states the same total with another value: 40." ||
		twice[1].Message != "File use-1.csv, row 3 states the same total with another value: 100." {
		t.Errorf("%q arrived; %+v", arrived, twice)
	}
	var printed strings.Builder
	if _, err := report.WriteTo(&printed); err != nil || !strings.Contains(printed.String(), "row 3 of use-1.csv") ||
		!strings.Contains(printed.String(), "قيمة أخرى للمجموع نفسه") {
		t.Errorf("%v: %s", err, printed.String())
	}
}

// A report says all that is wrong with a row, in both languages, also of a body that was refused as a whole.
func TestAReportSaysAllFaultsOfARowInBothLanguages(t *testing.T) {
	client := testClient(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, `{"title":"no","code":"malformed_json","rejected":[{"index":0,"row":2,"code":"bad_value","field":"value",`+
			`"message":"m1","message_ar":"ع1","remedy":"r1","remedy_ar":"ح1","faults":[`+
			`{"field":"value","message":"m1","message_ar":"ع1","remedy":"r1","remedy_ar":"ح1"},`+
			`{"field":"period","message":"m2","message_ar":"ع2","remedy":"r2","remedy_ar":"ح2"}]}]}`)
	})
	feed, err := Open(t.Context(), usageCSVName, []string{writeFile(t, "use.csv", usageHeading+"\na,web,completed,x,reported,y\n")}, Means{})
	if err != nil {
		t.Fatal(err)
	}
	loader := Loader{Sender: client, Catalogue: &counter{t: t}, Now: clocktest.Now}
	report, err := loader.Load(t.Context(), feed, t.Output())
	var printed strings.Builder
	if _, wrong := report.WriteTo(&printed); err != nil || wrong != nil || report.Refusals() != 1 || len(report.Receipts) != 0 {
		t.Fatalf("%v, %v: %+v", err, wrong, report)
	}
	for _, want := range []string{
		"row 2 of use.csv (not kept), field value\n    m1 r1\n    ع1 ح1\n", "row 2 of use.csv (not kept), field period\n    m2 r2\n    ع2 ح2\n",
	} {
		if !strings.Contains(printed.String(), want) {
			t.Errorf("%q is not in %s", want, printed.String())
		}
	}
}

// Refused rows are named as the spreadsheet program numbers them, blank rows included.
func TestRefusedRowsAreNamedByFileAndRow(t *testing.T) {
	report, arrived := importUsage(t, usageHeading+"\n,,,,,\nvisa,web,completed,2016-08,reported,1\n\nvisa,bad,completed,2016-08,reported,1\n",
		strings.ReplaceAll(usageHeading, ",", ";")+"\nbad;web;completed;2016-07;reported;1\n")
	shown := report.Examples[programme.RefusedBadValue]
	if len(arrived) != 3 || len(shown) != 2 || shown[0].File != "use-1.csv" || shown[0].Row != 5 || shown[1].File != "use-2.csv" || shown[1].Row != 2 {
		t.Errorf("%q arrived; %+v", arrived, shown)
	}
}

// A file that is no table says what it is and what to do, before anything is sent.
func TestFilesThatAreNoTables(t *testing.T) {
	for content, want := range map[string]string{
		"PK\x03\x04xl/workbook.xml": "an Excel workbook (.xlsx)", "\xd0\xcf\x11\xe0": "an Excel workbook of an old format",
		"<html><table>": "a web page (HTML)", "%PDF-1.7": "a PDF", "{}": "JSON", "\xce\xcf\xe3\xc9,\xde\xe4\xc7\xc9\na,b\n": "Windows-1256",
		"service,channel\na,b\n": "The column measure is missing.",
	} {
		_, err := Open(t.Context(), usageCSVName, []string{writeFile(t, "use.csv", content)}, Means{})
		if !errors.Is(err, programme.ErrInvalid) || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "PK") {
			t.Errorf("%q: %v", content, err)
		}
	}
}

// A dry run says what would become of each row, and stores nothing.
func TestADryRunJudgesTheRowsOfTables(t *testing.T) {
	client := testClient(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("dry_run") != "true" {
			t.Errorf("not tried but sent: %s", r.URL)
		}
		_, _ = io.WriteString(w, `{"receipt":"","accepted":1,"rejected":[{"index":1,"row":3,"code":"bad_value","field":"value","message":"m","remedy":"r"}]}`)
	})
	client.Dry = true
	table := usageHeading + "\na,web,completed,2016-08,reported,1\na,web,completed,2016-07,reported,y\n"
	feed, err := Open(t.Context(), usageCSVName, []string{writeFile(t, "use.csv", table)}, Means{})
	if err != nil {
		t.Fatal(err)
	}
	loader := Loader{Sender: client, Catalogue: &counter{t: t}, Now: clocktest.Now}
	report, tried, err := loader.Try(t.Context(), feed, t.Output())
	var printed strings.Builder
	if _, wrong := report.WriteTo(&printed); err != nil || wrong != nil || !tried {
		t.Fatalf("%v, %v, %v", err, wrong, tried)
	}
	for _, want := range []string{"2 events tried and none stored: 1 would be accepted, 1 refused.", "row 3 of use.csv (not kept), field value\n    m r"} {
		if !strings.Contains(printed.String(), want) {
			t.Errorf("%q is not in %s", want, printed.String())
		}
	}
}
