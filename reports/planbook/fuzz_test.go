package planbook

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"mirsad/internal/programme"
	"mirsad/reports/sheet"
)

// sheetSeeds are small sheets for the fuzzer to change; they stand for the plan's sheet of a template.
var sheetSeeds = []string{
	`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>code</t></is></c><c t="inlineStr"><is>` +
		`<t>service</t></is></c>` +
		`<c t="inlineStr"><is><t>level</t></is></c><c t="inlineStr"><is><t>planned_on</t></is></c></row>` +
		`<row><c r="B2" t="inlineStr"><is><t>S1</t></is></c><c><v>3</v></c><c><v>42643</v></c></row></sheetData>` +
		`</worksheet>`,
	`<worksheet><sheetData><row r="5"><c r="A5" t="str"><v>code</v></c><c r="B5" t="str"><v>service</v></c><c ` +
		`r="C5" t="str"><v>level</v></c>` +
		`<c r="D5" t="str"><v>planned_on</v></c><c r="E5" t="str"><v>before.visits</v></c><c r="F5" t="str">` +
		`<v>channel.web</v></c></row>` +
		`<row r="7"><c r="B7" t="str"><f>A1</f><v>S1 — x</v></c><c r="C7" t="b"><v>1</v></c><c r="D7" t="d">` +
		`<v>2016-09-30T00:00:00</v></c>` +
		`<c r="E7" t="e"><v>#N/A</v></c><c r="F7" t="str"><v>نعم</v></c></row></sheetData><mergeCells><mergeCell ` +
		`ref="A7:B9"/></mergeCells></worksheet>`,
	`<worksheet xmlns:x="y"><cols><col min="1" max="16384"/></cols><sheetData><row r="1" spans="1:9"><c r="A1" ` +
		`t="s"><v>0</v></c></row></sheetData></worksheet>`,
}

// smallPlan is the least that is a filled template: the fuzzer reads it many times.
func smallPlan() *forgery {
	const relation = `<Relationship Id="%d" ` +
		`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>`
	const spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	var keys strings.Builder
	for _, pair := range [][2]string{
		{"template", planMark},
		{"version", "1"},
		{"entity", "moi"},
		{"revision", "4"},
		{"language", "en"},
		{"milestone", "m-1"},
	} {
		fmt.Fprintf(&keys, `<row><c t="str"><v>%s</v></c><c t="str"><v>%s</v></c></row>`, pair[0], pair[1])
	}
	return &forgery{parts: map[string]string{
		sheet.ContentTypes: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override ` +
			`PartName="/xl/workbook.xml" ContentType="` +
			spreadsheet + `sheet.main+xml"/></Types>`,
		"_rels/.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			fmt.Sprintf(relation, 1, "officeDocument", "xl/workbook.xml") + `</Relationships>`,
		bookPart: `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ` +
			`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet ` +
			`name="Plan" sheetId="1" r:id="1"/>` +
			`<sheet name="` + planKeysSheet + `" sheetId="2" r:id="2"/></sheets></workbook>`,
		bookRels: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			fmt.Sprintf(relation, 1, "worksheet", "worksheets/sheet1.xml") +
			fmt.Sprintf(relation, 2, "worksheet", "worksheets/sheet2.xml") +
			fmt.Sprintf(relation, 3, "sharedStrings", "sharedStrings.xml") + `</Relationships>`,
		planPart:                   sheetSeeds[0],
		"xl/worksheets/sheet2.xml": `<worksheet><sheetData>` + keys.String() + `</sheetData></worksheet>`,
		stringsPart: `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si>` +
			`<t>service</t></si><si><t>S1</t></si></sst>`,
	}}
}

func TestTheFuzzersTemplateIsRead(t *testing.T) {
	for i, want := range []int{1, 1} {
		upload, err := Read(smallPlan().with(planPart, sheetSeeds[i]).zip(t), "moi")
		if err != nil || len(upload.Milestones) != want {
			t.Errorf("seed %d: %v, %d milestones, %s", i, err, len(upload.Milestones), toldFaults(&upload))
		}
	}
}

// FuzzReadPlan reads any bytes: what begins like an archive as a file, anything else as the plan's sheet of a template.
func FuzzReadPlan(f *testing.F) {
	f.Add(smallPlan().zip(f))
	for _, seed := range sheetSeeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		if !bytes.HasPrefix(content, []byte("PK")) {
			content = smallPlan().with(planPart, string(content)).zip(t)
		}
		upload, err := Read(content, "moi")
		if err != nil {
			if !errors.Is(err, programme.ErrInvalid) {
				t.Errorf("refused with %v", err)
			}
			return
		}
		if len(upload.Milestones) == 0 && len(upload.Faults) == 0 {
			t.Error("nothing was read, and nothing told")
		}
		for i := range upload.Faults {
			checkWorded(t, &upload.Faults[i].Fault)
		}
	})
}
