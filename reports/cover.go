package reports

import (
	"github.com/xuri/excelize/v2"

	"mirsad/internal/i18n"
	"mirsad/reports/sheet"
)

// writeCover says what the file is, what it describes, how sure it is, and what is in it.
func (w *workbook) writeCover() {
	s := w.openSheet("cover", 30, 34, 66)
	for column := 1; column <= s.Last; column++ {
		s.Set(column, 1, nil, sheet.Look{Fill: sheet.Accent})
	}
	s.Height(1, 10)
	s.Height(2, 26)
	s.Merge(sheet.FirstColumn, s.Last, 3, w.programmeName(), sheet.Look{Size: 13, Colour: sheet.Muted})
	s.Height(3, 22)
	s.Merge(sheet.FirstColumn, s.Last, 4, w.T("reports.title"), sheet.Look{Size: 30, Bold: true, Colour: sheet.Ink})
	s.Height(4, 44)
	s.Merge(sheet.FirstColumn, s.Last, 5, w.Month(w.edition.Month), sheet.Look{Size: 20, Colour: sheet.Accent})
	s.Height(5, 32)
	s.Row = 7
	if w.figures.Sample {
		s.Merge(sheet.FirstColumn, s.Last, 6, w.T("reports.sample"),
			sheet.Look{Size: 11, Bold: true, Colour: sheet.SampleInk, Fill: sheet.SampleTint, Indent: 1})
		s.Height(6, 22)
	}
	s.Gap()
	s.Paragraph(130, w.verdict(), sheet.Look{Size: 14, Bold: true})
	s.Gap()
	s.facts()
	s.Gap()
	s.contents()
	s.PrintArea(s.Row)
}

// fact is one line of the cover: what, and its value.
type fact struct {
	label string
	value any
	look  sheet.Look
}

func (s *tab) facts() {
	f := s.figures
	list := []fact{
		{s.T("reports.cover.status"), s.status(), sheet.Look{Bold: true}},
		{s.T("base.on"), f.On, sheet.Look{Format: sheet.DayFormat(s.Language)}},
		{s.T("base.as_at"), s.asAt(), sheet.Look{}},
		{s.T("reports.cover.zone"), s.zone.String(), sheet.Look{}},
		{s.T("reports.cover.received"), s.received(), sheet.Look{}},
		{s.T("reports.cover.rule_version"), int(f.RuleVersion), sheet.Look{Format: `0`}},
		{s.T("reports.cover.data_version"), sheet.Clean(f.DataVersion), sheet.Look{}},
	}
	if classification := sheet.Clean(f.Programme.Classification); classification != "" {
		list = append(list, fact{s.T("reports.cover.classification"), classification, sheet.Look{Bold: true}})
	}
	if contact := sheet.Clean(s.contact); contact != "" {
		list = append(list, fact{s.T("reports.cover.contact"), contact, sheet.Look{}})
	}
	for _, each := range list {
		each.look.Edge = sheet.Under
		s.Set(sheet.FirstColumn, s.Row, each.label, sheet.Look{Colour: sheet.Muted, Edge: sheet.Under})
		s.Merge(sheet.FirstColumn+1, s.Last, s.Row, each.value, each.look)
		s.Height(s.Row, 18)
		s.Row++
	}
}

// received words how much of the month's data has come in.
func (w *workbook) received() string {
	c := w.figures.Completeness
	if !c.Share.Known() {
		return w.State(c.Share.State)
	}
	return w.T("reports.cover.received.value", i18n.Args{
		"share": w.Percent(c.Share), "reported": w.Int(int64(c.Reported)), "expected": w.Int(int64(c.Expected)),
		"grade": c.Grade,
	})
}

func (s *tab) contents() {
	s.Heading(sheet.FirstColumn, s.Last, s.Row, s.T("reports.cover.contents"))
	s.Row++
	for _, key := range sheetKeys[1:] {
		name := s.sheetName(key)
		s.Set(sheet.FirstColumn, s.Row, name, sheet.Look{Link: true, Edge: sheet.Under})
		tip := s.T("reports.cover.open", i18n.Args{"sheet": name})
		s.Keep(s.File.SetCellHyperLink(s.Name, s.Address(sheet.FirstColumn, s.Row), sheet.Quoted(name)+"A1", "Location",
			excelize.HyperlinkOpts{Tooltip: &tip}))
		s.Merge(sheet.FirstColumn+1, s.Last, s.Row, s.T("reports.contents."+key),
			sheet.Look{Colour: sheet.Ink, Edge: sheet.Under})
		s.Height(s.Row, 18)
		s.Row++
	}
}
