package source

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"

	"mirsad/internal/csvfile"
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
	for _, file := range files {
		content, err := os.ReadFile(file) //nolint:gosec // the operator names the file to import
		if err != nil {
			return nil, fmt.Errorf("%w: %w; check the file's name", programme.ErrInvalid, err)
		}
		content = bytes.TrimPrefix(content, []byte(csvfile.ByteOrderMark))
		heading, rest, _ := bytes.Cut(content, []byte("\n"))
		if len(bytes.TrimSpace(heading)) == 0 || len(bytes.TrimSpace(rest)) == 0 {
			return nil, fmt.Errorf(
				"%w: file %s has no row under a heading; export it again", programme.ErrInvalid, file,
			)
		}
		feed.tables = append(feed.tables, content)
	}
	return feed, nil
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
