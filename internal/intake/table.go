package intake

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"strings"
	"unicode/utf8"
)

// Table reads a table of text row by row. Above its heading there may be a title; blank rows are left out, and counted as
// spreadsheet programs count them.
type Table struct {
	// Heading is the heading's cells, clean, without the empty ones at its end; HeadingRow is it as sent.
	Heading    []string
	HeadingRow []byte
	// HeadingNumber is the heading's row, from 1.
	HeadingNumber int
	// Separator parts the cells.
	Separator rune

	rest     []byte
	encoding Encoding
	ends     byte // what ends a line
	row      int
	longest  int
	buffer   *bufio.Reader
}

// Row is a row of a table.
type Row struct {
	// Number is the row as spreadsheet programs number it, from 1, the heading and blank rows included.
	Number int
	// Raw is the row as sent, without its line end.
	Raw []byte
	// Cells are clean. There are no more of them than the heading has, and perhaps fewer.
	Cells []string
	// Wrong says why the row can't be taken apart: ErrRowTooLong, ErrQuotes, ErrSurplus or an *EncodingError. Nil: it can.
	Wrong error
}

// Why a table, or a row of it, can't be taken apart.
var (
	// ErrNoHeading says that there is no row that is not blank.
	ErrNoHeading = errors.New("the table has no heading")
	// ErrRowTooLong says that a row is longer than the reader was told to read.
	ErrRowTooLong = errors.New("the row is too long")
	// ErrQuotes says that the quotes of a row are not in pairs, or are within a cell.
	ErrQuotes = errors.New("the quotes of the row are not in pairs")
	// ErrSurplus says that a row has text under no heading.
	ErrSurplus = errors.New("the row has text under no heading")
)

// HeadingWithin is how far down a table its heading may be.
const HeadingWithin = 20

// OpenTable reads the heading of a table, of which no row may be longer than so many bytes: the first row that is wanted
// as such or, where none is, the first that is not blank. Errors: ErrNoHeading, those of Row.Wrong for the heading, a
// *KindError for a file that is no text.
func OpenTable(file []byte, longestRow int, wanted func(heading []string) bool) (*Table, error) {
	if kind := KindOf(file); kind != PlainText {
		return nil, &KindError{kind}
	}
	t := &Table{encoding: UTF8, ends: '\n', longest: longestRow, buffer: bufio.NewReader(nil), Separator: ','}
	text, err := Text(file)
	if other, is := errors.AsType[*EncodingError](err); is {
		// Its heading and some of its rows may be plain; the others are refused by themselves.
		text, t.encoding = file, other.Found
	}
	t.rest = text
	if bytes.IndexByte(text, '\n') < 0 {
		t.ends = '\r' // as the first Macintosh wrote it
	}
	found, err := t.heading(wanted)
	if err != nil {
		return nil, err
	}
	t.Heading, t.HeadingRow, t.HeadingNumber = found.Cells, found.Raw, found.Number
	for len(t.Heading) > 0 && t.Heading[len(t.Heading)-1] == "" {
		t.Heading = t.Heading[:len(t.Heading)-1]
	}
	return t, nil
}

// heading reads up to the heading.
func (t *Table) heading(wanted func(heading []string) bool) (Row, error) {
	first, wrong := t.firstRow()
	if errors.Is(wrong, ErrNoHeading) || (wrong == nil && wanted(first.Cells)) {
		return first, wrong
	}
	afterFirst := *t
	for t.row < HeadingWithin {
		row, err := t.firstRow()
		if errors.Is(err, ErrNoHeading) {
			break
		}
		if err == nil && row.Number <= HeadingWithin && wanted(row.Cells) {
			return row, nil
		}
	}
	*t = afterFirst
	return first, wrong
}

// firstRow reads up to the next row that is not blank, which shows what parts its cells; Excel may say it in a line of its
// own before the first.
func (t *Table) firstRow() (Row, error) {
	for {
		line, is := t.line()
		if !is {
			return Row{}, ErrNoHeading
		}
		said, says := bytes.CutPrefix(bytes.ToLower(line), []byte("sep="))
		if says && len(said) == 1 && t.row == 1 {
			t.row-- // spreadsheet programs don't show it
			continue
		}
		if t.row > 0 && !says {
			t.Separator = separatorIn(line)
		}
		row := t.take(line)
		if row.Wrong != nil {
			return row, row.Wrong
		}
		if !row.blank() {
			return row, nil
		}
	}
}

// separators are what parts cells, the most usual first.
const separators = ",;\t|"

// separatorIn returns what parts the cells of a heading: what is in it most often outside of quotes.
func separatorIn(heading []byte) rune {
	best, most := ',', 0
	for _, separator := range separators {
		n, quoted := 0, false
		for _, c := range heading {
			switch {
			case c == '"':
				quoted = !quoted
			case rune(c) == separator && !quoted:
				n++
			}
		}
		if n > most {
			best, most = separator, n
		}
	}
	return best
}

// Next returns the next row that is not blank; false at the end.
func (t *Table) Next() (Row, bool) {
	for {
		line, is := t.line()
		if !is {
			return Row{}, false
		}
		row := t.take(line)
		if row.Wrong == nil && row.blank() {
			continue
		}
		if row.Wrong == nil && len(row.Cells) > len(t.Heading) {
			row.trim(len(t.Heading))
		}
		if row.Wrong == nil {
			row.Wrong = t.headed(row.Cells)
		}
		return row, true
	}
}

// trim leaves out empty cells beyond the heading.
func (r *Row) trim(most int) {
	for _, surplus := range r.Cells[most:] {
		if surplus != "" {
			r.Wrong = ErrSurplus
			return
		}
	}
	r.Cells = r.Cells[:most]
}

// headed reports text in a column whose heading is empty: it would be lost in silence.
func (t *Table) headed(cells []string) error {
	for i, cell := range cells {
		if cell != "" && t.Heading[i] == "" {
			return ErrSurplus
		}
	}
	return nil
}

func (r *Row) blank() bool {
	for _, cell := range r.Cells {
		if cell != "" {
			return false
		}
	}
	return true
}

// line takes the next line off the rest, and counts it.
func (t *Table) line() (line []byte, is bool) {
	if len(t.rest) == 0 {
		return nil, false
	}
	end := t.lineEnd()
	line = bytes.TrimRight(t.rest[:end], "\r\n")
	t.rest = t.rest[min(end+1, len(t.rest)):]
	t.row++
	return line, true
}

// lineEnd finds the line end outside of quotes; a quote opens a cell only at its beginning.
func (t *Table) lineEnd() int {
	quoted, begins := false, true
	for at, c := range t.rest {
		switch {
		case c == t.ends && !quoted:
			return at
		case c == '"' && (quoted || begins):
			quoted = !quoted // of two quotes in a quoted cell the second opens it again
			begins = !quoted
			continue
		}
		begins = !quoted && rune(c) == t.Separator
	}
	return len(t.rest)
}

// take takes a row apart. One that is longer than allowed is not looked into: its cells alone could fill the memory.
func (t *Table) take(line []byte) Row {
	row := Row{Number: t.row, Raw: line}
	if len(line) > t.longest {
		row.Wrong = ErrRowTooLong
		return row
	}
	if !utf8.Valid(line) {
		row.Wrong = &EncodingError{t.encoding}
		return row
	}
	if len(line) == 0 {
		return row
	}
	t.buffer.Reset(bytes.NewReader(line))
	reader := csv.NewReader(t.buffer) // takes the buffer as its own
	reader.Comma = t.Separator
	cells, err := reader.Read()
	if err != nil && len(strings.TrimSpace(string(line))) > 0 {
		row.Wrong = ErrQuotes
		return row
	}
	for i, cell := range cells {
		cells[i] = Clean(cell)
	}
	row.Cells = cells
	return row
}
