package planbook

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"mirsad/reports/sheet"
)

const declaration = `<?xml version="1.0" encoding="UTF-8"?>`

// hostileFile is a file and the kind of the fault that it is refused with; of a file that is read all the same, because
// the thing does no harm, it is harmless, and of one whose cells are told "cell:" and their kind.
type hostileFile struct {
	name string
	kind string
	make func(tb testing.TB) []byte
}

const harmless = "harmless"

func hostileFiles() []hostileFile {
	return slicesOf(hostileArchives(), hostileParts(), hostileXML(), hostileAddresses())
}

func slicesOf(lists ...[]hostileFile) []hostileFile {
	var all []hostileFile
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}

func hostileArchives() []hostileFile {
	plain := func(change func([]byte) []byte) func(testing.TB) []byte {
		return func(tb testing.TB) []byte {
			tb.Helper()
			return change(forge(tb).zip(tb))
		}
	}
	raw := func(part rawPart) func(testing.TB) []byte {
		return func(tb testing.TB) []byte {
			tb.Helper()
			f := forge(tb)
			delete(f.parts, part.header.Name)
			f.raw = append(f.raw, part)
			return f.zip(tb)
		}
	}
	return []hostileFile{
		{"nothing", "sheet_no_workbook", plain(func([]byte) []byte { return nil })},
		{"text", "sheet_text", plain(func([]byte) []byte { return []byte("=cmd|' /C calc'!A0") })},
		{
			"a program before the archive", "sheet_no_workbook",
			plain(func(c []byte) []byte { return append([]byte("MZ\x90\x00"), c...) }),
		},
		{
			"old format or encrypted", "sheet_encrypted",
			plain(func(c []byte) []byte { return append([]byte(oleStart), c...) }),
		},
		{"six megabytes", "sheet_too_large", plain(func(c []byte) []byte { return append(c, make([]byte, 6<<20)...) })},
		{"cut off", "sheet_broken", plain(func(c []byte) []byte { return c[:len(c)/2] })},
		{"a byte changed", "sheet_broken", plain(corrupt)},
		{"two entries, one part", "sheet_broken", plain(overlap)},
		{"a part behind the end", "sheet_broken", plain(misplace)},
		{"an encrypted part", "sheet_encrypted", raw(stored(themePart, "x", 1, 1))},
		{"a part that says it is small", "sheet_broken", raw(stored(themePart, strings.Repeat(" ", 9000), 10, 0))},
		{"a part that says it has 16 GB", "sheet_broken", raw(stored(themePart, "<a/>", 16<<30, 0))},
		{"the same part twice", "sheet_broken", func(tb testing.TB) []byte {
			tb.Helper()
			f := forge(tb)
			f.raw = append(f.raw, stored(stringsPart, "<sst/>", 6, 0))
			return f.zip(tb)
		}},
		{"the same part in capitals", "sheet_broken", func(tb testing.TB) []byte {
			tb.Helper()
			return forge(tb).with("XL/WORKSHEETS/SHEET1.XML", "<worksheet/>").zip(tb)
		}},
		{"a bomb for a sheet", "sheet_inflates", func(tb testing.TB) []byte {
			tb.Helper()
			return forge(tb).with(planPart, strings.Repeat(" ", 200<<20)).zip(tb)
		}},
		{"a bomb for a picture", "sheet_inflates", func(tb testing.TB) []byte {
			tb.Helper()
			return forge(tb).with("xl/media/image1.png", strings.Repeat("\x00", 64<<20)).zip(tb)
		}},
		{"many small bombs", "sheet_inflates", func(tb testing.TB) []byte {
			tb.Helper()
			f := forge(tb)
			noise := strings.Repeat("0123456789abcdefghijklmnop", 9000)
			for i := range 40 {
				f.with(fmt.Sprintf("xl/media/image%d.png", i), noise)
			}
			return f.with("xl/media/image99.png", strings.Repeat(noise, 20)).zip(tb)
		}},
	}
}

func hostileParts() []hostileFile {
	with := func(part, content string) func(testing.TB) []byte {
		return func(tb testing.TB) []byte {
			tb.Helper()
			return forge(tb).with(part, content).zip(tb)
		}
	}
	change := func(part, from, to string) func(testing.TB) []byte {
		return func(tb testing.TB) []byte {
			tb.Helper()
			return forge(tb).replace(tb, part, from, to).zip(tb)
		}
	}
	relation := func(attributes string) string {
		return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship ` +
			`Id="r1" ` + attributes + `/></Relationships>`
	}
	const office = `Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	return []hostileFile{
		{"seventy parts", "sheet_too_many_parts", func(tb testing.TB) []byte {
			tb.Helper()
			f := forge(tb)
			for i := range 70 {
				f.with(fmt.Sprintf("customXml/item%d.xml", i), "<a/>")
			}
			return f.zip(tb)
		}},
		{"a folder above", "sheet_unknown_part", with("../../etc/passwd", "x")},
		{"an embedded object", "sheet_unknown_part", with("xl/embeddings/oleObject1.bin", "x")},
		{"macros", "sheet_macros", with("xl/vbaProject.bin", "x")},
		{
			"macros by their type", "sheet_macros",
			change(sheet.ContentTypes, "spreadsheetml.sheet.main+xml", "ms-excel.sheet.macroEnabled.main+xml"),
		},
		{
			"macros by a relation", "sheet_macros",
			change(bookRels, "</Relationships>",
				`<Relationship Id="rX" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" `+
					`Target="theme/theme1.xml"/></Relationships>`),
		},
		{"controls", "sheet_macros", with("xl/activeX/activeX1.xml", "<a/>")},
		{"a macro sheet", "sheet_macros", with("xl/macrosheets/sheet1.xml", "<a/>")},
		{
			"a web address", "sheet_links",
			with("xl/worksheets/_rels/sheet1.xml.rels",
				relation(office+`hyperlink" Target="http://evil.example/" TargetMode="External"`)),
		},
		{
			"a file beside this one", "sheet_links",
			with("xl/worksheets/_rels/sheet1.xml.rels",
				relation(office+`image" Target="other.xlsx" TargetMode="External"`)),
		},
		{
			"a file on another machine", "sheet_links",
			with("xl/worksheets/_rels/sheet1.xml.rels", relation(office+`image" Target="\\evil\share\x.png"`)),
		},
		{"another workbook", "sheet_links", with("xl/externalLinks/externalLink1.xml", "<a/>")},
		{"a data connection", "sheet_links", with("xl/connections.xml", "<a/>")},
		{"no list of parts", "sheet_no_workbook", func(tb testing.TB) []byte {
			tb.Helper()
			f := forge(tb)
			delete(f.parts, bookRels)
			return f.zip(tb)
		}},
		{
			"a document of another kind", "sheet_no_workbook",
			change(sheet.ContentTypes, "spreadsheetml.sheet.main+xml", "wordprocessingml.document.main+xml"),
		},
		{
			"a theme that is a sheet", "sheet_malformed",
			with("docProps/custom.xml", `<worksheet><sheetData/></worksheet>`),
		},
		{"a sheet that is a theme", "sheet_malformed", with(planPart, `<theme/>`)},
		{
			"a sheet that is not there", "sheet_malformed",
			change(bookRels, "worksheets/sheet1.xml", "worksheets/sheet9.xml"),
		},
		{"hundreds of sheets", "sheet_too_complex", func(tb testing.TB) []byte {
			tb.Helper()
			return forge(tb).replace(tb, bookPart, "</sheets>",
				strings.Repeat(`<sheet name="x" sheetId="9" r:id="rId1"/>`, 800)+"</sheets>").zip(tb)
		}},
	}
}

func hostileXML() []hostileFile {
	with := func(part, content string) func(testing.TB) []byte {
		return func(tb testing.TB) []byte {
			tb.Helper()
			return forge(tb).with(part, content).zip(tb)
		}
	}
	laughs := declaration +
		`<!DOCTYPE sst [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>`
	outside := declaration + `<!DOCTYPE workbook SYSTEM "file:///etc/passwd"><workbook/>`
	return []hostileFile{
		{"a billion laughs", "sheet_dtd", with(stringsPart, laughs)},
		{"an entity of a file", "sheet_dtd", with(bookPart, outside)},
		{"an entity without a declaration", "sheet_malformed", with(stringsPart, `<sst><si><t>&evil;</t></si></sst>`)},
		{"a sheet cut off", "sheet_malformed", func(tb testing.TB) []byte {
			tb.Helper()
			f := forge(tb)
			return f.with(planPart, f.parts[planPart][:len(f.parts[planPart])/2]).zip(tb)
		}},
		{"two roots", "sheet_malformed", with(themePart, `<theme/><theme/>`)},
		{"words behind the root", "sheet_malformed", with(themePart, `<theme/>more`)},
		{"nothing in a part", "sheet_malformed", with(stringsPart, "")},
		{"an instruction", "sheet_malformed", with(themePart, `<?php evil ?><theme/>`)},
		{"UTF-16", "sheet_malformed", with(themePart, "\xff\xfe<\x00t\x00/\x00>\x00")},
		{"another encoding", "sheet_malformed", with(themePart, `<?xml version="1.0" encoding="UTF-7"?><theme/>`)},
		{
			"elements in elements", "sheet_too_complex",
			with(themePart, "<theme>"+strings.Repeat("<a>", 500)+strings.Repeat("</a>", 500)+"</theme>"),
		},
		{"elements without end", "sheet_inflates", with(themePart, "<theme>"+strings.Repeat("<a/>", 1<<20)+"</theme>")},
		{
			"a style for every citizen", "sheet_too_complex",
			with("xl/styles.xml", "<styleSheet>"+numbered(`<xf numFmtId="%d"/>`, 70_000)+"</styleSheet>"),
		},
		{
			"a flood of shared strings", "sheet_too_complex",
			with(stringsPart, "<sst>"+numbered(`<si><t>%d</t></si>`, 60_000)+"</sst>"),
		},
		{
			"a flood of runs", "sheet_too_complex",
			with(stringsPart, "<sst><si>"+numbered(`<r><t>%d</t></r>`, 90_000)+"</si></sst>"),
		},
		{"a very long attribute", "sheet_too_complex", with(themePart, `<theme a="`+numbered("%d", 20_000)+`"/>`)},
	}
}

// numbered repeats a text with a number in it, which does not pack as well as the same text would.
func numbered(format string, count int) string {
	var out bytes.Buffer
	for i := range count {
		fmt.Fprintf(&out, format, i*7919%1_000_003)
	}
	return out.String()
}
