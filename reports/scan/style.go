package scan

import (
	"encoding/xml"
	"regexp"
	"strings"
)

const stylesPart = "xl/styles.xml"

// style is what the format of a cell does to a number.
type style struct {
	date   bool
	digits int // zeros are put before the number up to so many digits
}

// cellKey is a cell by its row and column.
type cellKey struct{ row, column int }

// stylesOf reads the formats of cells, in the order in which cells name them; none where the part can't be read.
func stylesOf(part []byte) []style {
	var sheet struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if xml.Unmarshal(part, &sheet) != nil {
		return nil
	}
	codes := map[int]string{}
	for _, each := range sheet.Formats {
		codes[each.ID] = each.Code
	}
	styles := make([]style, 0, len(sheet.Cells))
	for _, each := range sheet.Cells {
		styles = append(styles, style{date: isDate(each.Format, codes[each.Format]), digits: digitsOf(codes[each.Format])})
	}
	return styles
}

// quoted is what a format writes as it is: a text, a sign behind a backslash, a colour or a country in brackets.
var quoted = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[[^\]]*\]`)

// isDate reports whether a format shows a day: one of those that every program has, or a code with a day or a year.
func isDate(id int, code string) bool {
	if code == "" {
		return id >= 14 && id <= 17 || id == 22 || id >= 27 && id <= 36 || id >= 50 && id <= 58
	}
	code = strings.ToLower(quoted.ReplaceAllString(code, ""))
	return strings.ContainsAny(code, "dyb") || strings.Contains(code, "mmm")
}

// digitsOf is how many digits a format of zeros alone shows; 0 for any other.
func digitsOf(code string) int {
	if len(code) > 1 && len(code) < 40 && strings.Trim(code, "0") == "" {
		return len(code)
	}
	return 0
}
