package sheet_test

import (
	"encoding/xml"
	"strings"
	"testing"
	"unicode/utf8"

	"mirsad/internal/i18n"
	"mirsad/reports/sheet"
	"mirsad/reports/sheet/sheettest"
)

func TestPrintableTextHasNothingHidden(t *testing.T) {
	for entered, want := range map[string]string{
		"":                          "",
		"  two   words ":            "two words",
		"line\r\nbreak\tand tab":    "line break and tab",
		"nul\x00bell\x07":           "nulbell",
		"\u202Etxt.exe\u202C":       "txt.exe",
		"\u2066a\u2069\u200e\u061c": "a",
		"not\uFFFEa\uFDD0character": "notacharacter",
		"broken \xff\xfe bytes":     "broken bytes",
		"no\u00a0break":             "no break",
		"=SUM(1+1)":                 "=SUM(1+1)",
		"صورة مصدَّقة":              "صورة مصدَّقة",
		"\U0001F600 smile":          "\U0001F600 smile",
	} {
		if got := sheet.Printable(entered); got != want {
			t.Errorf("%+q became %+q, not %+q", entered, got, want)
		}
	}
}

func TestShortenedTextKeepsToItsLength(t *testing.T) {
	for _, c := range []struct {
		text string
		most int
		want string
	}{
		{"as it is", 8, "as it is"},
		{"one more!", 8, "one mor…"},
		{"cut at a space", 8, "cut at…"},
		{"الهيئة العامة", 7, "الهيئة…"},
		{"", 3, ""},
	} {
		if got := sheet.Shorten(c.text, c.most); got != c.want {
			t.Errorf("%q to %d became %q, not %q", c.text, c.most, got, c.want)
		}
	}
}

func TestCleanTextIsShortAndPrintable(t *testing.T) {
	for _, entered := range sheettest.Corpus {
		got := sheet.Clean(entered)
		if n := utf8.RuneCountInString(got); n > 200 {
			t.Errorf("%.20q: %d characters", entered, n)
		}
		if got != sheet.Printable(got) || strings.TrimSpace(got) != got {
			t.Errorf("%.20q became %q", entered, got)
		}
	}
}

// What people type is text in the file, for every program that reads it: no formula, no link, no markup.
func TestEnteredTextIsTextInTheFile(t *testing.T) {
	book, page := newBook(t, i18n.English, 40)
	var want []string
	for i, entered := range sheettest.Corpus {
		page.Set(2, i+1, sheet.Clean(entered), sheet.Look{})
		want = append(want, sheet.Clean(entered))
	}
	content := bytesOf(t, book)
	file := sheettest.Open(t, content)
	for i, text := range want {
		if got := shown(t, file, page.Address(2, i+1)); got != text {
			t.Errorf("%+q is read back as %+q", text, got)
		}
	}
	for name, text := range sheettest.Parts(t, content) {
		if strings.Contains(text, "<f>") || strings.Contains(text, `TargetMode="External"`) {
			t.Errorf("%s computes or links", name)
		}
		if err := xml.Unmarshal([]byte(text), new(struct{})); err != nil {
			t.Errorf("%s is not XML: %v", name, err)
		}
	}
}

// A code of a character that somebody has typed is shown as it was typed: _x202E_ would turn the text after it.
func TestCodesOfCharactersAreShownAsTheyWereTyped(t *testing.T) {
	book, page := newBook(t, i18n.English, 40)
	entered := []string{
		"_x0041_", "_x202E_txt.exe", "_x0041_x0042_", "_x005F_", "_x005f_x0041_", "__x0041__", "_x41_", "a_x",
		"م_x0041_م",
	}
	for i, text := range entered {
		page.Set(2, i+1, text, sheet.Look{})
	}
	file := written(t, book)
	for i, text := range entered {
		if got := shown(t, file, page.Address(2, i+1)); got != text {
			t.Errorf("%q is shown as %+q", text, got)
		}
	}
}

func TestHeaderTextHasNoCodes(t *testing.T) {
	for entered, want := range map[string]string{
		"Health & Welfare":      "Health && Welfare",
		"&C&72 big":             "&&C&&72 big",
		"a\x00b\nc":             "ab c",
		strings.Repeat("x", 60): strings.Repeat("x", 49) + "…",
	} {
		if got := sheet.HeaderText(entered); got != want {
			t.Errorf("%q became %q, not %q", entered, got, want)
		}
	}
}
