package source

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"mirsad/internal/csvfile"
	"mirsad/internal/programme"
)

// table is a CSV file being read row by row, its cells named by their column.
type table struct {
	file    string // base name, for messages
	reader  *csv.Reader
	columns map[string]int
	cells   []string
	row     int // line on which the current row begins
}

// readTable reads a CSV file with a heading, which must hold the columns, and calls each for every row after it.
// A byte order mark, quotes and both kinds of line end are understood.
func readTable(path string, columns []string, each func(*table) error) error {
	file, err := openNamed(path)
	if err != nil {
		return err
	}
	defer file.Close() //nolint:errcheck // only read
	return readRows(filepath.Base(path), file, columns, each)
}

func readRows(name string, from io.Reader, columns []string, each func(*table) error) error {
	buffered := bufio.NewReaderSize(from, 1<<16)
	if start, _ := buffered.Peek(len(csvfile.ByteOrderMark)); string(start) == csvfile.ByteOrderMark {
		_, _ = buffered.Discard(len(csvfile.ByteOrderMark)) // just peeked
	}
	t := &table{file: name, reader: csv.NewReader(buffered)}
	t.reader.ReuseRecord = true
	if err := t.readHeading(columns); err != nil {
		return err
	}
	rows := 0
	for {
		cells, err := t.reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("%w: file %s: %w; save it as CSV with commas and UTF-8", programme.ErrInvalid, name, err)
		}
		t.cells = cells
		t.row, _ = t.reader.FieldPos(0)
		if err := each(t); err != nil {
			return err
		}
		rows++
	}
	if rows == 0 {
		return fmt.Errorf("%w: file %s has a heading but no row; fetch it again", programme.ErrInvalid, name)
	}
	return nil
}

// readHeading reads the first line and checks that every column is there.
func (t *table) readHeading(columns []string) error {
	heading, err := t.reader.Read()
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: file %s is empty; fetch it again", programme.ErrInvalid, t.file)
	}
	if err != nil {
		return fmt.Errorf("%w: file %s: %w; save it as CSV with commas and UTF-8", programme.ErrInvalid, t.file, err)
	}
	t.columns = make(map[string]int, len(heading))
	for i, column := range heading {
		t.columns[strings.TrimSpace(column)] = i
	}
	var missing []string
	for _, column := range columns {
		if _, found := t.columns[column]; !found {
			missing = append(missing, column)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("%w: file %s lacks the columns %s; check that it is of the format named",
			programme.ErrInvalid, t.file, strings.Join(missing, ", "))
	}
	return nil
}

// cell returns the text of a column in the current row, trimmed.
func (t *table) cell(column string) string {
	return strings.TrimSpace(strings.Clone(t.cells[t.columns[column]]))
}

// required returns the text of a column that may not be empty.
func (t *table) required(column string) (string, error) {
	text := t.cell(column)
	if text == "" {
		return "", t.fault(column, text, "fill it in")
	}
	return text, nil
}

// count reads a whole number of 0 or more.
func (t *table) count(column string) (int64, error) {
	text := t.cell(column)
	n, err := strconv.ParseInt(strings.ReplaceAll(text, ",", ""), 10, 64)
	if err != nil || n < 0 {
		return 0, t.fault(column, text, "write a whole number of 0 or more")
	}
	return n, nil
}

// fault is an error about one cell, with what to do.
func (t *table) fault(column, text, remedy string) error {
	return place{file: t.file, row: t.row}.fault(column, text, remedy)
}
