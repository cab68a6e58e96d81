package sheet

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestText is the most characters of entered text that a cell shows.
const longestText = 200

// Clean makes entered text safe to print: no control characters, which XML forbids, no marks that turn the
// direction of the text after them, no line breaks, and no more than longestText characters.
// Text goes into cells as text, so a leading = or @ stays what it is and computes nothing.
func Clean(text string) string { return Shorten(Printable(text), longestText) }

// Printable drops what cannot be shown in a cell or would mislead: control characters, marks of direction and line
// breaks; white space becomes one space.
func Printable(text string) string {
	kept := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == utf8.RuneError, unicode.Is(unicode.Bidi_Control, r), unicode.IsControl(r):
			return -1
		case r&0xFFFE == 0xFFFE, r >= 0xFDD0 && r <= 0xFDEF: // characters that Unicode keeps free for ever
			return -1
		default:
			return r
		}
	}, text)
	return strings.Join(strings.Fields(kept), " ")
}

// Shorten cuts text to at most so many characters, the last of them an ellipsis.
func Shorten(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	runes := []rune(text)
	return strings.TrimSpace(string(runes[:most-1])) + "…"
}

// HeaderText makes text safe inside a page header, where & begins a code, and short enough for one, which has 255
// characters in all.
func HeaderText(text string) string {
	return strings.ReplaceAll(Shorten(Printable(text), 50), "&", "&&")
}

// codeOfCharacter is how a file of this format writes a character that XML forbids: _x202E_ is shown as the character
// itself. In a cell's text the library leaves the same letters as they are, when somebody has entered them.
var codeOfCharacter = regexp.MustCompile(`^_x[0-9A-Fa-f]{4}_`)

// literal keeps entered text from being read as codes of characters, by writing the underscore before one as a code.
func literal(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	var out strings.Builder
	for i := range len(text) {
		if codeOfCharacter.MatchString(text[i:]) {
			out.WriteString("_x005F")
		}
		out.WriteByte(text[i])
	}
	return out.String()
}

// lines estimates how many lines text takes in a cell that holds width digits of the ordinary size:
// words move whole to the next line, so a line is taken as nine tenths full.
func lines(text string, width, size float64) int {
	capacity := max(width*OrdinarySize/size*1.08, 1)
	total := 0
	for paragraph := range strings.SplitSeq(text, "\n") {
		total += linesOf(strings.Fields(paragraph), capacity)
	}
	return max(total, 1)
}

func linesOf(words []string, capacity float64) int {
	count, used := 1, 0.0
	for _, word := range words {
		length := float64(utf8.RuneCountInString(word))
		switch {
		case used == 0:
			used = length
		case used+1+length > capacity:
			count++
			used = length
		default:
			used += 1 + length
		}
		for used > capacity {
			count++
			used -= capacity
		}
	}
	return count
}
