package mail

import (
	_ "embed"
	"fmt"
	"html/template"
	"net/mail"
	"net/url"
	"strings"
	text "text/template"
	"unicode"

	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// Letter is a message to one reader, worded in the reader's language.
type Letter struct {
	To       string // an address without a display name
	Language i18n.Language
	Subject  string
	Heading  string
	// Paragraphs come between the heading and the link.
	Paragraphs []string
	// Action is what the link does, Link its whole address, Expires until when it does.
	Action, Link, Expires string
	// Closing says who sends the message, and what to do when it was not asked for.
	Closing string
	// Classification is the programme's label; empty: none.
	Classification string
}

var (
	//go:embed letter.html
	htmlSource string
	//go:embed letter.txt
	textSource string

	htmlForm = template.Must(template.New("letter.html").Parse(htmlSource))
	textForm = text.Must(text.New("letter.txt").Parse(textSource))
)

// longestAddress is that of RFC 5321, in bytes.
const longestAddress = 254

// CheckAddress is ErrAddress unless text is one bare address: no display name, no list, no control character, so that
// nothing in it can begin another header or command.
func CheckAddress(address string) error {
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address || len(address) > longestAddress ||
		strings.ContainsFunc(address, unwritten) ||
		strings.ContainsAny(address, " \",;:<>()[]\\") {
		return fmt.Errorf("%w: it is one address such as name@example.org", ErrAddress)
	}
	return nil
}

// parts returns the message's two forms. Names come from people, so each stays one line of text.
func (l Letter) parts() (plain, html string, err error) {
	address, err := url.Parse(l.Link)
	if err != nil || address.Host == "" || (address.Scheme != "http" && address.Scheme != "https") {
		return "", "", fmt.Errorf("%w: a letter's link is a whole web address", programme.ErrInvalid)
	}
	l = l.oneLined()
	var asText, asHTML strings.Builder
	if err := textForm.Execute(&asText, l); err != nil {
		return "", "", fmt.Errorf("write the letter as text: %w", err)
	}
	if err := htmlForm.Execute(&asHTML, l); err != nil {
		return "", "", fmt.Errorf("write the letter as HTML: %w", err)
	}
	return strings.TrimSpace(asText.String()) + "\n", asHTML.String(), nil
}

func (l Letter) oneLined() Letter {
	for _, field := range []*string{
		&l.Subject, &l.Heading, &l.Action, &l.Link, &l.Expires, &l.Closing, &l.Classification,
	} {
		*field = oneLine(*field)
	}
	paragraphs := make([]string, len(l.Paragraphs))
	for i, each := range l.Paragraphs {
		paragraphs[i] = oneLine(each)
	}
	l.Paragraphs = paragraphs
	return l
}

// oneLine makes every character that is not written a space, but for the isolates that keep a number's direction.
func oneLine(text string) string {
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		if unwritten(c) {
			return ' '
		}
		return c
	}, text))
}

// unwritten are control characters, line separators and the overrides that show a text in another order than it has.
func unwritten(c rune) bool {
	return unicode.IsControl(c) || c == '\u2028' || c == '\u2029' || (c >= '\u202a' && c <= '\u202e')
}
