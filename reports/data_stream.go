package reports

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"mirsad/reports/sheet"
)

// stream copies the sheet's title and writes the table after it; the stream replaces what the sheet held.
func (s *tab) stream(columns []sheet.Column, header, last int) error {
	head, err := s.streamedHead(header)
	if err != nil {
		return err
	}
	stream, err := s.File.NewStreamWriter(s.Name)
	if err != nil {
		return fmt.Errorf("stream of the data sheet: %w", err)
	}
	if err := s.streamView(stream, columns, header); err != nil {
		return err
	}
	for _, row := range head {
		if err := stream.SetRow(s.Address(1, row.number), row.cells, excelize.RowOpts{Height: row.height}); err != nil {
			return err
		}
	}
	if err := s.streamTable(stream, columns, header); err != nil {
		return err
	}
	for _, row := range head {
		if row.merged {
			first, last := s.Address(sheet.FirstColumn, row.number), s.Address(s.Last, row.number)
			if err := stream.MergeCell(first, last); err != nil {
				return err
			}
		}
	}
	s.Filtered("Services")
	stripes := false
	err = stream.AddTable(&excelize.Table{
		Name: "Services", ShowRowStripes: &stripes,
		Range: s.Address(sheet.FirstColumn, header) + ":" + s.Address(sheet.FirstColumn+len(columns)-1, last),
	})
	if err != nil {
		return fmt.Errorf("table of the data sheet: %w", err)
	}
	return stream.Flush()
}

func (s *tab) streamView(stream *excelize.StreamWriter, columns []sheet.Column, header int) error {
	if err := stream.SetColWidth(1, 1, sheet.MarginWidth); err != nil {
		return err
	}
	for i, c := range columns {
		if err := stream.SetColWidth(sheet.FirstColumn+i, sheet.FirstColumn+i, c.Width); err != nil {
			return err
		}
	}
	return stream.SetPanes(&excelize.Panes{
		Freeze: true, XSplit: sheet.FirstColumn + 1, YSplit: header,
		TopLeftCell: s.Address(sheet.FirstColumn+2, header+1), ActivePane: "bottomRight",
	})
}

func (s *tab) streamTable(stream *excelize.StreamWriter, columns []sheet.Column, header int) error {
	cells := make([]any, len(columns))
	for i, c := range columns {
		cells[i] = excelize.Cell{StyleID: s.Style(sheet.HeaderLook(c, true)), Value: c.Title}
	}
	tall := excelize.RowOpts{Height: sheet.HeaderHeight(columns, true)}
	if err := stream.SetRow(s.Address(sheet.FirstColumn, header), cells, tall); err != nil {
		return err
	}
	styles := make([]int, len(columns))
	for i, c := range columns {
		styles[i] = s.Style(c.Look)
	}
	for i := range s.figures.Services {
		service := &s.figures.Services[i]
		for n, c := range dataColumns {
			cells[n] = excelize.Cell{StyleID: styles[n], Value: sheet.CellValue(c.value(s.workbook, service))}
		}
		for n, value := range s.trend(service.Trend) {
			n += len(dataColumns)
			cells[n] = excelize.Cell{StyleID: styles[n], Value: sheet.CellValue(value)}
		}
		tall := excelize.RowOpts{Height: dataHeight(cells, columns)}
		if err := stream.SetRow(s.Address(sheet.FirstColumn, header+1+i), cells, tall); err != nil {
			return fmt.Errorf("row of service %s: %w", service.Code, err)
		}
	}
	if len(s.figures.Services) == 0 {
		return stream.SetRow(s.Address(sheet.FirstColumn, header+1), []any{s.T("reports.none")})
	}
	return s.Err()
}

// dataHeight is the height that the longest of a row's wrapped texts needs.
func dataHeight(cells []any, columns []sheet.Column) float64 {
	tallest := sheet.LineHeight + sheet.Air - 2
	for i, c := range columns[:printedData] {
		if !c.Look.Wrap {
			continue
		}
		if text, isText := cells[i].(excelize.Cell).Value.(string); isText && len(text) > int(c.Width)/2 {
			tallest = max(tallest, sheet.TextHeight(text, c.Width-1, 9))
		}
	}
	return tallest
}

// headRow is a row above the table, read back from the sheet.
type headRow struct {
	number int
	height float64
	cells  []any
	merged bool
}

// streamedHead reads the rows above the table back, with their styles.
func (s *tab) streamedHead(header int) ([]headRow, error) {
	rows := make([]headRow, 0, header)
	for number := 1; number < header; number++ {
		height, err := s.File.GetRowHeight(s.Name, number)
		if err != nil {
			return nil, err
		}
		row := headRow{number: number, height: height, cells: make([]any, s.Last)}
		for column := sheet.FirstColumn; column <= s.Last; column++ {
			cell := s.Address(column, number)
			id, err := s.File.GetCellStyle(s.Name, cell)
			if err != nil {
				return nil, err
			}
			value, err := s.File.GetCellValue(s.Name, cell)
			if err != nil {
				return nil, err
			}
			if column > sheet.FirstColumn { // the library gives the text of merged cells for each of them
				value = ""
			}
			row.merged = row.merged || value != ""
			row.cells[column-1] = excelize.Cell{StyleID: id, Value: sheet.CellValue(value)}
		}
		rows = append(rows, row)
	}
	return rows, nil
}
