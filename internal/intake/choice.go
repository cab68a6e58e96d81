package intake

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

var yesNo = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for word := range strings.FieldsSeq("yes y true t 1 on x ✓ ✔ ☑ نعم أجل ن صح صحيح صواب") {
		words[Fold(word)] = true
	}
	for word := range strings.FieldsSeq("no n false f 0 off ✗ ✘ ☐ لا كلا خطأ خاطئ") {
		words[Fold(word)] = false
	}
	return words
})

// YesNo reads yes or no in either language, or in both as drop-downs show them.
func YesNo(text string) (bool, Reason) {
	text = Clean(text)
	if reason := unvalued(text); reason != "" {
		return false, reason
	}
	said, first := false, true
	for _, part := range choices(text) {
		word := Fold(part)
		if whole, reason := Whole(word); reason == "" {
			word = map[int64]string{0: "0", 1: "1"}[whole] // also 1.0
		}
		yes, known := yesNo()[word]
		if !known || (!first && yes != said) {
			return false, NotYesNo
		}
		said, first = yes, false
	}
	if first {
		return false, NotYesNo
	}
	return said, ""
}

// choices takes apart what a drop-down shows in two languages.
func choices(text string) []string {
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("·—–/():", r) })
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return slices.DeleteFunc(parts, func(part string) bool { return part == "" })
}

// levelWord is the word before a level's number.
var levelWord = regexp.MustCompile(`^(?:level|lvl|l|المستوي|مستوي)[ .:#-]*`)

// Level reads a level from 1 to most: 2, 2.0, level 2, المستوى ٢, one of the names, or several of these that agree. Names
// are folded.
func Level(text string, most int, names map[string]int) (int, Reason) {
	text = Clean(text)
	if reason := unvalued(text); reason != "" {
		return 0, reason
	}
	level := 0
	for _, part := range choices(strings.ReplaceAll(text, " - ", "·")) {
		found := levelIn(Fold(part), most, names)
		if found == 0 || (level != 0 && found != level) {
			return 0, NotLevel
		}
		level = found
	}
	if level == 0 {
		return 0, NotLevel
	}
	return level, ""
}

// levelIn reads one way of naming a level, or its number with its name; 0: it is none.
func levelIn(folded string, most int, names map[string]int) int {
	if level := names[folded]; level != 0 {
		return level
	}
	folded = levelWord.ReplaceAllString(folded, "")
	number, name, both := strings.Cut(folded, " ")
	whole, reason := Whole(number)
	if reason != "" || whole < 1 || whole > int64(most) || (both && names[strings.TrimSpace(name)] != int(whole)) {
		return 0
	}
	return int(whole)
}

// List takes apart a list: its items between ; , ، | or line ends, clean, each once.
func List(text string) []string {
	var items []string
	seen := map[string]bool{}
	for item := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(";,|،؛，；\n\r", r) }) {
		if item = Clean(item); item != "" && !seen[item] {
			seen[item] = true
			items = append(items, item)
		}
	}
	return items
}

// Codes takes apart a list of codes, between which there may be spaces alone; each is as Code reads it or, where it
// can be none, as it is written.
func Codes(text string) []string {
	var codes []string
	seen := map[string]bool{} // by the code without case
	for _, item := range List(text) {
		for written := range strings.FieldsSeq(item) {
			code, reason := Code(written)
			if reason != "" {
				code = written
			}
			if folded := strings.ToLower(code); !seen[folded] {
				seen[folded] = true
				codes = append(codes, code)
			}
		}
	}
	return codes
}

// codeForm is what a code looks like: fit for addresses and for lists.
var codeForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)

// Code reads a code: without marks that nobody sees, in plain digits, its hyphens as such. It is compared by SameCode.
func Code(text string) (string, Reason) {
	text = alike.Replace(Digits(Clean(text)))
	if reason := unvalued(text); reason != "" {
		return "", reason
	}
	if !codeForm.MatchString(text) {
		return "", NotCode
	}
	return text, ""
}

// SameCode reports whether two codes are one: they are compared without case.
func SameCode(a, b string) bool { return strings.EqualFold(a, b) }
