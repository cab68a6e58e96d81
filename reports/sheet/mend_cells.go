package sheet

import (
	"encoding/xml"
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// cellValue is a cell's value as a chart's cache holds it; "" of an empty cell.
type cellValue string

// cells are the cells of a finished workbook's sheets, each sheet read when a chart asks for it.
type cells struct {
	parts  map[string][]byte
	shared []string                          // the texts that cells share
	sheets map[string]string                 // the parts of sheets, by name
	read   map[string]map[position]cellValue // by name
}

// readCells reads where the sheets are and the texts that they share.
func readCells(parts map[string][]byte) (*cells, error) {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var relations struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	var shared struct {
		Items []sharedText `xml:"si"`
	}
	for name, into := range map[string]any{
		"xl/workbook.xml": &book, "xl/_rels/workbook.xml.rels": &relations, "xl/sharedStrings.xml": &shared,
	} {
		if part, found := parts[name]; found {
			if err := xml.Unmarshal(part, into); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	targets := map[string]string{}
	for _, each := range relations.All {
		targets[each.ID] = path.Join("xl", strings.TrimPrefix(each.Target, "/xl/"))
	}
	c := &cells{parts: parts, sheets: map[string]string{}, read: map[string]map[position]cellValue{}}
	for _, each := range book.Sheets {
		c.sheets[each.Name] = targets[each.ID]
	}
	for _, item := range shared.Items {
		c.shared = append(c.shared, item.text())
	}
	return c, nil
}

// sharedText is a text that cells share, whole or in runs of several looks.
type sharedText struct {
	Whole string   `xml:"t"`
	Runs  []string `xml:"r>t"`
}

func (t sharedText) text() string { return t.Whole + strings.Join(t.Runs, "") }

// in are the values of a reference as a chart writes it: 'Months'!$B$59:$B$95.
func (c *cells) in(reference string) ([]cellValue, error) {
	at := strings.LastIndex(reference, "!")
	if at < 0 {
		return nil, fmt.Errorf("%s names no sheet", reference)
	}
	sheet := strings.NewReplacer("&#39;", "", "'", "").Replace(reference[:at])
	first, last, found := strings.Cut(strings.ReplaceAll(reference[at+1:], "$", ""), ":")
	if !found {
		last = first
	}
	values, err := c.of(unescaped(sheet))
	if err != nil {
		return nil, err
	}
	from, to := positionAt([]byte(first)), positionAt([]byte(last))
	var list []cellValue
	for row := from.row; row <= to.row; row++ {
		for column := from.column; column <= to.column; column++ {
			list = append(list, values[position{column, row}])
		}
	}
	return list, nil
}

func unescaped(text string) string {
	return strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">", "&#34;", `"`).Replace(text)
}

// of reads a sheet's cells once.
func (c *cells) of(sheet string) (map[position]cellValue, error) {
	if values, found := c.read[sheet]; found {
		return values, nil
	}
	name, found := c.sheets[sheet]
	if !found {
		return nil, excelize.ErrSheetNotExist{SheetName: sheet}
	}
	var part struct {
		Cells []struct {
			Name   string     `xml:"r,attr"`
			Type   string     `xml:"t,attr"`
			Value  string     `xml:"v"`
			Inline sharedText `xml:"is"`
		} `xml:"sheetData>row>c"`
	}
	if err := xml.Unmarshal(c.parts[name], &part); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	values := make(map[position]cellValue, len(part.Cells))
	for _, each := range part.Cells {
		text := each.Value
		switch each.Type {
		case "s":
			number, err := strconv.Atoi(each.Value)
			if err != nil || number < 0 || number >= len(c.shared) {
				return nil, fmt.Errorf("%s of %s: no shared text %q", each.Name, name, each.Value)
			}
			text = c.shared[number]
		case "inlineStr":
			text = each.Inline.text()
		}
		values[positionAt([]byte(each.Name))] = cellValue(text)
	}
	c.read[sheet] = values
	return values, nil
}
