// Package csvfile writes tables for spreadsheet programs: every CSV that the program answers with is one of these.
//
// Such a program runs a cell that begins like a formula, also when somebody entered it as a name. Text is therefore
// guarded by an apostrophe in front, in the same way everywhere; numbers that the program itself writes stay numbers.
package csvfile

import (
	"encoding/csv"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ByteOrderMark at the beginning of a file shows spreadsheet programs that its text is UTF-8.
const ByteOrderMark = "\ufeff"

// ContentType is the media type of these files.
const ContentType = "text/csv; charset=utf-8"

// Cell is a cell as it is written; the zero value is an empty one.
type Cell struct{ written string }

// String is the cell as the file has it, before quotes.
func (c Cell) String() string { return c.written }

// Text is a cell of a column of text: names, codes, dates, whatever was entered.
func Text[S ~string](text S) Cell {
	if formula(string(text)) {
		return Cell{written: "'" + string(text)}
	}
	return Cell{written: string(text)}
}

// Number is a cell of a column of numbers, written as strconv does; what is no number is guarded as text is.
func Number(digits string) Cell {
	if !number(digits) {
		return Text(digits)
	}
	return Cell{written: digits}
}

// starters are the characters that begin a formula. The wide forms of East Asian keyboards are read as the narrow ones.
const starters = "=+-@＝＋－＠"

// formula reports whether a spreadsheet program could take a text for a formula: also behind spaces and characters
// without a shape, which some programs skip.
func formula(text string) bool {
	if text != "" && strings.ContainsRune("\t\r\n", rune(text[0])) {
		return true
	}
	text = strings.TrimLeftFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.C, r) })
	first, _ := utf8.DecodeRuneInString(text)
	return text != "" && strings.ContainsRune(starters, first)
}

// number reports whether a text is digits with at most a sign and one point.
func number(text string) bool {
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	return whole != "" && strings.Trim(whole+fraction, "0123456789") == ""
}

// Writer writes rows as spreadsheet programs expect them.
type Writer struct{ lines *csv.Writer }

// NewWriter begins a file.
func NewWriter(to io.Writer) *Writer {
	_, _ = io.WriteString(to, ByteOrderMark) // the next write meets the same error, and Flush returns it
	lines := csv.NewWriter(to)
	lines.UseCRLF = true
	return &Writer{lines: lines}
}

// Row writes one row.
func (w *Writer) Row(cells ...Cell) {
	row := make([]string, len(cells))
	for i, each := range cells {
		row[i] = each.written
	}
	_ = w.lines.Write(row) // kept by the writer; Flush returns it
}

// Heading writes a row of text.
func (w *Writer) Heading(names ...string) {
	cells := make([]Cell, len(names))
	for i, name := range names {
		cells[i] = Text(name)
	}
	w.Row(cells...)
}

// Flush ends the file and returns the first error of any row.
func (w *Writer) Flush() error {
	w.lines.Flush()
	return w.lines.Error()
}
