package reports

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// stream copies the sheet's title and writes the table after it; the stream replaces what the sheet held.
func (s *tab) stream(columns []column, header, last int) error {
	head, err := s.streamedHead(header)
	if err != nil {
		return err
	}
	stream, err := s.file.NewStreamWriter(s.name)
	if err != nil {
		return fmt.Errorf("stream of the data sheet: %w", err)
	}
	if err := s.streamView(stream, columns, header); err != nil {
		return err
	}
	for _, row := range head {
		if err := stream.SetRow(s.address(1, row.number), row.cells, excelize.RowOpts{Height: row.height}); err != nil {
			return err
		}
	}
	if err := s.streamTable(stream, columns, header); err != nil {
		return err
	}
	for _, row := range head {
		if row.merged {
			if err := stream.MergeCell(s.address(firstColumn, row.number), s.address(s.last, row.number)); err != nil {
				return err
			}
		}
	}
	stripes := false
	err = stream.AddTable(&excelize.Table{
		Name: "Services", Range: s.address(firstColumn, header) + ":" + s.address(firstColumn+len(columns)-1, last), ShowRowStripes: &stripes,
	})
	if err != nil {
		return fmt.Errorf("table of the data sheet: %w", err)
	}
	return stream.Flush()
}

func (s *tab) streamView(stream *excelize.StreamWriter, columns []column, header int) error {
	if err := stream.SetColWidth(1, 1, marginWidth); err != nil {
		return err
	}
	for i, c := range columns {
		if err := stream.SetColWidth(firstColumn+i, firstColumn+i, c.width); err != nil {
			return err
		}
	}
	return stream.SetPanes(&excelize.Panes{
		Freeze: true, XSplit: firstColumn + 1, YSplit: header, TopLeftCell: s.address(firstColumn+2, header+1), ActivePane: "bottomRight",
	})
}

func (s *tab) streamTable(stream *excelize.StreamWriter, columns []column, header int) error {
	cells := make([]any, len(columns))
	for i, c := range columns {
		cells[i] = excelize.Cell{StyleID: s.style(headerLook(c)), Value: c.title}
	}
	if err := stream.SetRow(s.address(firstColumn, header), cells, excelize.RowOpts{Height: headerHeight(columns)}); err != nil {
		return err
	}
	styles := make([]int, len(columns))
	for i, c := range columns {
		styles[i] = s.style(c.look)
	}
	for i := range s.figures.Services {
		service := &s.figures.Services[i]
		for n, c := range dataColumns {
			cells[n] = excelize.Cell{StyleID: styles[n], Value: cellValue(c.value(s.workbook, service))}
		}
		for n, value := range s.trend(service.Trend) {
			n += len(dataColumns)
			cells[n] = excelize.Cell{StyleID: styles[n], Value: cellValue(value)}
		}
		if err := stream.SetRow(s.address(firstColumn, header+1+i), cells, excelize.RowOpts{Height: dataHeight(cells, columns)}); err != nil {
			return fmt.Errorf("row of service %s: %w", service.Code, err)
		}
	}
	if len(s.figures.Services) == 0 {
		return stream.SetRow(s.address(firstColumn, header+1), []any{s.T("reports.none")})
	}
	return s.broken
}

// dataHeight is the height that the longest of a row's wrapped texts needs.
func dataHeight(cells []any, columns []column) float64 {
	tallest := lineHeight + air - 2
	for i, c := range columns[:printedData] {
		if !c.look.wrap {
			continue
		}
		if text, isText := cells[i].(excelize.Cell).Value.(string); isText && len(text) > int(c.width)/2 {
			tallest = max(tallest, textHeight(text, c.width-1, 9))
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
		height, err := s.file.GetRowHeight(s.name, number)
		if err != nil {
			return nil, err
		}
		row := headRow{number: number, height: height, cells: make([]any, s.last)}
		for column := firstColumn; column <= s.last; column++ {
			cell := s.address(column, number)
			id, err := s.file.GetCellStyle(s.name, cell)
			if err != nil {
				return nil, err
			}
			value, err := s.file.GetCellValue(s.name, cell)
			if err != nil {
				return nil, err
			}
			row.merged = row.merged || (column == firstColumn && value != "")
			row.cells[column-1] = excelize.Cell{StyleID: id, Value: value}
		}
		rows = append(rows, row)
	}
	return rows, nil
}
