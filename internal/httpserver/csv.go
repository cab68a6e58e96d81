package httpserver

import "strings"

// ByteOrderMark at the beginning of a CSV tells spreadsheet programs that the text is UTF-8.
const ByteOrderMark = "\ufeff"

// GuardCell keeps a spreadsheet program from reading entered text as a formula
// (docs/design.md#text-that-a-spreadsheet-opens).
func GuardCell(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
