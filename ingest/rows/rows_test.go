package rows_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"mirsad/ingest/rows"
	"mirsad/internal/programme"
)

// evening is the last second of September 2016 in Qatar, and still 30 September in UTC.
var evening = time.Date(2016, 9, 30, 20, 59, 59, 0, time.UTC)

// read are the rows of a body.
func read(t *testing.T, format rows.Format, body string) []rows.Row {
	t.Helper()
	found, err := rows.In(format, []byte(body), evening)
	if err != nil {
		t.Fatalf("%s: %v for %q", format, err, body)
	}
	return slices.Collect(found)
}

// shown are rows as text: the event, without white space around it, or why there is none.
func shown(found []rows.Row) []string {
	texts := make([]string, 0, len(found))
	for _, each := range found {
		if each.Wrong != nil {
			texts = append(texts, string(each.Wrong.Code)+" "+string(each.Sent()))
			continue
		}
		texts = append(texts, strings.TrimSpace(string(each.Event())))
	}
	return texts
}

func TestABodyOfJSONIsTakenApart(t *testing.T) {
	broken := string(programme.RefusedMalformedJSON) + " "
	for _, c := range []struct {
		name   string
		format rows.Format
		body   string
		want   []string
	}{
		{"one event, white space around it", rows.FormatEvent, " {\"a\":1}\r\n", []string{`{"a":1}`}},
		{"one event that is none: for its decoder to refuse", rows.FormatEvent, "{", []string{"{"}},
		{"an event a line, empty lines among them", rows.FormatLines, "1\n\n \t\r\n2\r\n3", []string{"1", "2", "3"}},
		{"no line", rows.FormatLines, "\n\n", nil},
		{"an array", rows.FormatBatch, `[{"a":1},2 , "x"]`, []string{`{"a":1}`, "2", `"x"`}},
		{"an empty array", rows.FormatBatch, " [ ] ", nil},
		{"an array that ends early keeps what came before", rows.FormatBatch, `[1,{"a":`, []string{"1", broken + `,{"a":`}},
		{"something after the array", rows.FormatBatch, `[1] 2`, []string{"1", broken + `] 2`}},
		{"no array", rows.FormatBatch, `{"a":1}`, []string{broken + `{"a":1}`}},
		{"nothing where an array is expected", rows.FormatBatch, "", []string{broken}},
		{"an unknown format is one event", "text/plain", "x", []string{"x"}},
	} {
		if got := shown(read(t, c.format, c.body)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// The largest row is taken in every format; one byte more is refused, and the rows around it are read on.
func TestARowOfMoreThan64KiBIsRefusedAlone(t *testing.T) {
	const small, heading = `"x"`, "service,channel,measure,period,state"
	for _, c := range []struct {
		format        rows.Format
		before, after string
		row           func(size int) string
	}{
		{rows.FormatEvent, "", "", quoted},
		{rows.FormatLines, small + "\n", "\n" + small, quoted},
		{rows.FormatBatch, "[" + small + ",", "," + small + "]", quoted},
		{rows.FormatCSV, heading + "\nvisa\n", "\nvisa", func(size int) string { return strings.Repeat("x", size) }},
	} {
		for _, size := range []int{rows.MaxBytes, rows.MaxBytes + 1} {
			found := read(t, c.format, c.before+c.row(size)+c.after)
			at := len(found) / 2
			for i, each := range found {
				refused := each.Wrong != nil && each.Wrong.Code == programme.RefusedTooLarge
				if want := i == at && size > rows.MaxBytes; refused != want || (each.Wrong != nil) != want {
					t.Errorf("%s, %d bytes, row %d: %+v", c.format, size, i, each.Wrong)
				}
			}
			if len(found[at].Sent()) < size {
				t.Errorf("%s: %d bytes are kept of %d", c.format, len(found[at].Sent()), size)
			}
		}
	}
}

func quoted(size int) string { return `"` + strings.Repeat("x", size-2) + `"` }

// A reader that has seen enough is given no more: nothing panics and nothing is read on.
func TestReadingMayEndAtAnyRow(t *testing.T) {
	for format, body := range map[rows.Format]string{
		rows.FormatEvent: "1",
		rows.FormatLines: "1\n2",
		rows.FormatBatch: "[1,2]",
		rows.FormatCSV:   statement + "a\nb",
	} {
		found, err := rows.In(format, []byte(body), evening)
		if err != nil {
			t.Fatal(err)
		}
		seen := 0
		for range found {
			seen++
			break
		}
		if seen != 1 {
			t.Errorf("%s: %d rows", format, seen)
		}
	}
}

func TestAFieldIsNamedAsTheSenderKnowsIt(t *testing.T) {
	event, row := read(t, rows.FormatEvent, "{}")[0], read(t, rows.FormatCSV, statement+"visa")[0]
	for field, column := range map[string]string{
		"subject": "service", "data.period": "period", "time": "time", "csv": "csv", "": "",
	} {
		if got := event.Field(field); got != field {
			t.Errorf("of an event: %s for %s", got, field)
		}
		if got := row.Field(field); got != column {
			t.Errorf("of a table: %s for %s", got, field)
		}
	}
}

func TestTheNameOfAnUnknownFieldIsShownSafely(t *testing.T) {
	for name, want := range map[string]string{
		"citizen":                 "data.citizen",
		"\u202e\n\x00x":           "data.���x",
		"a\xff":                   "data.a�",
		strings.Repeat("x", 64):   "data." + strings.Repeat("x", 64),
		strings.Repeat("x", 65):   "data." + strings.Repeat("x", 64),
		"x" + "رقم الخدمة القديم": "data.xرقم الخدمة القديم",
	} {
		got := rows.UnknownField([]byte(name))
		if got.Code != programme.RefusedUnknownField || got.Field != want {
			t.Errorf("%q: %+v, want %q", name, got, want)
		}
	}
}

// One event where an array belongs is valid JSON, and is not said to be none.
func TestWhatIsNoArrayIsNamed(t *testing.T) {
	for body, want := range map[string]string{"{}": "ingest.json.no_array", " 5 ": "ingest.json.no_array", "{": "", "[{": "", "[{}] x": ""} {
		found := read(t, rows.FormatBatch, body)
		if last := found[len(found)-1]; last.Wrong == nil || last.Wrong.Words != want {
			t.Errorf("%q: %+v, want %q", body, last.Wrong, want)
		}
	}
}
