package reports

import (
	"github.com/xuri/excelize/v2"

	"mirsad/internal/i18n"
)

// writeCover says what the file is, what it describes, how sure it is, and what is in it.
func (w *workbook) writeCover() {
	s := w.openSheet("cover", 30, 34, 66)
	for column := 1; column <= s.last; column++ {
		s.set(column, 1, nil, look{fill: accent})
	}
	s.height(1, 10)
	s.height(2, 26)
	s.merge(firstColumn, s.last, 3, w.programmeName(), look{size: 13, colour: muted})
	s.height(3, 22)
	s.merge(firstColumn, s.last, 4, w.T("reports.title"), look{size: 30, bold: true, colour: ink})
	s.height(4, 44)
	s.merge(firstColumn, s.last, 5, w.Month(w.edition.Month), look{size: 20, colour: accent})
	s.height(5, 32)
	s.row = 7
	if w.figures.Sample {
		s.merge(firstColumn, s.last, 6, w.T("reports.sample"), look{size: 11, bold: true, colour: sampleInk, fill: sampleTint, indent: 1})
		s.height(6, 22)
	}
	s.gap()
	s.paragraph(130, w.verdict(), look{size: 14, bold: true})
	s.gap()
	s.facts()
	s.gap()
	s.contents()
	s.printArea(s.row)
}

// fact is one line of the cover: what, and its value.
type fact struct {
	label string
	value any
	look  look
}

func (s *tab) facts() {
	f := s.figures
	list := []fact{
		{s.T("reports.cover.status"), s.status(), look{bold: true}},
		{s.T("base.on"), f.On, look{format: dayFormat(s.Language)}},
		{s.T("base.as_at"), s.asAt(), look{}},
		{s.T("reports.cover.zone"), s.zone.String(), look{}},
		{s.T("reports.cover.received"), s.received(), look{}},
		{s.T("reports.cover.rule_version"), int(f.RuleVersion), look{format: `0`}},
		{s.T("reports.cover.data_version"), clean(f.DataVersion), look{}},
	}
	if classification := clean(f.Programme.Classification); classification != "" {
		list = append(list, fact{s.T("reports.cover.classification"), classification, look{bold: true}})
	}
	if contact := clean(s.contact); contact != "" {
		list = append(list, fact{s.T("reports.cover.contact"), contact, look{}})
	}
	for _, each := range list {
		each.look.edge = under
		s.set(firstColumn, s.row, each.label, look{colour: muted, edge: under})
		s.merge(firstColumn+1, s.last, s.row, each.value, each.look)
		s.height(s.row, 18)
		s.row++
	}
}

// received words how much of the month's data has come in.
func (w *workbook) received() string {
	c := w.figures.Completeness
	if !c.Share.Known() {
		return w.State(c.Share.State)
	}
	return w.T("reports.cover.received.value", i18n.Args{
		"share": w.Percent(c.Share), "reported": w.Int(int64(c.Reported)), "expected": w.Int(int64(c.Expected)), "grade": c.Grade,
	})
}

func (s *tab) contents() {
	s.heading(firstColumn, s.last, s.row, s.T("reports.cover.contents"))
	s.row++
	for _, key := range sheetKeys[1:] {
		name := s.sheetName(key)
		s.set(firstColumn, s.row, name, look{link: true, edge: under})
		tip := s.T("reports.cover.open", i18n.Args{"sheet": name})
		s.keep(s.file.SetCellHyperLink(s.name, s.address(firstColumn, s.row), quoted(name)+"A1", "Location",
			excelize.HyperlinkOpts{Tooltip: &tip}))
		s.merge(firstColumn+1, s.last, s.row, s.T("reports.contents."+key), look{colour: ink, edge: under})
		s.height(s.row, 18)
		s.row++
	}
}
