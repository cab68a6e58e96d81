package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Clean returns a cell's text as people see it: without marks that nobody sees, every kind of space as a plain one, and
// none around it.
func Clean(text string) string {
	if plain(text) {
		return strings.TrimSpace(text)
	}
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case unseen(r):
			return -1
		case unicode.IsSpace(r):
			return ' '
		default:
			return r
		}
	}, text))
}

// Prose returns a text of one or more lines without marks that nobody sees and the spaces around it. What joins letters or
// keeps them apart stays: words of some languages and signs need it.
func Prose(text string) string {
	return strings.TrimFunc(strings.Map(func(r rune) rune {
		if unseen(r) && r != '\u200c' && r != '\u200d' && !unicode.Is(unicode.Variation_Selector, r) {
			return -1
		}
		return r
	}, text), func(r rune) bool { return unicode.IsSpace(r) || r == '\u200c' || r == '\u200d' })
}

// plain reports whether a text is printable ASCII, of which nothing is to be taken out.
func plain(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

// unseen reports whether a character has no shape of its own: marks of direction and joining, spaces of no width, soft
// hyphens, byte order marks, variation selectors. The signs of Arabic that are drawn around digits are of the same
// class in Unicode and are seen.
func unseen(r rune) bool {
	if r < 0xad {
		return false
	}
	return (unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r)) ||
		unicode.Is(unicode.Variation_Selector, r)
}

// blank are the characters that Unicode counts as letters and signs, and that are drawn as nothing.
const blank = "\u115f\u1160\u2800\u3164\uffa0"

// Seen reports whether there is anything in a text that people see: a name must have it.
func Seen(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return !unseen(r) && !unicode.IsControl(r) && !unicode.IsSpace(r) && !strings.ContainsRune(blank, r)
	})
}

// Digits returns a text with the digits of Arabic, Persian and wide keyboards as 0-9.
func Digits(text string) string {
	if plain(text) {
		return text
	}
	return strings.Map(func(r rune) rune {
		for _, zero := range [...]rune{'٠', '۰', '０'} {
			if r >= zero && r <= zero+9 {
				return '0' + r - zero
			}
		}
		return r
	}, text)
}

// columnSpace is what people write between the words of a column's name.
var columnSpace = regexp.MustCompile(`[ _-]+`)

// Column returns a heading as columns are named: clean, in lower case, with one underscore between its words.
func Column(heading string) string {
	return columnSpace.ReplaceAllString(strings.ToLower(alike.Replace(Digits(Clean(heading)))), "_")
}

// HasColumns reports whether a heading has all the columns.
func HasColumns(heading, columns []string) bool {
	for _, column := range columns {
		if !slices.ContainsFunc(heading, func(text string) bool { return Column(text) == column }) {
			return false
		}
	}
	return true
}

// folding maps the Arabic letters that people write in several ways to one, and drops what they leave out.
var folding = strings.NewReplacer(
	"أ", "ا", "إ", "ا", "آ", "ا", "ٱ", "ا", "ى", "ي", "ئ", "ي", "ؤ", "و", "ة", "ه", "ء", "", "ی", "ي", "ک", "ك",
	"ـ", "", "\u064b", "", "\u064c", "", "\u064d", "", "\u064e", "", "\u064f", "", "\u0650", "",
	"\u0651", "", "\u0652", "", "\u0670", "",
)

// Fold returns a text as words are compared: clean, in lower case, with hamza, alef, ya, ta marbuta, tatweel and
// diacritics folded, and digits as 0-9.
func Fold(text string) string { return folding.Replace(strings.ToLower(Digits(Clean(text)))) }

// Sought returns a text as search compares it: folded, with signs that look alike as one and the letters of Arabic that PDFs
// hold by their shapes as such.
func Sought(text string) string {
	if plain(text) {
		return strings.ToLower(Clean(text))
	}
	return Fold(alike.Replace(norm.NFKC.String(text)))
}
