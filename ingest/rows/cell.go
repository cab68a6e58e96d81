package rows

import (
	"strings"

	"mirsad/internal/i18n"
)

// longestWhole is how many digits a number may have to be read as one.
const longestWhole = 19

// wholeIn reads a whole number as people write it, in the digits of either language; false: the cell is none.
func wholeIn(cell string) (digits string, is bool) {
	digits = i18n.Digits(cell)
	if digits == "" || len(digits) > longestWhole || strings.Trim(digits, "0123456789") != "" {
		return "", false
	}
	if digits = strings.TrimLeft(digits, "0"); digits == "" {
		digits = "0" // JSON knows no number with zeros before it
	}
	return digits, true
}
