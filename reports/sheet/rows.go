package sheet

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// The days from which Excel counts. The usual one is a day early on purpose: Excel believes in a 29 February 1900.
var (
	ExcelDayZero     = civil.NewDate(1899, time.December, 30)
	ExcelDayZero1904 = civil.NewDate(1904, time.January, 1)
)

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
