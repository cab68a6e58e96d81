package sheettest_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"mirsad/reports/sheet/sheettest"
)

// plain is a workbook of one sheet with two rows and a name.
func plain(t *testing.T) []byte {
	t.Helper()
	file := excelize.NewFile()
	for _, err := range []error{
		file.SetSheetRow("Sheet1", "A1", &[]any{"code", "", "name"}),
		file.SetSheetRow("Sheet1", "B3", &[]any{0.5, "x"}),
		file.SetDefinedName(&excelize.DefinedName{Name: "share", RefersTo: "'Sheet1'!$B$3"}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	content, err := file.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return content.Bytes()
}

// with is the workbook with one part written anew.
func with(t *testing.T, content []byte, name, text string) []byte {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	parts := sheettest.Parts(t, content)
	parts[name] = text
	for name, text := range parts {
		part, err := archive.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// The validator exits with 0 for every one of these: only what it writes tells them apart.
func TestTheValidatorsVerdictIsRead(t *testing.T) {
	const part = "xl/worksheets/sheet1.xml"
	good := plain(t)
	text := sheettest.Parts(t, good)[part]
	if faults := sheettest.OpenXMLFaults(t, good); len(faults) > 0 {
		t.Errorf("a workbook of the library has the faults %v", faults)
	}
	for name, broken := range map[string][]byte{
		"no archive": []byte("junk"),
		"nothing":    {},
		"cut short":  good[:len(good)/2],
		"no XML":     with(t, good, part, "<worksheet"),
		"elements out of order": with(t, good, part,
			strings.Replace(text, "</worksheet>", "<cols><col min=\"1\" max=\"1\" width=\"9\"/></cols></worksheet>",
				1)),
		"a wrong attribute": with(t, good, part, strings.Replace(text, "<sheetData>", `<sheetData colour="red">`, 1)),
	} {
		if faults := sheettest.OpenXMLFaults(t, broken); len(faults) == 0 {
			t.Errorf("%s: no fault is found", name)
		}
	}
}

func TestCellsListsRowsAndNames(t *testing.T) {
	const want = "== Sheet1\n1: code |  | name\n3: 0.5 | x\n== names\nshare = 'Sheet1'!$B$3\n"
	if got := sheettest.Cells(t, plain(t)); got != want {
		t.Errorf("%s", sheettest.FirstDifference(got, want))
	}
}

func TestTheFirstDifferenceIsShown(t *testing.T) {
	for _, c := range []struct{ got, want, words string }{
		{"a\nb\nc", "a\nx\nc", "line 2\n got b\nwant x"},
		{"a\nb", "a", "2 lines, not 1"},
	} {
		if words := sheettest.FirstDifference(c.got, c.want); words != c.words {
			t.Errorf("%q", words)
		}
	}
}

func TestFoldedTextHasNoMarksOfDirection(t *testing.T) {
	if got := sheettest.FoldSpace("\u200eOn  30\n\u2066September\u2069 "); got != "On 30 September" {
		t.Errorf("%q", got)
	}
}
