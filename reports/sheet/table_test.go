package sheet_test

import (
	"testing"

	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/reports/sheet"
)

// services is a table of two columns with a number in the second.
func services(rows ...[]any) sheet.Table {
	return sheet.Table{Name: "Services", Rows: rows, Columns: []sheet.Column{
		{Title: "Service", Width: 30, Look: sheet.Look{Wrap: true, Indent: 1}},
		{Title: "Completed", Width: 12, Look: sheet.Look{Format: sheet.WholeFormat, Align: sheet.End}},
	}}
}

func TestATableSaysWhereItIs(t *testing.T) {
	book, page := newBook(t, i18n.English, 30, 12)
	page.Row = 6
	at := page.Table(services([]any{"Renewal", 851}, []any{"Payment", programme.Count{}}))
	if at.Column != sheet.FirstColumn || at.Header != 6 || at.First != 7 || at.Last != 8 || page.Row != 9 {
		t.Errorf("header %d, rows %d to %d from column %d; the sheet goes on in row %d",
			at.Header, at.First, at.Last, at.Column, page.Row)
	}
	if title, cells := at.Title(1), at.Reference(1); title != "'One'!$C$6" || cells != "'One'!$C$7:$C$8" {
		t.Errorf("a chart reads %s and %s", title, cells)
	}
	cells := storedCells(t, bytesOf(t, book))
	if number := cells["C7"]; number.Type == "s" || number.Value != "851" {
		t.Errorf("a number is stored as %+v", number)
	}
	if missing := cells["C8"]; missing.Value != "" || missing.Style != cells["C7"].Style {
		t.Errorf("a missing number is stored as %+v", missing)
	}
}

func TestATableCanBeFilteredByItsHeader(t *testing.T) {
	book, page := newBook(t, i18n.English, 30, 12)
	filtered := services([]any{"Renewal", 851})
	filtered.Filter = true
	page.Table(filtered)
	content := bytesOf(t, book)
	table := part[struct {
		Name   string `xml:"displayName,attr"`
		Cells  string `xml:"ref,attr"`
		Filter struct {
			Cells string `xml:"ref,attr"`
		} `xml:"autoFilter"`
		Columns []struct {
			Name string `xml:"name,attr"`
		} `xml:"tableColumns>tableColumn"`
	}](t, content, "xl/tables/table1.xml")
	if table.Name != "Services" || table.Cells != "B1:C2" || table.Filter.Cells != "B1:C2" {
		t.Errorf("%s over %s, filtered over %s", table.Name, table.Cells, table.Filter.Cells)
	}
	if len(table.Columns) != 2 || table.Columns[1].Name != "Completed" {
		t.Errorf("columns %v", table.Columns)
	}
}

func TestTheHeaderOfATable(t *testing.T) {
	book, page := newBook(t, i18n.Arabic, 30, 12)
	page.Table(services([]any{"Renewal", 851}))
	file := written(t, book)
	first, second := styleOf(t, file, "B1"), styleOf(t, file, "C1")
	if !first.Font.Bold || first.Fill.Color[0] != sheet.Tint || first.Border[0].Color != sheet.Accent {
		t.Errorf("the header looks like %+v", first)
	}
	if first.Alignment.Horizontal != "right" || first.Alignment.Indent != 1 || second.Alignment.Horizontal != "right" {
		t.Error("the title of texts is not where reading begins, or that of numbers not on the right")
	}
	columns := services().Columns
	one := sheet.HeaderHeight(columns, false)
	columns[1].Title = "A title of many words over a narrow column"
	if many := sheet.HeaderHeight(columns, false); many < one+2*sheet.LineHeight {
		t.Errorf("the header is %v points tall, with a long title %v", one, many)
	}
	if filter := sheet.HeaderHeight(services().Columns, true); filter != one+sheet.LineHeight {
		t.Errorf("with the buttons of a filter the header is %v points tall, without %v", filter, one)
	}
	if got := rowHeight(t, file, 1); got != one {
		t.Errorf("the row of the header is %v points tall, not %v", got, one)
	}
}

func TestATableWithoutRowsSaysSo(t *testing.T) {
	for language, words := range map[i18n.Language]string{
		i18n.English: "Nothing to show", i18n.Arabic: "لا يوجد ما يُعرَض",
	} {
		book, page := newBook(t, language, 30, 12)
		at := page.Table(services())
		if at.First != 2 || at.Last != 2 || page.Row != 3 {
			t.Errorf("%s: rows %d to %d, then %d", language, at.First, at.Last, page.Row)
		}
		file := written(t, book)
		if got := shown(t, file, "B2"); got != words {
			t.Errorf("%s: %q", language, got)
		}
		tables, err := file.GetTables("One")
		if err != nil || len(tables) != 1 || tables[0].Range != "B1:C2" {
			t.Errorf("%s: tables %v: %v", language, tables, err)
		}
	}
}

func TestAStatusIsOnItsColours(t *testing.T) {
	book, page := newBook(t, i18n.English, 30, 12)
	late := sheet.Mark{Shape: "■", Colour: "A3242B", Tint: "FAE7E7"}
	page.Table(services([]any{sheet.Marked{Text: "■ Late", Mark: late}, 1}))
	file := written(t, book)
	style := styleOf(t, file, "B2")
	if style.Font.Color != late.Colour || style.Fill.Color[0] != late.Tint || !style.Font.Bold {
		t.Errorf("typeface %+v, fill %v", style.Font, style.Fill.Color)
	}
	if shown(t, file, "B2") != "■ Late" || style.Alignment.Indent != 1 {
		t.Error("a status loses its words or the look of its column")
	}
	if other := styleOf(t, file, "C2"); len(other.Fill.Color) > 0 {
		t.Error("the colours of a status reach the next cell")
	}
}

func TestRowsOfATableAreAsTallAsTheirText(t *testing.T) {
	book, page := newBook(t, i18n.English, 30, 12)
	const long = "Connection of electricity and water to a house outside the boundary of a municipality"
	page.Table(services([]any{"short", 1}, []any{long, 2}))
	file := written(t, book)
	if got := rowHeight(t, file, 2); got != sheet.LineHeight+sheet.Air {
		t.Errorf("a row of one line is %v points tall", got)
	}
	if got, want := rowHeight(t, file, 3), sheet.TextHeight(long, 30, 0); got != want || got < 3*sheet.LineHeight {
		t.Errorf("a row of more lines is %v points tall, not %v", got, want)
	}
}
