package source

import (
	"context"
	"errors"
	"path/filepath"
	"strconv"
	"time"

	"mirsad/ingest/rows"
	"mirsad/internal/httpserver"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

const usageCSVName = "usage-csv"

// usageCSV is tables of statements or usage events in the API's own format: their rows are sent as they are, in parts under
// the table's heading, and judged row by row by the service.
type usageCSV struct {
	tables []usageTable
	places []usagePlace // of the rows that are sent, in their order
	// refused are the rows that are not sent: they contradict one another, perhaps from two files.
	refused []Refused
}

// usageTable is a file as rows that are sent under its heading.
type usageTable struct {
	heading []byte
	rows    [][]byte
}

// usagePlace is where a row is, as spreadsheet programs number it.
type usagePlace struct {
	file string
	row  int
}

// tabled is a feed whose events are in tables.
type tabled interface {
	// parts yields bodies of text/csv and how many rows each has.
	parts(yield func(content []byte, rows int) error) error
	// locate says where a refused row is in the files, and unsent which rows were refused before sending.
	locate(refused *Refused)
	unsent() []Refused
}

func openUsageCSV(_ context.Context, files []string, _ Means) (Feed, error) {
	reader := usageReader{feed: &usageCSV{}}
	for _, file := range files {
		if wrong := reader.file(file); wrong != nil {
			reader.faults.add(*wrong)
		}
	}
	if err := reader.faults.err(); err != nil {
		return nil, err
	}
	reader.keep()
	return reader.feed, nil
}

// usageReader reads all files before anything is sent, for the rows of one may contradict those of another.
type usageReader struct {
	feed   *usageCSV
	lines  []usageLine
	faults faults
	stated []rows.Stated
	by     []int // which line states each
}

// usageLine is a row of a table.
type usageLine struct {
	usagePlace
	table int
	raw   []byte
}

// file reads the rows of a file; a fault is of the file as a whole.
func (r *usageReader) file(name string) *fault {
	s := &fileRows{place: place{file: filepath.Base(name)}}
	content, wrong := readBounded(name, publicBounds.bytes)
	if wrong == nil {
		wrong = s.notTable(content)
	}
	if wrong != nil {
		return wrong
	}
	found, err := rows.In(rows.FormatCSV, content, time.Time{})
	if faults, are := errors.AsType[*httpserver.FaultsError](err); are {
		for _, each := range faults.Faults[1:] {
			r.faults.add(*s.worded(each))
		}
		return s.worded(faults.Faults[0])
	}
	if err != nil {
		return s.wrong("broken_csv")
	}
	before, table := len(r.lines), usageTable{}
	for row := range found {
		table.heading = row.Heading()
		r.lines = append(r.lines, usageLine{usagePlace{filepath.Base(name), row.Number}, len(r.feed.tables), row.Line()})
		if row.States != nil {
			r.stated = append(r.stated, *row.States)
			r.by = append(r.by, len(r.lines)-1)
		}
	}
	if len(r.lines) == before {
		return s.wrong("no_row")
	}
	r.feed.tables = append(r.feed.tables, table)
	return nil
}

// worded is a fault of the whole file that has its words.
func (s *fileRows) worded(of httpserver.Fault) *fault {
	f := s.wrong("worded")
	f.said = map[i18n.Language]string{
		i18n.English: of.Message + " " + of.Remedy, i18n.Arabic: of.MessageAr + " " + of.RemedyAr,
	}
	return f
}

// keep parts the rows that are sent from those that contradict another.
func (r *usageReader) keep() {
	contrary := rows.Contrary(r.stated, true)
	refused := map[int]int{} // place of a statement, by its line
	for at := range contrary {
		refused[r.by[at]] = at
	}
	for i := range r.lines {
		line := &r.lines[i]
		at, is := refused[i]
		if !is {
			r.feed.tables[line.table].rows = append(r.feed.tables[line.table].rows, line.raw)
			r.feed.places = append(r.feed.places, line.usagePlace)
			continue
		}
		other := contrary[at]
		r.feed.refused = append(r.feed.refused, Refused{
			File: line.file, Row: line.row, ID: r.stated[at].ID, Code: programme.RefusedStatedTwice, Field: "value",
			Wording: twiceWording(r.lines[r.by[other]].usagePlace, r.stated[other].Said()),
		})
	}
}

// twiceWording says where another row states the same total with another value.
func twiceWording(other usagePlace, value string) Wording {
	const key = "import.stated_twice"
	args := i18n.Args{"file": other.file, "other": strconv.Itoa(other.row), "value": value}
	english, arabic := texts().In(i18n.English), texts().In(i18n.Arabic)
	return Wording{
		Message: english.T(key, args), MessageAr: arabic.T(key, args),
		Remedy: english.T(key + ".remedy"), RemedyAr: arabic.T(key + ".remedy"),
	}
}

// Name returns usage-csv.
func (f *usageCSV) Name() string { return usageCSVName }

// Catalogue returns nothing: the services are in the catalogue already.
func (f *usageCSV) Catalogue() ([]programme.Draft, error) { return nil, nil }

// Events yields nothing: the rows go out as tables.
func (f *usageCSV) Events(func(programme.CloudEvent, bool) error) error { return nil }

func (f *usageCSV) unsent() []Refused { return f.refused }

func (f *usageCSV) locate(refused *Refused) {
	if refused.Index < len(f.places) {
		refused.File, refused.Row = f.places[refused.Index].file, f.places[refused.Index].row
	}
}

// parts cuts the tables between rows. A row that can't be read is passed on: the service refuses and keeps it.
func (f *usageCSV) parts(yield func(content []byte, rows int) error) error {
	for _, table := range f.tables {
		part, n := append(append([]byte{}, table.heading...), '\n'), 0
		for at, row := range table.rows {
			part = append(append(part, row...), '\n')
			if n++; n < batchEvents && len(part) < batchBytes-largestRow && at < len(table.rows)-1 {
				continue
			}
			if err := yield(part, n); err != nil {
				return err
			}
			part, n = append(append([]byte{}, table.heading...), '\n'), 0
		}
	}
	return nil
}
