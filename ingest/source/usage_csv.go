package source

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"mirsad/ingest/rows"
	"mirsad/internal/httpserver"
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
	var faults []error
	for _, file := range files {
		if err := reader.file(file); err != nil {
			faults = append(faults, err)
		}
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	reader.keep()
	return reader.feed, nil
}

// usageReader reads all files before anything is sent, for the rows of one may contradict those of another.
type usageReader struct {
	feed   *usageCSV
	lines  []usageLine
	stated []rows.Stated
	by     []int // which line states each
}

// usageLine is a row of a table.
type usageLine struct {
	usagePlace
	table int
	raw   []byte
}

func (r *usageReader) file(name string) error {
	content, err := os.ReadFile(name) //nolint:gosec // the operator names the file to import
	if err != nil {
		return fmt.Errorf("%w: %w; check the file's name", programme.ErrInvalid, err)
	}
	found, err := tableIn(name, content)
	if err != nil {
		return err
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
		return fmt.Errorf("%w: file %s has no row under a heading; export it again", programme.ErrInvalid, name)
	}
	r.feed.tables = append(r.feed.tables, table)
	return nil
}

// tableIn are the rows of a file; a file that is no table says what it is.
func tableIn(name string, content []byte) (iter.Seq[rows.Row], error) {
	found, err := rows.In(rows.FormatCSV, content, time.Time{})
	faults, are := errors.AsType[*httpserver.FaultsError](err)
	if !are {
		return found, err
	}
	words := make([]string, 0, len(faults.Faults))
	for _, fault := range faults.Faults {
		words = append(words, fault.Message+" "+fault.Remedy)
	}
	return nil, fmt.Errorf("%w: file %s: %s", programme.ErrInvalid, name, strings.Join(words, " "))
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
		place := r.lines[r.by[other]]
		r.feed.refused = append(r.feed.refused, Refused{
			File: line.file, Row: line.row, ID: r.stated[at].ID, Code: programme.RefusedStatedTwice, Field: "value",
			Message: fmt.Sprintf(
				"File %s, row %d states the same total with another value: %s.", place.file, place.row, r.stated[other].Said(),
			),
			Remedy: "Keep the row that is right, or add the two up if both are parts of the total; then import again.",
		})
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
