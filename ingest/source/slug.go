package source

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// slug writes a name as lower-case words joined by hyphens: accents fall away, apostrophes too.
func slug(name string) string {
	var out strings.Builder
	gap := false
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			if gap && out.Len() > 0 {
				out.WriteByte('-')
			}
			gap = false
			out.WriteRune(r)
		case r == '\'' || r == '’' || unicode.Is(unicode.Mn, r):
		default:
			gap = true
		}
	}
	return out.String()
}
