package planbook

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// kindOf is the kind of a refused file's fault; "" for a file that is read, whatever is wrong with its cells.
func kindOf(t *testing.T, workbook []byte) string {
	t.Helper()
	_, err := Read(workbook, "moi")
	if err == nil {
		return ""
	}
	refused, is := errors.AsType[*programme.FaultsError](err)
	if !is || len(refused.Faults) != 1 {
		t.Fatalf("refused with %v", err)
	}
	checkWorded(t, &refused.Faults[0])
	return refused.Faults[0].Kind
}

// Each limit of a file is the last that is taken; one more is refused, with the name of the limit.
func TestTheLimitsOfAFile(t *testing.T) {
	good := func() string { return sheetOf(t, 1, usualKeys(), oneRow(nil)) }
	after := func(rows string) []byte {
		return smallPlan().with(planPart, strings.Replace(good(), "</sheetData>", rows+"</sheetData>", 1)).zip(t)
	}
	behind := func(elements string) []byte {
		return smallPlan().with(planPart, strings.Replace(good(), "</sheetData>", "</sheetData>"+elements, 1)).zip(t)
	}
	for _, c := range []struct {
		name string
		most int
		kind string
		make func(n int) []byte
	}{
		{"rows", 5000, "sheet_too_long", func(n int) []byte {
			return after(fmt.Sprintf(`<row r="%d"><c r="B%d"><v>1</v></c></row>`, n, n))
		}},
		{"columns with something in them", 60, "sheet_too_wide", func(n int) []byte {
			return after(`<row r="3">` + strings.Repeat(`<c/>`, n-1) + `<c><v>1</v></c></row>`)
		}},
		{"parts", 60, "sheet_too_many_parts", func(n int) []byte {
			f := smallPlan()
			for i := len(f.parts); i < n; i++ {
				f.with(fmt.Sprintf("customXml/item%d.xml", i), "<a/>")
			}
			return f.zip(t)
		}},
		{"elements in elements", 40, "sheet_too_complex", func(n int) []byte {
			return smallPlan().with("customXml/item1.xml", strings.Repeat("<a>", n)+strings.Repeat("</a>", n)).zip(t)
		}},
		{"an attribute's bytes", 64 << 10, "sheet_too_complex", func(n int) []byte {
			return smallPlan().with("customXml/item1.xml", `<a b="`+numbered("%d", n)[:n]+`"/>`).zip(t)
		}},
		{"sheets", 20, "sheet_too_complex", func(n int) []byte {
			var more strings.Builder
			for i := 2; i < n; i++ {
				fmt.Fprintf(&more, `<sheet name="Plan %d" sheetId="%d" r:id="1"/>`, i, i+1)
			}
			return smallPlan().replace(t, bookPart, "</sheets>", more.String()+"</sheets>").zip(t)
		}},
		{"merged ranges", 2000, "sheet_too_complex", func(n int) []byte {
			return behind("<mergeCells>" + strings.Repeat(`<mergeCell ref="A9:B9"/>`, n) + "</mergeCells>")
		}},
		{"shared strings", 50_000, "sheet_too_complex", func(n int) []byte {
			return smallPlan().with(stringsPart, `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`+
				numbered("<si><t>%d</t></si>", n)+"</sst>").zip(t)
		}},
		{"equal bytes of a part", 256 << 10, "sheet_inflates", func(n int) []byte {
			return smallPlan().with("xl/media/image1.png", strings.Repeat("\x00", n)).zip(t)
		}},
		{"elements of the list of relations", 2000, "sheet_too_complex", func(n int) []byte {
			return smallPlan().replace(t, bookRels, "</Relationships>", strings.Repeat("<a/>", n-4)+"</Relationships>").zip(t)
		}},
	} {
		if got := kindOf(t, c.make(c.most)); got != "" {
			t.Errorf("%d %s: refused as %s", c.most, c.name, got)
		}
		if got := kindOf(t, c.make(c.most+1)); got != c.kind {
			t.Errorf("%d %s: %q, want %s", c.most+1, c.name, got, c.kind)
		}
	}
	whole := append([]byte("PK\x03\x04"), make([]byte, 5<<20-4)...)
	atMost, more := kindOf(t, whole), kindOf(t, append(whole, 0))
	if atMost != "sheet_broken" || more != "sheet_too_large" {
		t.Errorf("5 MiB: %q; a byte more: %q", atMost, more)
	}
}

// What is in too many cells is told in the first of them, and the file is read on.
func TestNotEveryCellOfManyIsTold(t *testing.T) {
	row := oneRow(map[string]string{keyLevel: "<f>1</f><v>3</v>"})
	rows := slices.Repeat([]map[string]string{row}, 250)
	upload := readPlan(t, smallPlan().with(planPart, sheetOf(t, 1, usualKeys(), rows...)).zip(t))
	if got := toldFaults(&upload); len(upload.Faults) != 200 || !strings.HasSuffix(got, "C201 sheet_formula") {
		t.Errorf("%d formulas are told, the last of %s", len(upload.Faults), got[max(0, len(got)-20):])
	}
	merged := strings.Replace(sheetOf(t, 1, usualKeys(), oneRow(nil)), "</sheetData>",
		"</sheetData><mergeCells>"+strings.Repeat(`<mergeCell ref="A9:B9"/>`, 150)+"</mergeCells>", 1)
	if upload = readPlan(t, smallPlan().with(planPart, merged).zip(t)); len(upload.Faults) != 100 {
		t.Errorf("%d merged ranges are told", len(upload.Faults))
	}
}

// Whose template it is, of which version and plan is in its hidden sheet, and believed only when all of it is right.
func TestWhoseTemplateItIs(t *testing.T) {
	const keysPart = "xl/worksheets/sheet2.xml"
	value := func(key, from, to string) func(f *forgery) {
		return func(f *forgery) {
			cells := `<c t="str"><v>` + key + `</v></c><c t="str"><v>%s</v></c>`
			f.replace(t, keysPart, fmt.Sprintf(cells, from), fmt.Sprintf(cells, to))
		}
	}
	type args = map[string]any
	for _, c := range []struct {
		name, kind string
		args       args
		change     func(f *forgery)
	}{
		{"as it was made", "", nil, func(*forgery) {}},
		{"without a plan in force", "", nil, value("revision", "4", "0")},
		{"in Arabic", "", nil, value("language", "en", "ar")},
		{"of no plan", "sheet_no_template", nil, value("revision", "4", "-1")},
		{"of half a plan", "sheet_no_template", nil, value("revision", "4", "4.5")},
		{"in French", "sheet_no_template", nil, value("language", "en", "fr")},
		{"another program's", "sheet_no_template", nil, value("template", planMark, "mirsad.report")},
		{"of a version that is no number", "sheet_no_template", nil, value("version", "1", "one")},
		{"of the version before", "sheet_old_template", args{"version": 0, "newest": 1}, value("version", "1", "0")},
		{"of the version to come", "sheet_old_template", args{"version": 2, "newest": 1}, value("version", "1", "2")},
		{"another entity's", "entity_mismatch", args{"value": "mof", "entity": "moi"}, value("entity", "moi", "mof")},
		{
			"another entity's, in capitals", "entity_mismatch",
			args{"value": "MOI", "entity": "moi"},
			value("entity", "moi", "MOI"),
		},
		{"nobody's", "entity_mismatch", args{"value": "", "entity": "moi"}, value("entity", "moi", "")},
		{"without the hidden sheet", "sheet_no_template", nil, func(f *forgery) {
			f.replace(t, bookPart, planKeysSheet, "Keys")
		}},
		{"with nothing on it", "sheet_no_template", nil, func(f *forgery) {
			f.with(keysPart, "<worksheet><sheetData/></worksheet>")
		}},
	} {
		f := smallPlan()
		c.change(f)
		_, err := Read(f.zip(t), "moi")
		refused, is := errors.AsType[*programme.FaultsError](err)
		switch {
		case c.kind == "" && err != nil, c.kind != "" && !is:
			t.Errorf("%s: %v", c.name, err)
		case c.kind == "":
		case refused.Faults[0].Kind != c.kind || refused.Faults[0].Field != "workbook":
			t.Errorf("%s: %+v, want %s", c.name, refused.Faults, c.kind)
		case c.args != nil && !maps.Equal(refused.Faults[0].Args, c.args):
			t.Errorf("%s: %v, want %v", c.name, refused.Faults[0].Args, c.args)
		}
	}
}

// Columns may be moved, left out when a milestone can do without, and added; what is needed is there once.
func TestWhichColumnsAPlanNeeds(t *testing.T) {
	for _, c := range []struct {
		name string
		row  int
		keys []string
		kind string
	}{
		{"those needed", 1, usualKeys(), ""},
		{"in another order", 1, []string{keyPlanned, keyLevel, keyNote, keyService, keyCode}, ""},
		{"with spaces around", 1, []string{" code ", keyService, keyLevel, keyPlanned}, ""},
		{"one of the agency's own", 1, []string{"mine", keyCode, "mine", keyService, keyLevel, keyPlanned}, ""},
		{"in row 20", 20, usualKeys(), ""},
		{"in row 21", 21, usualKeys(), "sheet_no_template"},
		{"no service", 1, []string{keyCode, keyLevel, keyPlanned}, "sheet_no_template"},
		{"no level", 1, []string{keyCode, keyService, keyPlanned}, "sheet_no_template"},
		{"no day", 1, []string{keyCode, keyService, keyLevel}, "sheet_no_template"},
		{"no reference", 1, []string{keyService, keyLevel, keyPlanned}, "sheet_columns"},
		{"a level twice", 1, append(usualKeys(), keyLevel), "sheet_columns"},
		{"a note twice", 1, append(usualKeys(), keyNote, keyNote), "sheet_columns"},
	} {
		workbook := smallPlan().with(planPart, sheetOf(t, c.row, c.keys, oneRow(nil))).zip(t)
		if got := kindOf(t, workbook); got != c.kind {
			t.Errorf("%s: %q, want %q", c.name, got, c.kind)
			continue
		}
		if c.kind == "" {
			upload := readPlan(t, workbook)
			const want = `[{"code":"m-S1-3","service":"S1","level":3,"planned_on":"2016-09-30"}]`
			if got := asJSON(t, upload.Milestones); got != want {
				t.Errorf("%s: %s", c.name, got)
			}
		}
	}
}

// A plan of nothing but a milestone without its parts leaves its cells empty, and says on reading what is missing.
func TestAMilestoneWithoutItsPartsLeavesItsCellsEmpty(t *testing.T) {
	in := planInput(t, i18n.English)
	in.Milestones = []programme.Milestone{{Code: "m-1", Service: "S0001", Reason: "moved", Before: &programme.Effort{}}}
	upload := readPlan(t, planTemplateFile(t, in))
	level, planned := cellAt(t, keyLevel, 0), cellAt(t, keyPlanned, 0)
	if got, want := toldFaults(&upload), level+" sheet_missing, "+planned+" sheet_missing"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if m := &upload.Milestones[0]; m.Reason != "" || m.Before != nil || m.Code != "m-1" {
		t.Errorf("%+v", m)
	}
}

// full takes nothing.
type full struct{ err error }

// Write fails.
func (f full) Write([]byte) (int, error) { return 0, f.err }

func TestAWriterThatFailsIsSaid(t *testing.T) {
	if err := Write(full{io.ErrShortWrite}, planInput(t, i18n.Arabic)); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("%v", err)
	}
}
