package planbook

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// usualKeys are the columns that a plan can't do without.
func usualKeys() []string { return []string{keyCode, keyService, keyLevel, keyPlanned} }

// sheetOf is the part of a sheet with the keys in a row and, below it, rows by the columns' keys. A value that begins
// with < is the cell's content as it is.
func sheetOf(tb testing.TB, keyRow int, keys []string, rows ...map[string]string) string {
	tb.Helper()
	var out strings.Builder
	cell := func(column, row int, text string) {
		address, err := excelize.CoordinatesToCellName(column, row)
		if err != nil {
			tb.Fatal(err)
		}
		if strings.HasPrefix(text, "<") {
			fmt.Fprintf(&out, `<c r="%s">%s</c>`, address, text)
			return
		}
		fmt.Fprintf(&out, `<c r="%s" t="inlineStr"><is><t xml:space="preserve">`, address)
		if err := xml.EscapeText(&out, []byte(text)); err != nil {
			tb.Fatal(err)
		}
		out.WriteString(`</t></is></c>`)
	}
	fmt.Fprintf(&out, `<worksheet><sheetData><row r="%d">`, keyRow)
	for i, key := range keys {
		cell(i+1, keyRow, key)
	}
	out.WriteString(`</row>`)
	for at, values := range rows {
		row := keyRow + 1 + at
		fmt.Fprintf(&out, `<row r="%d">`, row)
		for i, key := range keys {
			if text, given := values[key]; given {
				cell(i+1, row, text)
			}
		}
		out.WriteString(`</row>`)
	}
	out.WriteString(`</sheetData></worksheet>`)
	return out.String()
}

// oneRow is the least that a row says, with changes.
func oneRow(changes map[string]string) map[string]string {
	row := map[string]string{keyService: "S1", keyLevel: "3", keyPlanned: "2016-09-30"}
	for key, text := range changes {
		if row[key] = text; text == "" {
			delete(row, key)
		}
	}
	return row
}

// keysOf are the usual columns and those of a row.
func keysOf(row map[string]string) []string {
	keys := usualKeys()
	for _, c := range planColumns(mostDependencies) {
		if _, given := row[c.key]; given && !slices.Contains(usualKeys(), c.key) {
			keys = append(keys, c.key)
		}
	}
	return keys
}

// readRow reads a plan of one row, of which only what differs from the least is given.
func readRow(t *testing.T, changes map[string]string) Upload {
	t.Helper()
	row := oneRow(changes)
	return readPlan(t, smallPlan().with(planPart, sheetOf(t, 1, keysOf(row), row)).zip(t))
}

// sentence is what somebody reads of a fault, in a language.
func sentence(fault *programme.Fault, language i18n.Language) string {
	return planTexts().In(language).T("admin.fault."+fault.Kind, i18n.Args(fault.Args))
}

// oleStart begins files of the time before 2007, and encrypted ones of today.
const oleStart = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
