package scan

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// book makes a workbook of one sheet with a heading and two rows, and edits it.
func book(t *testing.T, edit func(*excelize.File) error) []byte {
	t.Helper()
	file := excelize.NewFile()
	for at, row := range [][]any{
		{"code", "name", "day", "n"},
		{"a", "Alpha", time.Date(2016, 9, 30, 0, 0, 0, 0, time.UTC), 1234},
		{"b", "Beta", "2016-10-01", 5},
	} {
		if err := file.SetSheetRow("Sheet1", fmt.Sprintf("A%d", at+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if edit != nil {
		if err := edit(file); err != nil {
			t.Fatal(err)
		}
	}
	written, err := file.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return written.Bytes()
}

func headed(heading []string) bool { return slices.Contains(heading, "code") }

// told reads a workbook and returns its sheet and rows, and its faults by cell and kind; an error by its kind.
func told(t *testing.T, content []byte) (rows, faults string) {
	t.Helper()
	found, list, err := Read(content, headed)
	if refused, is := errors.AsType[*programme.FaultsError](err); is {
		checkWorded(t, refused.Faults[0])
		return "", refused.Faults[0].Kind
	}
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	out.WriteString(found.Name)
	for _, row := range found.Rows {
		fmt.Fprintf(&out, " %d:%s", row.Number, strings.Join(row.Cells, ","))
	}
	for _, each := range list {
		checkWorded(t, each.Fault)
	}
	return out.String(), strings.Join(cellsAndKinds(list), " ")
}

func cellsAndKinds(list []register.SheetFault) []string {
	var kinds []string
	for _, each := range list {
		kinds = append(kinds, each.Cell+"="+each.Kind)
	}
	return kinds
}

func checkWorded(t *testing.T, f programme.Fault) {
	t.Helper()
	bundle, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range i18n.Languages() {
		words := bundle.In(language)
		if text := words.T("admin.fault."+f.Kind, f.Args) + words.T("admin.fault."+f.Kind+".remedy", f.Args); strings.ContainsAny(text, "⟦{") {
			t.Errorf("%s: %s", f.Kind, text)
		}
	}
}

const plainRows = "Sheet1 1:code,name,day,n 2:a,Alpha,2016-09-30,1234 3:b,Beta,2016-10-01,5"

func TestATableIsReadAsPeopleSeeIt(t *testing.T) {
	style := func(f *excelize.File, cell string, number int, code string) error {
		format := &excelize.Style{NumFmt: number}
		if code != "" {
			format = &excelize.Style{CustomNumFmt: &code}
		}
		id, err := f.NewStyle(format)
		return errors.Join(err, f.SetCellStyle("Sheet1", cell, cell, id))
	}
	set := func(f *excelize.File, cell string, value any) error { return f.SetCellValue("Sheet1", cell, value) }
	since1904 := true
	for name, each := range map[string]struct {
		edit func(*excelize.File) error
		want string
	}{
		"as it is": {nil, plainRows},
		"a day as a count": {func(f *excelize.File) error {
			return errors.Join(set(f, "C3", 42644.5), style(f, "C3", 0, `[$-409]d\-mmm\-yy;@`))
		}, plainRows},
		"a built-in date":  {func(f *excelize.File) error { return errors.Join(set(f, "C3", 42644), style(f, "C3", 14, "")) }, plainRows},
		"a code as a date": {func(f *excelize.File) error { return errors.Join(set(f, "A3", 42430), style(f, "A3", 17, "")) }, strings.Replace(plainRows, "3:b", "3:2016-03-01", 1)},
		"since 1904": {func(f *excelize.File) error {
			return errors.Join(f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &since1904}), set(f, "C2", 41181), set(f, "C3", "2016-10-01"))
		}, plainRows},
		"powers of ten": {func(f *excelize.File) error { return set(f, "D3", 1.2e21) }, strings.Replace(plainRows, "01,5", "01,1200000000000000000000", 1)},
		"zeros before":  {func(f *excelize.File) error { return errors.Join(set(f, "A3", 7), style(f, "A3", 0, "000")) }, strings.Replace(plainRows, "3:b", "3:007", 1)},
		"no date": {func(f *excelize.File) error {
			return errors.Join(set(f, "D3", 5), style(f, "D3", 0, `0" days";[Red]\-0_d`))
		}, plainRows},
		"marks":        {func(f *excelize.File) error { return set(f, "B3", "\u200f Beta\u00a0 ") }, plainRows},
		"rows between": {func(f *excelize.File) error { return set(f, "A9", "c") }, plainRows + " 9:c"},
		"a title above": {func(f *excelize.File) error {
			return errors.Join(f.InsertRows("Sheet1", 1, 2), set(f, "A1", "List of services"))
		}, "Sheet1 3:code,name,day,n 4:a,Alpha,2016-09-30,1234 5:b,Beta,2016-10-01,5"},
		"a cover":        {cover(false), plainRows},
		"a hidden cover": {cover(true), plainRows},
		"a sheet of notes": {func(f *excelize.File) error {
			_, err := f.NewSheet("Notes")
			return errors.Join(err, f.SetCellValue("Notes", "A1", "x"))
		}, plainRows},
		"an error": {func(f *excelize.File) error { return f.SetCellValue("Sheet1", "B3", "#N/A") }, strings.Replace(plainRows, "Beta", "#N/A", 1)},
	} {
		rows, faults := told(t, book(t, each.edit))
		if rows != each.want || faults != "" {
			t.Errorf("%s: %s, faults %q; want %s", name, rows, faults, each.want)
		}
	}
}

func cover(hidden bool) func(*excelize.File) error {
	return func(f *excelize.File) error {
		_, err := f.NewSheet("Cover")
		err = errors.Join(err, f.SetCellValue("Cover", "A1", "Ministry"), f.MoveSheet("Cover", "Sheet1"))
		f.SetActiveSheet(1)
		if hidden {
			err = errors.Join(err, f.SetSheetVisible("Cover", false))
		}
		return err
	}
}

func TestWhatCantBeTakenAtItsWordIsNamed(t *testing.T) {
	second := func(name string, hidden bool) func(*excelize.File) error {
		return func(f *excelize.File) error {
			_, err := f.NewSheet(name)
			err = errors.Join(err, f.SetSheetRow(name, "A1", &[]any{"code"}), f.SetSheetRow(name, "A2", &[]any{"c"}))
			if hidden {
				err = errors.Join(err, f.SetSheetVisible(name, false))
			}
			return err
		}
	}
	for name, each := range map[string]struct {
		edit func(*excelize.File) error
		want string
	}{
		"a formula without a result": {func(f *excelize.File) error {
			return errors.Join(f.SetCellValue("Sheet1", "B3", nil), f.SetCellFormula("Sheet1", "B3", "B2"))
		}, "B3=sheet_formula"},
		"a formula with an old one": {func(f *excelize.File) error { return f.SetCellFormula("Sheet1", "B3", "B2") }, "B3=sheet_formula"},
		"one beside the table":      {func(f *excelize.File) error { return f.SetCellFormula("Sheet1", "J3", "B2") }, ""},
		"a hidden row":              {func(f *excelize.File) error { return f.SetRowVisible("Sheet1", 3, false) }, "A3=sheet_hidden_row"},
		"a hidden empty row":        {func(f *excelize.File) error { return f.SetRowVisible("Sheet1", 7, false) }, ""},
		"a hidden column":           {func(f *excelize.File) error { return f.SetColVisible("Sheet1", "D", false) }, "D1=sheet_hidden_column"},
		"a hidden column beside":    {func(f *excelize.File) error { return f.SetColVisible("Sheet1", "H:J", false) }, ""},
		"merged cells":              {func(f *excelize.File) error { return f.MergeCell("Sheet1", "B2", "B3") }, "B2=sheet_merged"},
		"a merged title": {func(f *excelize.File) error {
			return errors.Join(f.InsertRows("Sheet1", 1, 1), f.SetCellValue("Sheet1", "A1", "x"), f.MergeCell("Sheet1", "A1", "D1"))
		}, ""},
		"two tables":            {second("More", false), "sheet_two_tables"},
		"a hidden second table": {second("More", true), "sheet_hidden_sheet"},
		"nothing": {func(f *excelize.File) error {
			return errors.Join(f.RemoveRow("Sheet1", 1), f.RemoveRow("Sheet1", 1), f.RemoveRow("Sheet1", 1))
		}, "sheet_empty"},
	} {
		if _, faults := told(t, book(t, each.edit)); faults != each.want {
			t.Errorf("%s: %q, want %q", name, faults, each.want)
		}
	}
}

func TestWrongFilesAreNamed(t *testing.T) {
	for name, each := range map[string]struct{ content, want string }{
		"CSV":             {"code,name\n", "sheet_text"},
		"a web page":      {"<html><table><tr><td>code</table>", "sheet_web_page"},
		"XML of 2003":     {`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>`, "sheet_web_page"},
		"OpenDocument":    {"PK\x03\x04\x14\x00mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "sheet_open_document"},
		"an old workbook": {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "sheet_encrypted"},
		"an archive":      {"PK\x03\x04nothing", "sheet_broken"},
		"a paper":         {"%PDF-1.4", "sheet_no_workbook"},
		"nothing":         {"", "sheet_no_workbook"},
	} {
		if _, faults := told(t, []byte(each.content)); faults != each.want {
			t.Errorf("%s: %q, want %q", name, faults, each.want)
		}
	}
}

// A program that writes dates as text of ISO 8601, as a cell of the type d.
func TestDatesOfISO8601AreDates(t *testing.T) {
	plain := book(t, nil)
	changed := replaceInPart(t, plain, "xl/worksheets/sheet1.xml", func(part string) string {
		at := strings.Index(part, `<c r="C2"`)
		end := strings.Index(part[at:], "</c>")
		return part[:at] + `<c r="C2" t="d"><v>2016-09-30T00:00:00</v>` + part[at+end:]
	})
	if rows, faults := told(t, changed); faults != "" || rows != plainRows {
		t.Errorf("%s, faults %q", rows, faults)
	}
}

func TestAListOfTwentyThousandRowsIsRead(t *testing.T) {
	file := excelize.NewFile()
	stream, err := file.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	for row := 1; row <= List().Rows; row++ {
		cells := make([]any, 14)
		for i := range cells {
			cells[i] = fmt.Sprintf("code %d %d", row, i)
		}
		if err := stream.SetRow(fmt.Sprintf("A%d", row), cells); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := errors.Join(stream.Flush(), file.Write(&out)); err != nil {
		t.Fatal(err)
	}
	found, _, err := Read(out.Bytes(), headed)
	if err != nil || len(found.Rows) != List().Rows {
		t.Errorf("%v", err)
	}
}
