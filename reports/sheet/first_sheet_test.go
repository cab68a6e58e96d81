package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// dated is a workbook whose first sheet has a heading, an empty row and a date, and whose second must not be read.
func dated(t *testing.T, since1904 bool) []byte {
	t.Helper()
	file := excelize.NewFile()
	if _, err := file.NewSheet("Other"); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		file.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &since1904}),
		file.SetSheetRow("Sheet1", "A1", &[]any{"code", "day"}),
		file.SetCellValue("Sheet1", "A2", "  "),
		file.SetSheetRow("Sheet1", "A4", &[]any{"x", time.Date(2016, 9, 30, 0, 0, 0, 0, time.UTC), "", true}),
		file.SetCellValue("Other", "A1", "never read"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	written, err := file.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return written.Bytes()
}

func TestReadFirstSheet(t *testing.T) {
	type row struct {
		number int
		cells  []string
	}
	for since1904, days := range map[bool]string{false: "42643", true: "41181"} {
		var rows []row
		dayZero, err := ReadFirstSheet(dated(t, since1904), func(number int, cells []string) error {
			rows = append(rows, row{number, cells})
			return nil
		})
		want := []row{{1, []string{"code", "day"}}, {4, []string{"x", days, "", "1"}}}
		if err != nil || !reflect.DeepEqual(rows, want) {
			t.Errorf("since 1904 %t: %v, %v; want %v", since1904, rows, err, want)
		}
		if count := map[bool]int{false: 42643, true: 41181}[since1904]; dayZero.AddDays(count) != civil.NewDate(2016, 9,
			30) {
			t.Errorf("since 1904 %t: day zero %s", since1904, dayZero)
		}
	}
}

func TestReadFirstSheetEndsWithTheFirstError(t *testing.T) {
	calls := 0
	_, err := ReadFirstSheet(dated(t, false), func(int, []string) error { calls++; return programme.ErrForbidden })
	if !errors.Is(err, programme.ErrForbidden) || calls != 1 {
		t.Errorf("%v after %d calls", err, calls)
	}
}

func TestReadFirstSheetRefusesWhatIsNoWorkbook(t *testing.T) {
	var bomb bytes.Buffer
	archive := zip.NewWriter(&bomb)
	part, err := archive.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	nothing := make([]byte, 1<<20)
	for range inflatedWorkbook>>20 + 1 {
		if _, err := part.Write(nothing); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	for name, workbook := range map[string][]byte{
		"nothing": nil, "text": []byte("code,name\n"), "cut short": dated(t, false)[:500],
		"unpacks to too much": bomb.Bytes(),
	} {
		if _, err := ReadFirstSheet(workbook, func(int, []string) error { return nil }); !errors.Is(err,
			programme.ErrInvalid) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}
