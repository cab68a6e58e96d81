package sheet

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// inflatedWorkbook is how many bytes a workbook may unpack to: what is larger is no list that people keep.
const inflatedWorkbook = 64 << 20

// The days from which Excel counts. The usual one is a day early on purpose: Excel believes in a 29 February 1900.
var (
	ExcelDayZero     = civil.NewDate(1899, time.December, 30)
	ExcelDayZero1904 = civil.NewDate(1904, time.January, 1)
)

// ReadFirstSheet reads the first sheet of an Excel workbook and calls each for every row that holds text, with its
// number from 1 and its cells as they are stored: a date is a number of days after dayZero, whatever it looks like in
// Excel. It ends with the first error of each. What is no workbook, or unpacks to more than 64 MiB, is
// programme.ErrInvalid.
func ReadFirstSheet(workbook []byte, each func(row int, cells []string) error) (dayZero civil.Date, err error) {
	file, err := excelize.OpenReader(bytes.NewReader(workbook), excelize.Options{
		RawCellValue: true,
		// The same limit for one part as for the whole keeps excelize from writing to temporary files.
		UnzipSizeLimit: inflatedWorkbook, UnzipXMLSizeLimit: inflatedWorkbook,
	})
	if err != nil {
		return 0, fmt.Errorf("%w: no readable workbook: %w", programme.ErrInvalid, err)
	}
	defer file.Close() //nolint:errcheck // only read
	properties, err := file.GetWorkbookProps()
	if err != nil {
		return 0, fmt.Errorf("%w: workbook: %w", programme.ErrInvalid, err)
	}
	dayZero = ExcelDayZero
	if properties.Date1904 != nil && *properties.Date1904 {
		dayZero = ExcelDayZero1904
	}
	sheets := file.GetSheetList()
	if len(sheets) == 0 {
		return 0, fmt.Errorf("%w: a workbook without a sheet", programme.ErrInvalid)
	}
	return dayZero, EachRow(file, sheets[0], each)
}

// EachRow calls each for every row of a sheet that holds text, with its number from 1 and its cells, and ends with the
// first error of each. A sheet that cannot be read is programme.ErrInvalid.
func EachRow(file *excelize.File, sheet string, each func(row int, cells []string) error) error {
	rows, err := file.Rows(sheet)
	if err != nil {
		return fmt.Errorf("%w: sheet %s: %w", programme.ErrInvalid, sheet, err)
	}
	defer rows.Close() //nolint:errcheck // only read
	for number := 1; rows.Next(); number++ {
		cells, err := rows.Columns()
		if err != nil {
			return fmt.Errorf("%w: sheet %s, row %d: %w", programme.ErrInvalid, sheet, number, err)
		}
		if !slices.ContainsFunc(cells, func(text string) bool { return strings.TrimSpace(text) != "" }) {
			continue
		}
		if err := each(number, cells); err != nil {
			return err
		}
	}
	if err := rows.Error(); err != nil {
		return fmt.Errorf("%w: sheet %s: %w", programme.ErrInvalid, sheet, err)
	}
	return nil
}
