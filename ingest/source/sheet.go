package source

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"mirsad/internal/civil"
	"mirsad/internal/csvfile"
	"mirsad/internal/programme"
)

// The bounds of a sheet that people keep by hand: more is a mistake, or meant to harm.
const (
	largestSheet = 5 << 20 // bytes of the file
	mostRows     = 20_000
	mostColumns  = 60
)

// The first bytes of a zip archive, as .xlsx is, and of what Excel wrote before 2007 or writes with a password.
const (
	zipStart    = "PK\x03\x04"
	oldXLSStart = "\xd0\xcf\x11\xe0"
)

// Workbook reads the first sheet of an Excel workbook: it calls each for every row that holds text, with its number
// from 1 and its cells as stored, and returns the day from which the workbook counts dates. It ends with the first
// error of each; programme.ErrInvalid is a file that can't be read.
type Workbook func(workbook []byte, each func(row int, cells []string) error) (dayZero civil.Date, err error)

// fileRows is the rows of a CSV file or of a workbook's first sheet that hold text.
type fileRows struct {
	file    string // base name
	rows    []sheetRow
	dayZero civil.Date // of dates stored as numbers; none in CSV
}

type sheetRow struct {
	number int // from 1, the heading included
	cells  []string
}

// readSheet reads a file whole, within bounds. Its first bytes, not its name, show which of the two kinds it is.
func readSheet(path string, workbook Workbook) (*fileRows, error) {
	content, err := readBounded(path, largestSheet)
	if err != nil {
		return nil, err
	}
	s := &fileRows{file: filepath.Base(path)}
	switch {
	case bytes.HasPrefix(content, []byte(oldXLSStart)):
		return nil, fmt.Errorf(
			"%w: file %s is of an old format or locked by a password; save it as .xlsx without a password",
			programme.ErrInvalid, s.file,
		)
	case !bytes.HasPrefix(content, []byte(zipStart)):
		err = s.readCSV(content)
	case workbook == nil:
		return nil, fmt.Errorf(
			"%w: file %s is a workbook, which can't be read here; save it as CSV", programme.ErrInvalid, s.file,
		)
	default:
		err = s.readWorkbook(content, workbook)
	}
	if err != nil {
		return nil, err
	}
	if len(s.rows) == 0 {
		return nil, fmt.Errorf(
			"%w: file %s is empty; write a heading and at least one row", programme.ErrInvalid, s.file,
		)
	}
	if len(s.rows) == 1 {
		return nil, fmt.Errorf("%w: file %s has a heading but no row; write at least one", programme.ErrInvalid, s.file)
	}
	return s, nil
}

func (s *fileRows) readWorkbook(content []byte, workbook Workbook) error {
	var refused error
	dayZero, err := workbook(content, func(number int, cells []string) error {
		refused = s.add(number, cells)
		return refused
	})
	if refused != nil {
		return refused
	}
	if err != nil {
		return fmt.Errorf("file %s: %w; save it again as .xlsx, or as CSV", s.file, err)
	}
	s.dayZero = dayZero
	return nil
}

// readBounded reads a file of at most so many bytes.
func readBounded(path string, limit int64) ([]byte, error) {
	file, err := openNamed(path)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // only read
	content, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	if int64(len(content)) > limit {
		return nil, fmt.Errorf(
			"%w: file %s is larger than %d MiB; split it", programme.ErrInvalid, filepath.Base(path), limit>>20,
		)
	}
	return content, nil
}

// openNamed opens a file that the operator names.
func openNamed(path string) (*os.File, error) {
	file, err := os.Open(path) //nolint:gosec // the operator names the file to import
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%w: file %s does not exist; check its name", programme.ErrInvalid, path)
	}
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return file, nil
}

func (s *fileRows) readCSV(content []byte) error {
	if err := checkUTF8(s.file, content); err != nil {
		return err
	}
	reader := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(content, []byte(csvfile.ByteOrderMark))))
	reader.FieldsPerRecord = -1 // the heading judges each row
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf(
				"%w: file %s: %w; save it as CSV with commas and UTF-8", programme.ErrInvalid, s.file, err,
			)
		}
		line, _ := reader.FieldPos(0)
		if err := s.add(line, cells); err != nil {
			return err
		}
	}
}

// checkUTF8 finds text in another encoding, which would turn Arabic names into nonsense.
func checkUTF8(file string, content []byte) error {
	if !utf8.Valid(content) {
		return fmt.Errorf("%w: file %s is not written in UTF-8; save it as CSV UTF-8", programme.ErrInvalid, file)
	}
	return nil
}

// add keeps a row without the spaces around its cells; one without any text, as spreadsheet programs leave them, is
// left out.
func (s *fileRows) add(number int, cells []string) error {
	row := sheetRow{number: number}
	for i, text := range cells {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		if i >= mostColumns {
			return fmt.Errorf(
				"%w: file %s, row %d: there is text beyond column %d; take it out", programme.ErrInvalid, s.file,
				number, mostColumns,
			)
		}
		row.cells = append(row.cells, slices.Repeat([]string{""}, i-len(row.cells))...)
		row.cells = append(row.cells, text)
	}
	if len(row.cells) == 0 {
		return nil
	}
	if len(s.rows) > mostRows {
		return fmt.Errorf("%w: file %s has more than %d rows; split it", programme.ErrInvalid, s.file, mostRows)
	}
	s.rows = append(s.rows, row)
	return nil
}
