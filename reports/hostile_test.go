package reports

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/figures"
	"mirsad/internal/i18n"
)

// corpus are names that have broken spreadsheets and pages before.
var corpus = []string{
	`=cmd|' /C calc'!A0`, `=HYPERLINK("http://evil.example","x")`, `@SUM(1+1)`, `+1+1`, "-2+3", "\tTAB", "\r\nCR",
	`</script><script>alert(1)</script>`, `<img src=x onerror=alert(1)>`, `__f__alert(1)__f__`, "\u202Etxt.exe\u202C", "\u2066a\u2069",
	"nul\x00bell\x07", "_x0041_", "&C&\"Arial\"&72 big", `]]>`, `'; DROP TABLE`, strings.Repeat("طويل ", 4000), "\uFFFE\uFFFF", "\xff\xfe", "",
	`[Book]Sheet!A1`, `'quoted'!$A$1`, "\U0001F600 smile", `"><a href="file:///etc/passwd">`,
}

// hostile is the sample with every entered text replaced by the corpus.
func hostile() *figures.Figures {
	f := sample(usual)
	f.Programme.Name, f.Programme.NameAr = corpus[14], corpus[10]+corpus[14]
	f.Programme.Classification = "&R&\"x\"" + corpus[7]
	f.Programme.Rule.Audiences = []string{corpus[0], corpus[10]}
	f.DataVersion = corpus[12]
	for i := range f.Entities {
		f.Entities[i].Name, f.Entities[i].NameAr = corpus[i%len(corpus)], corpus[(i+5)%len(corpus)]
	}
	for i := range f.Services {
		f.Services[i].Name, f.Services[i].NameAr = corpus[i%len(corpus)], corpus[(i+9)%len(corpus)]
		f.Services[i].Audience = corpus[(i+3)%len(corpus)]
	}
	return f
}

func TestEnteredTextStaysText(t *testing.T) {
	for _, language := range i18n.Languages() {
		content := build(t, hostile(), language)
		book, err := excelize.OpenReader(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = book.Close() })
		if sheets := book.GetSheetList(); len(sheets) != len(sheetKeys) {
			t.Errorf("%s: sheets %v", language, sheets)
		}
		for name, part := range parts(t, content) {
			if strings.HasSuffix(name, ".rels") && strings.Contains(part, `TargetMode="External"`) {
				t.Errorf("%s: %s links outside", language, name)
			}
			if strings.Contains(part, "\u202e") || strings.Contains(part, "\u202E") {
				t.Errorf("%s: %s turns the direction of text", language, name)
			}
			if strings.HasPrefix(name, "xl/worksheets/sheet") {
				checkFormulas(t, name, part)
			}
		}
	}
}

// checkFormulas allows the two visible checks and nothing else.
func checkFormulas(t *testing.T, name, part string) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(part))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s is not XML: %v", name, err)
		}
		start, isStart := token.(xml.StartElement)
		if !isStart || start.Name.Local != "f" || start.Name.Space != "http://schemas.openxmlformats.org/spreadsheetml/2006/main" {
			continue
		}
		var formula string
		if err := decoder.DecodeElement(&formula, &start); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(formula, "SUM(") || !strings.HasSuffix(formula, ")-progress_counted") {
			t.Errorf("%s computes %q", name, formula)
		}
	}
}

func TestHeaderCodesOfEnteredTextAreDoubled(t *testing.T) {
	for entered, want := range map[string]string{
		"Health & Welfare": "Health && Welfare", "&C&72 big": "&&C&&72 big", "a\x00b\nc": "ab c",
	} {
		if got := headerText(entered); got != want {
			t.Errorf("%q became %q, not %q", entered, got, want)
		}
	}
}

// parts are the texts of the file's parts, by name.
func parts(tb testing.TB, content []byte) map[string]string {
	tb.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		tb.Fatal(err)
	}
	found := map[string]string{}
	for _, file := range archive.File {
		part, err := file.Open()
		if err != nil {
			tb.Fatal(err)
		}
		text, err := io.ReadAll(part)
		if err != nil {
			tb.Fatal(err)
		}
		found[file.Name] = string(text)
	}
	return found
}
