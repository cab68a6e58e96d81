// Package i18n words things in English and Arabic: texts, plurals, numbers and dates, from
// locales/<area>.<language>.json.
//
// A locale file is a flat object of key to text; a text that depends on a count
// is an object of plural forms ("zero", "one", "two", "few", "many", "other"),
// chosen by the argument n. {name} in a text is replaced by the argument name.
// Keys begin with the name of their area, so that two files can't collide.
package i18n

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"strings"
	"unicode"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

//go:embed locales/*.json
var files embed.FS

// Language is one of the two languages of the product.
type Language string

// The two languages.
const (
	English Language = "en"
	Arabic  Language = "ar"
)

// Languages lists the languages, English first.
func Languages() []Language { return []Language{English, Arabic} }

// ParseLanguage reads en or ar, reporting false for anything else.
func ParseLanguage(text string) (Language, bool) {
	l := Language(text)
	return l, l == English || l == Arabic
}

// Direction returns the writing direction for the HTML attribute dir.
func (l Language) Direction() string {
	if l == Arabic {
		return "rtl"
	}
	return "ltr"
}

// Other returns the other language.
func (l Language) Other() Language {
	if l == Arabic {
		return English
	}
	return Arabic
}

// tag asks for Latin digits (0-9) in both languages.
func (l Language) tag() language.Tag {
	if l == Arabic {
		return language.MustParse("ar-QA-u-nu-latn")
	}
	return language.MustParse("en-GB-u-nu-latn")
}

// Args are the values that a text's {names} are replaced by; n chooses the plural form.
type Args map[string]any

// text is one locale entry: either plain or by plural form.
type text struct {
	plain string
	forms map[string]string
}

func (t *text) UnmarshalJSON(data []byte) error {
	if err := json.Unmarshal(data, &t.plain); err == nil {
		return nil
	}
	return json.Unmarshal(data, &t.forms)
}

// Bundle holds every text in both languages.
type Bundle struct {
	texts map[Language]map[string]text
}

// Load reads the embedded locales; a malformed file or a key given twice is an error.
func Load() (*Bundle, error) {
	bundle := &Bundle{texts: map[Language]map[string]text{English: {}, Arabic: {}}}
	entries, err := files.ReadDir("locales")
	if err != nil {
		return nil, fmt.Errorf("read locales: %w", err)
	}
	for _, entry := range entries {
		if err := bundle.add(entry.Name()); err != nil {
			return nil, err
		}
	}
	return bundle, nil
}

func (b *Bundle) add(name string) error {
	stem := strings.TrimSuffix(name, ".json")
	into, known := b.texts[Language(strings.TrimPrefix(path.Ext(stem), "."))]
	if !known {
		return fmt.Errorf("locale %s: its name does not end in .en.json or .ar.json", name)
	}
	data, err := files.ReadFile("locales/" + name)
	if err != nil {
		return fmt.Errorf("read locale %s: %w", name, err)
	}
	var texts map[string]text
	if err := json.Unmarshal(data, &texts); err != nil {
		return fmt.Errorf("locale %s: %w", name, err)
	}
	for key := range texts {
		if _, twice := into[key]; twice {
			return fmt.Errorf("locale %s: key %s is given twice", name, key)
		}
	}
	maps.Copy(into, texts)
	return nil
}

// In returns the words of one language.
func (b *Bundle) In(l Language) Words { return Words{Language: l, bundle: b} }

// Words is one language's texts, numbers and dates; it is small, pass it by value.
type Words struct {
	Language Language
	bundle   *Bundle
}

// T returns the text of key with its {names} replaced. A missing key comes back as
// ⟦key⟧, which a test forbids on every page.
func (w Words) T(key string, args ...Args) string {
	entry, found := w.bundle.texts[w.Language][key]
	if !found {
		return "⟦" + key + "⟧"
	}
	values := Args{}
	for _, each := range args {
		maps.Copy(values, each)
	}
	form := entry.plain
	if entry.forms != nil {
		form = entry.forms[w.pluralForm(values["n"])]
		if none := entry.forms["zero"]; none != "" && (values["n"] == 0 || values["n"] == int64(0)) {
			form = none // "No findings" reads better than "0 findings", in languages that have no such form as well
		}
		if form == "" {
			form = entry.forms["other"]
		}
	}
	return w.fill(form, values)
}

// Has reports whether the key has a text.
func (w Words) Has(key string) bool {
	_, found := w.bundle.texts[w.Language][key]
	return found
}

func (w Words) fill(form string, values Args) string {
	if !strings.Contains(form, "{") {
		return form
	}
	pairs := make([]string, 0, 2*len(values))
	for name, value := range values {
		pairs = append(pairs, "{"+name+"}", w.show(value))
	}
	return strings.NewReplacer(pairs...).Replace(form)
}

// show words a value: whole numbers are grouped, everything else is written as it prints.
func (w Words) show(value any) string {
	switch v := value.(type) {
	case int:
		return w.Int(int64(v))
	case int64:
		return w.Int(v)
	case string:
		return w.isolateText(v)
	default:
		return fmt.Sprint(v)
	}
}

// isolateText keeps a text that was handed in apart from the right-to-left sentence around it: a name or an address in Latin
// letters (first letter decides its direction, U+2068 … U+2069), a code or date in digits (left to right, U+2066 … U+2069).
// Arabic words and plain numbers need no marks, and what has marks keeps its own.
func (w Words) isolateText(text string) string {
	if w.Language != Arabic || strings.ContainsAny(text, "\u2066\u2067\u2068") {
		return text
	}
	latin, arabic, digit := false, false, false
	for _, r := range text {
		latin = latin || unicode.Is(unicode.Latin, r)
		arabic = arabic || unicode.Is(unicode.Arabic, r)
		digit = digit || unicode.IsDigit(r)
	}
	switch {
	case latin:
		return "\u2068" + text + "\u2069"
	case digit && !arabic && strings.ContainsAny(text, "-%+@"+minus):
		return "\u2066" + text + "\u2069"
	default:
		return text
	}
}

var formNames = map[plural.Form]string{
	plural.Zero: "zero", plural.One: "one", plural.Two: "two",
	plural.Few: "few", plural.Many: "many", plural.Other: "other",
}

func (w Words) pluralForm(n any) string {
	var count int64
	switch v := n.(type) {
	case int:
		count = int64(v)
	case int64:
		count = v
	default:
		return "other"
	}
	if count < 0 {
		count = -count
		if count <= 2 {
			return "other" // the forms of one and two may leave the number out, and its sign with it
		}
	}
	// Arabic plurals depend on the last two digits, and very large counts must fit an int32-sized operand.
	whole := int(count % 1_000_000)
	if count >= 1_000_000 {
		whole += 1_000_000
	}
	return formNames[plural.Cardinal.MatchPlural(w.Language.tag(), whole, 0, 0, 0, 0)]
}
