package sheet

import (
	"encoding/xml"
	"fmt"
	"regexp"
	"strings"

	"mirsad/internal/i18n"
)

var (
	chartLanguage = regexp.MustCompile(`<lang val="[^"]*">|lang="en-US"(?: altLang="en-US")?`)
	runOfText     = regexp.MustCompile(`<a:rPr `)
	paragraph     = regexp.MustCompile(`<a:pPr>`)
)

// languageOfCharts says in which language a chart's texts are and, of Arabic, that they are read from the right:
// else "80%: 909–966" comes out turned round, and Arabic is marked as misspelt English.
func languageOfCharts(f *finished, part []byte) (mended []byte, found int, err error) {
	code := map[i18n.Language]string{i18n.English: "en-GB", i18n.Arabic: "ar-QA"}[f.language]
	found = len(chartLanguage.FindAllIndex(part, -1))
	part = chartLanguage.ReplaceAllFunc(part, func(was []byte) []byte {
		if was[0] == '<' {
			return []byte(`<lang val="` + code + `">`)
		}
		return []byte(`lang="` + code + `"`)
	})
	part = runOfText.ReplaceAll(part, []byte(`<a:rPr lang="`+code+`" `))
	if f.language == i18n.Arabic {
		part = paragraph.ReplaceAll(part, []byte(`<a:pPr rtl="1">`))
	}
	return part, found, nil
}

// A reference of a chart, without the points that the library leaves out.
var uncached = regexp.MustCompile(`<(strRef|numRef)><f>([^<]*)</f>(?:<numCache><formatCode></formatCode></numCache>)?</(?:strRef|numRef)>`)

// cachedPoints writes the texts and numbers that a chart shows beside its references: previews, slides and converters
// draw from these and ask no cell.
func cachedPoints(f *finished, part []byte) (mended []byte, found int, err error) {
	if f.cells == nil {
		if f.cells, err = readCells(f.parts); err != nil {
			return nil, 0, err
		}
	}
	mended = uncached.ReplaceAllFunc(part, func(was []byte) []byte {
		found++
		match := uncached.FindSubmatch(was)
		kind, reference := string(match[1]), string(match[2])
		points, problem := f.cells.in(reference)
		if problem != nil {
			err = problem
		}
		return []byte("<" + kind + "><f>" + reference + "</f>" + cacheOf(kind, points) + "</" + kind + ">")
	})
	return mended, found, err
}

// cacheOf are the points of a reference; an empty cell is none.
func cacheOf(kind string, values []cellValue) string {
	var points strings.Builder
	for i, value := range values {
		if value == "" {
			continue
		}
		var escaped strings.Builder
		_ = xml.EscapeText(&escaped, []byte(value)) // a builder takes everything
		fmt.Fprintf(&points, `<pt idx="%d"><v>%s</v></pt>`, i, escaped.String())
	}
	count := fmt.Sprintf(`<ptCount val="%d"></ptCount>`, len(values))
	if kind == "strRef" {
		return "<strCache>" + count + points.String() + "</strCache>"
	}
	return "<numCache><formatCode>General</formatCode>" + count + points.String() + "</numCache>"
}
