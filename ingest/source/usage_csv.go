package source

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"path/filepath"

	"mirsad/internal/intake"
	"mirsad/internal/programme"
)

const usageCSVName = "usage-csv"

// usageCSV is a table of statements or usage events in the API's own format: it is sent as it is, in parts under the
// same heading, and judged row by row by the service.
type usageCSV struct {
	tables [][]byte // a file each, without byte order mark
}

// tabled is a feed whose events are in tables; it yields bodies of text/csv and how many rows each has.
type tabled interface {
	parts(yield func(content []byte, rows int) error) error
}

func openUsageCSV(_ context.Context, files []string, _ Means) (Feed, error) {
	feed := &usageCSV{}
	var found faults
	for _, file := range files {
		if table := readUsage(file, &found); table != nil {
			feed.tables = append(feed.tables, table)
		}
	}
	return feed, found.err()
}

// readUsage reads a table that the service is to judge; nil, and the fault noted, where the file is no table of text.
func readUsage(path string, found *faults) []byte {
	s := &fileRows{place: place{file: filepath.Base(path)}}
	content, wrong := readBounded(path, publicBounds.bytes)
	if wrong == nil {
		wrong = s.notText(content)
	}
	if wrong != nil {
		found.add(*wrong)
		return nil
	}
	text, _ := intake.Text(content) // no other encoding, as was just seen
	if bytes.IndexByte(text, '\n') < 0 {
		text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	}
	heading, rest, _ := bytes.Cut(text, []byte("\n"))
	switch {
	case len(bytes.TrimSpace(heading)) == 0:
		found.add(s.place.fault("empty"))
	case len(bytes.TrimSpace(rest)) == 0:
		found.add(s.place.fault("no_row"))
	default:
		return text
	}
	return nil
}

// Name returns usage-csv.
func (f *usageCSV) Name() string { return usageCSVName }

// Catalogue returns nothing: the services are in the catalogue already.
func (f *usageCSV) Catalogue() ([]programme.Draft, error) { return nil, nil }

// Events yields nothing: the rows go out as tables.
func (f *usageCSV) Events(func(programme.CloudEvent, bool) error) error { return nil }

func (f *usageCSV) parts(yield func(content []byte, rows int) error) error {
	for _, table := range f.tables {
		if err := split(table, yield); err != nil {
			return err
		}
	}
	return nil
}

// split cuts a table into parts between rows. A line that can't be read is passed on: the service refuses and keeps it.
func split(table []byte, yield func(content []byte, rows int) error) error {
	end := bytes.IndexByte(table, '\n') + 1
	heading := table[:end]
	reader := csv.NewReader(bytes.NewReader(table[end:]))
	if opened, err := intake.OpenTable(table, batchBytes); err == nil {
		reader.Comma = opened.Separator
	}
	reader.FieldsPerRecord, reader.ReuseRecord = -1, true
	begin, rows := end, 0
	flush := func(to int) error {
		if rows == 0 {
			return nil
		}
		part := append(bytes.Clone(heading), table[begin:to]...)
		n := rows
		begin, rows = to, 0
		return yield(part, n)
	}
	for {
		_, err := reader.Read()
		at := end + int(reader.InputOffset())
		if errors.Is(err, io.EOF) {
			return flush(len(table))
		}
		rows++
		if rows == batchEvents || at-begin > batchBytes-largestRow {
			if err := flush(at); err != nil {
				return err
			}
		}
	}
}
