package planbook

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"maps"
	"slices"
	"strings"
	"testing"

	"mirsad/internal/i18n"
	"mirsad/reports/sheet/sheettest"
)

// A forgery is a template that somebody tampered with. It is made here, so that no harmful file lies in the repository.
type forgery struct {
	parts map[string]string
	// raw are further parts in the order given, with headers of their own.
	raw []rawPart
}

type rawPart struct {
	header  zip.FileHeader
	content []byte // as packed
}

const (
	planPart    = "xl/worksheets/sheet1.xml"
	stringsPart = "xl/sharedStrings.xml"
	bookPart    = "xl/workbook.xml"
	bookRels    = "xl/_rels/workbook.xml.rels"
	themePart   = "xl/theme/theme1.xml"
)

func forge(tb testing.TB) *forgery {
	tb.Helper()
	in := planInput(tb, i18n.English)
	in.Milestones = in.Milestones[:2]
	f := &forgery{parts: sheettest.Parts(tb, planTemplateFile(tb, in))}
	head, _, found := strings.Cut(f.parts[planPart], `<row r="20"`) // most free rows would only make each file large
	_, tail, ends := strings.Cut(f.parts[planPart], "</sheetData>")
	if !found || !ends {
		tb.Fatal("the plan's sheet is not as expected")
	}
	return f.with(planPart, head+"</sheetData>"+tail)
}

// replace changes the first of a text in a part, which must have it.
func (f *forgery) replace(tb testing.TB, part, from, to string) *forgery {
	tb.Helper()
	if !strings.Contains(f.parts[part], from) {
		tb.Fatalf("%s has no %s", part, from)
	}
	f.parts[part] = strings.Replace(f.parts[part], from, to, 1)
	return f
}

// rows puts rows after those of the plan's sheet.
func (f *forgery) rows(tb testing.TB, rows string) *forgery {
	tb.Helper()
	return f.replace(tb, planPart, "</sheetData>", rows+"</sheetData>")
}

func (f *forgery) with(part, content string) *forgery {
	f.parts[part] = content
	return f
}

func (f *forgery) zip(tb testing.TB) []byte {
	tb.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(f.parts)) {
		part, err := archive.Create(name)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := part.Write([]byte(f.parts[name])); err != nil {
			tb.Fatal(err)
		}
	}
	for _, raw := range f.raw {
		part, err := archive.CreateRaw(&raw.header)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := part.Write(raw.content); err != nil {
			tb.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// stored is a part that is not packed and whose header says what it is told to.
func stored(name, content string, claimed uint64, flags uint16) rawPart {
	return rawPart{header: zip.FileHeader{
		Name: name, Method: zip.Store, Flags: flags, CRC32: crc32.ChecksumIEEE([]byte(content)),
		CompressedSize64: uint64(len(content)), UncompressedSize64: claimed,
	}, content: []byte(content)}
}

// centralHeader begins an entry of an archive's list; so many bytes on are the checksum with both sizes, and the offset
// of its part.
const (
	centralHeader = "PK\x01\x02"
	sizesAt       = 16
	sizesTo       = 28
	offsetAt      = 42
)

// overlap lets the second entry of the archive's list point to the first part.
func overlap(content []byte) []byte {
	forged := bytes.Clone(content)
	first := bytes.Index(forged, []byte(centralHeader))
	second := first + 4 + bytes.Index(forged[first+4:], []byte(centralHeader))
	copy(forged[second+sizesAt:second+sizesTo], forged[first+sizesAt:first+sizesTo])
	copy(forged[second+offsetAt:second+offsetAt+4], forged[first+offsetAt:first+offsetAt+4])
	return forged
}

// misplace lets the first entry point to the end of the file.
func misplace(content []byte) []byte {
	forged := bytes.Clone(content)
	first := bytes.Index(forged, []byte(centralHeader))
	binary.LittleEndian.PutUint32(forged[first+offsetAt:], uint32(len(forged)-8))
	return forged
}

// corrupt changes a byte of the packed plan's sheet.
func corrupt(content []byte) []byte {
	forged := bytes.Clone(content)
	at := bytes.Index(forged, []byte(planPart)) + len(planPart) + 2000
	forged[at] ^= 0xFF
	return forged
}

// rowsOf writes so many rows from the template's first free one.
func rowsOf(count int, cells string) string {
	var out strings.Builder
	for i := range count {
		fmt.Fprintf(&out, `<row r="%d">%s</row>`, 600+i, cells)
	}
	return out.String()
}
