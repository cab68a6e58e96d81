package source

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"mirsad/internal/civil"
	"mirsad/internal/intake"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// bounds are how large a file may be: more is a mistake, or meant to harm.
type bounds struct {
	bytes         int64
	rows, columns int
}

// The bounds of a list that people keep by hand, and of a published file.
var (
	listBounds   = bounds{bytes: 5 << 20, rows: 20_000, columns: 60}
	publicBounds = bounds{bytes: 64 << 20, rows: 500_000, columns: 200}
)

// longestRow is how many bytes a row of a table of text may have.
const longestRow = 1 << 20

// Workbook reads the sheet of an Excel workbook whose heading is wanted; see sheet.Read. Its faults are of cells and of
// rows; an error is of the whole file: programme.ErrInvalid for one that can't be read.
type Workbook func(workbook []byte, wanted func(heading []string) bool) (*intake.Sheet, []register.SheetFault, error)

// fileRows is the rows of a CSV file, or of the sheet of a workbook, that hold text.
type fileRows struct {
	place
	bounds
	rows    []sheetRow
	dayZero civil.Date // of dates stored as numbers; none in CSV
	faults  *faults
}

type sheetRow struct {
	number int // as a spreadsheet numbers it, the heading included
	cells  []string
}

// reading is what a format's files are read with.
type reading struct {
	bounds
	workbook Workbook
	// wanted says whether a row may be the heading, below a title.
	wanted func(heading []string) bool
	// prepare changes a file of text before it is read; nil changes nothing.
	prepare func([]byte) []byte
	// exact is for files that programs write: a row of more cells than the heading is broken, though they are empty.
	exact  bool
	faults *faults
}

// read reads a file whole, within bounds. Its first bytes, not its name, show of which kind it is. What is wrong with it
// is noted; nil is a file that can't be read.
func (r *reading) read(path string) *fileRows {
	s := &fileRows{place: place{file: filepath.Base(path)}, bounds: r.bounds, faults: r.faults}
	before := r.faults.count
	content, wrong := readBounded(path, r.bytes)
	switch {
	case wrong != nil:
	case intake.KindOf(content) != intake.Workbook:
		wrong = s.readText(content, r)
	case r.workbook == nil:
		wrong = s.wrong("workbook_unread")
	default:
		wrong = s.readWorkbook(content, r)
	}
	switch {
	case wrong != nil:
	case len(s.rows) == 0:
		wrong = s.wrong("empty")
	case len(s.rows) == 1 && r.faults.count > before:
		return nil // its rows have faults
	case len(s.rows) == 1:
		wrong = s.wrong("no_row")
	}
	if wrong != nil {
		r.faults.add(*wrong)
		return nil
	}
	return s
}

// wrong is a fault of the whole file.
func (s *fileRows) wrong(kind string, pairs ...any) *fault {
	f := s.fault(kind, pairs...)
	return &f
}

func (s *fileRows) readWorkbook(content []byte, r *reading) *fault {
	found, faults, err := r.workbook(content, r.wanted)
	if refused, is := errors.AsType[*programme.FaultsError](err); is {
		first := &refused.Faults[0]
		f := s.fault(first.Kind)
		f.args = first.Args
		return &f
	}
	if err != nil {
		return s.wrong("broken_workbook", "cause", err.Error())
	}
	s.sheet, s.dayZero = found.Name, found.DayZero
	for _, each := range faults {
		f := s.fault(each.Kind)
		f.address, f.args = each.Cell, each.Args
		s.faults.add(f)
	}
	return s.addAll(found.Rows)
}

// readText reads a table of text; an exact reading refuses rows of more cells than the heading has, whose cells may have moved.
func (s *fileRows) readText(content []byte, r *reading) *fault {
	if wrong := s.notText(content); wrong != nil {
		return wrong
	}
	text, _ := intake.Text(content) // no other encoding, as was just seen
	if r.prepare != nil {
		text = r.prepare(text)
	}
	table, err := intake.OpenTable(text, longestRow, r.wanted)
	switch {
	case errors.Is(err, intake.ErrNoHeading):
		return s.wrong("empty")
	case err != nil:
		return s.wrong("broken_csv")
	}
	most := cellsOf(table.HeadingRow, table.Separator)
	rows := []intake.Row{{Number: table.HeadingNumber, Cells: table.Heading}}
	for row, is := table.Next(); is; row, is = table.Next() {
		if n := cellsOf(row.Raw, table.Separator); r.exact && n > most && row.Wrong == nil {
			at := s.place
			at.row = row.Number
			s.faults.add(at.fault("wrong_cells", "n", n, "most", most))
			continue
		}
		rows = append(rows, row)
		if len(rows) > s.bounds.rows+1 {
			break
		}
	}
	return s.addAll(rows)
}

// notTable is why a file is no table of text, whatever its encoding is.
func (s *fileRows) notTable(content []byte) *fault {
	if len(bytes.TrimSpace(content)) == 0 {
		return s.wrong("empty")
	}
	if kind := intake.KindOf(content); kind != intake.PlainText {
		return s.wrong("intake.file." + string(kind))
	}
	return nil
}

// notText is why a file is no table of text that can be read as a whole.
func (s *fileRows) notText(content []byte) *fault {
	if wrong := s.notTable(content); wrong != nil {
		return wrong
	}
	_, err := intake.Text(content)
	if other, is := errors.AsType[*intake.EncodingError](err); is {
		kind := "intake.encoding"
		if other.Found == intake.UnknownEncoding {
			kind = "intake.encoding.unknown"
		}
		return s.wrong(kind, "encoding", string(other.Found))
	}
	return nil
}

// cellsOf counts the cells of a row as sent, empty ones included.
func cellsOf(raw []byte, separator rune) int {
	reader := csv.NewReader(bytes.NewReader(raw))
	reader.Comma = separator
	cells, err := reader.Read()
	if err != nil {
		return 0
	}
	return len(cells)
}

// addAll keeps the rows; what is wrong with one is noted, and the others are read.
func (s *fileRows) addAll(rows []intake.Row) *fault {
	if len(rows) > s.bounds.rows+1 {
		return s.wrong("too_many_rows", "most", s.bounds.rows)
	}
	for i := range rows {
		row := &rows[i]
		at := s.place
		at.row = row.Number
		wrong := fault{}
		switch {
		case row.Wrong != nil && !errors.Is(row.Wrong, intake.ErrSurplus):
			wrong = at.fault("broken_csv")
		case s.tooWide(row.Cells):
			wrong = at.fault("too_wide", "most", s.columns)
		default:
			s.rows = append(s.rows, sheetRow{row.Number, row.Cells})
			s.checkRow(at, row.Cells)
			continue
		}
		if i == 0 {
			return &wrong
		}
		s.faults.add(wrong)
	}
	return nil
}

func (s *fileRows) tooWide(cells []string) bool {
	return len(cells) > s.columns && slices.ContainsFunc(cells[s.columns:], func(text string) bool { return text != "" })
}

// checkRow finds what is wrong in whichever file it is: text under no heading, which would be lost in silence; and what a
// spreadsheet writes where it has no value.
func (s *fileRows) checkRow(at place, cells []string) {
	heading := s.rows[0].cells
	for i, text := range cells {
		column := strconv.Itoa(i + 1)
		if i < len(heading) && heading[i] != "" {
			column = heading[i]
		}
		switch {
		case text == "":
		case i >= len(heading) || heading[i] == "":
			s.faults.add(at.cell(column, text, "no_heading"))
		case isSheetError(text):
			s.faults.add(at.cell(column, text, "intake."+string(intake.SheetError), "text", text))
		}
	}
}

// isSheetError reports whether checkRow notes a cell, of which nothing else is noted then.
func isSheetError(text string) bool {
	return sheetErrors[text] || len(text) > 2 && strings.Trim(text, "#") == ""
}

// sheetErrors are what spreadsheet programs show where they have no value.
var sheetErrors = map[string]bool{
	"#N/A": true, "#REF!": true, "#VALUE!": true, "#DIV/0!": true, "#NAME?": true, "#NULL!": true, "#NUM!": true,
	"#SPILL!": true, "#CALC!": true, "#GETTING_DATA": true,
}

// readBounded reads a file of at most so many bytes.
func readBounded(path string, limit int64) ([]byte, *fault) {
	at := place{file: filepath.Base(path)}
	wrong := func(kind string, pairs ...any) *fault {
		f := at.fault(kind, pairs...)
		return &f
	}
	file, err := os.Open(path) //nolint:gosec // the operator names the file to import
	if errors.Is(err, fs.ErrNotExist) {
		return nil, wrong("not_there")
	}
	if err != nil {
		return nil, wrong("unreadable", "cause", err.Error())
	}
	defer file.Close() //nolint:errcheck // only read
	content, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err != nil {
		return nil, wrong("unreadable", "cause", err.Error())
	}
	if int64(len(content)) > limit {
		return nil, wrong("too_large", "most", limit>>20)
	}
	return content, nil
}
