package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"mirsad/internal/clocktest"
	"mirsad/internal/csvfile"
	"mirsad/internal/programme"
)

// tables takes bodies of text/csv and refuses every row that holds "bad".
type tables struct {
	t     *testing.T
	mutex sync.Mutex
	rows  []string
}

func (s *tables) Send(_ context.Context, body Body) (Answer, error) {
	lines := strings.Split(strings.TrimRight(string(body.Content), "\r\n"), "\n")
	if body.Type != typeCSV || body.Verify || lines[0] != "service,value" || len(lines) > batchEvents+1 || len(body.Content) > batchBytes {
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
	file.WriteString(csvfile.ByteOrderMark + "service,value\n")
	const rows = 2*batchEvents + 7
	for i := range rows {
		fmt.Fprintf(&file, "s%d,%s\n", i, map[bool]string{true: "bad", false: "1"}[i == batchEvents+3])
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
	if first := report.Examples[programme.RefusedBadValue]; len(first) != 1 || first[0].Index != batchEvents+3 {
		t.Errorf("the refused row is told as %+v", first)
	}
}

func TestQuotedLineEndsStayInTheirRow(t *testing.T) {
	table := []byte("service,value\n\"a\nb\",1\n\"open,2\n")
	var parts []string
	if err := split(table, func(content []byte, rows int) error {
		parts = append(parts, fmt.Sprintf("%d %s", rows, content))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(parts) != 1 || parts[0] != "2 "+string(table) {
		t.Errorf("%q", parts)
	}
}

func TestTableWithoutRows(t *testing.T) {
	for _, content := range []string{"", "service,value", "service,value\n\n"} {
		_, err := Open(t.Context(), usageCSVName, []string{writeFile(t, "use.csv", content)}, Means{})
		if !errors.Is(err, programme.ErrInvalid) {
			t.Errorf("%q: %v", content, err)
		}
	}
}
