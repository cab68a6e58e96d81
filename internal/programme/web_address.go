package programme

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// LongestWebAddress is how many characters an address of evidence may have.
const LongestWebAddress = 2000

// WebAddress reports whether a text is an address of the web that somebody may be sent to: http or https, a host, no name
// or password before it, a port that there is, nothing that can't be seen, and no word of the host that mixes Latin with
// another script to look like something else.
func WebAddress(text string) bool {
	odd := func(r rune) bool {
		return !unicode.IsGraphic(r) || unicode.IsSpace(r) || strings.ContainsRune("\"<>\\`", r)
	}
	if !utf8.ValidString(text) || utf8.RuneCountInString(text) > LongestWebAddress || strings.ContainsFunc(text, odd) {
		return false
	}
	address, err := url.Parse(text)
	if err != nil || (address.Scheme != "https" && address.Scheme != "http") || address.User != nil || address.Opaque != "" {
		return false
	}
	if strings.HasSuffix(address.Host, ":") || strings.Trim(address.Hostname(), ".:@?#") == "" {
		return false
	}
	if port := address.Port(); port != "" {
		if number, err := strconv.ParseUint(port, 10, 16); err != nil || number == 0 {
			return false
		}
	}
	for word := range strings.SplitSeq(address.Hostname(), ".") {
		if mixed(word) {
			return false
		}
	}
	return true
}

// mixed reports whether a word has Latin letters and those of another script.
func mixed(word string) bool {
	latin := strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Latin, r) })
	return latin && strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) })
}
