package reports

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/reports/sheet"
	"mirsad/reports/sheet/sheettest"
)

// hostile is the sample with every entered text replaced by the corpus.
func hostile() *figures.Figures {
	f := sample(usual)
	f.Programme.Name, f.Programme.NameAr = sheettest.Corpus[14], sheettest.Corpus[10]+sheettest.Corpus[14]
	f.Programme.Classification = "&R&\"x\"" + sheettest.Corpus[7]
	f.Programme.Rule.Audiences = []string{sheettest.Corpus[0], sheettest.Corpus[10]}
	f.DataVersion = sheettest.Corpus[12]
	for i := range f.Entities {
		f.Entities[i].Name, f.Entities[i].NameAr = sheettest.Corpus[i%len(sheettest.Corpus)],
			sheettest.Corpus[(i+5)%len(sheettest.Corpus)]
	}
	for i := range f.Services {
		f.Services[i].Name, f.Services[i].NameAr = sheettest.Corpus[i%len(sheettest.Corpus)],
			sheettest.Corpus[(i+9)%len(sheettest.Corpus)]
		f.Services[i].Audience = sheettest.Corpus[(i+3)%len(sheettest.Corpus)]
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
		for name, part := range sheettest.Parts(t, content) {
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
		if !isStart || start.Name.Local != "f" ||
			start.Name.Space != "http://schemas.openxmlformats.org/spreadsheetml/2006/main" {
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
		if got := sheet.HeaderText(entered); got != want {
			t.Errorf("%q became %q, not %q", entered, got, want)
		}
	}
}
