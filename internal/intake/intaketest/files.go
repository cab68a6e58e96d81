// Package intaketest holds what the tests of every door send: a table in each way in which spreadsheet programs save it,
// and cells as people write them.
package intaketest

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Windows1256 is what Windows saves Arabic in as "ANSI".
var Windows1256 encoding.Encoding = charmap.Windows1256

// encodings are those that every door reads.
var encodings = map[string]encoding.Encoding{
	"UTF-8": encoding.Nop, "UTF-8 with a mark": unicode.UTF8BOM,
	"UTF-16LE with a mark":    unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
	"UTF-16BE with a mark":    unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
	"UTF-16LE without a mark": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
}

// File is a table as a program saves it.
type File struct {
	// Name says how: its encoding, what parts its cells and what ends its lines.
	Name    string
	Content string
	// Above is how many rows are above its heading.
	Above int
}

// Files are a table in every way in which spreadsheet programs save one: each encoding with each separator and line end,
// quoted or not, with what parts the cells named before, with blank rows and columns, with a title above.
func Files(tb testing.TB, table [][]string) []File {
	tb.Helper()
	var files []File
	for name, encoding := range encodings {
		for _, separator := range []string{",", ";", "\t"} {
			for ends, end := range map[string]string{"LF": "\n", "CRLF": "\r\n", "CR": "\r"} {
				text := Text(table, separator, end, false)
				name := strings.Join([]string{name, separators[separator], ends}, ", ")
				files = append(files, File{Name: name, Content: Encoded(tb, text, encoding)})
			}
		}
	}
	wide := make([][]string, 0, len(table)+3)
	for _, row := range table {
		wide = append(wide, append(append([]string{}, row...), "", ""))
	}
	blank := make([]string, len(table[0]))
	title := append([]string{"Totals, as agreed"}, blank[1:]...)
	return append(files, []File{
		{Name: "quoted", Content: Text(table, ",", "\r\n", true)},
		{Name: "quoted, semicolons", Content: "\ufeff" + Text(table, ";", "\r\n", true)},
		{Name: "bars", Content: Text(table, "|", "\n", false)},
		{Name: "separator named", Content: "\ufeffsep=;\r\n" + Text(table, ";", "\r\n", false)},
		{Name: "blank columns at the end", Content: Text(wide, ",", "\r\n", false)},
		{Name: "blank rows at the end", Content: Text(append(append([][]string{}, table...), blank, blank), ";", "\r\n", false)},
		{Name: "a title above", Content: Text(append([][]string{title, blank}, table...), ",", "\r\n", false), Above: 2},
	}...)
}

var separators = map[string]string{",": "commas", ";": "semicolons", "\t": "tabs"}

// Text writes a table; a cell that needs quotes has them.
func Text(table [][]string, separator, end string, quoted bool) string {
	var out strings.Builder
	for _, row := range table {
		for i, cell := range row {
			if i > 0 {
				out.WriteString(separator)
			}
			if quoted || strings.ContainsAny(cell, separator+"\"\r\n") {
				cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
			}
			out.WriteString(cell)
		}
		out.WriteString(end)
	}
	return out.String()
}

// Encoded is a text as a program saves it in an encoding.
func Encoded(tb testing.TB, text string, as encoding.Encoding) string {
	tb.Helper()
	file, err := as.NewEncoder().String(text)
	if err != nil {
		tb.Fatal(err)
	}
	return file
}
