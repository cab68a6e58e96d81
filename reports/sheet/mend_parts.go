package sheet

import (
	"bytes"
	"errors"
	"regexp"

	"github.com/xuri/excelize/v2"
)

// errLibrary is a part without what the library always wrote.
var errLibrary = errors.New("the library writes this part in another way than before")

// replaced is the mend of one text by another.
func replaced(old, better string) func(*finished, []byte) ([]byte, int, error) {
	return func(_ *finished, part []byte) ([]byte, int, error) {
		return bytes.ReplaceAll(part, []byte(old), []byte(better)), bytes.Count(part, []byte(old)), nil
	}
}

// substituted replaces every match of a pattern.
func substituted(part []byte, pattern *regexp.Regexp, better string) (mended []byte, found int, err error) {
	found = len(pattern.FindAllIndex(part, -1))
	return pattern.ReplaceAll(part, []byte(better)), found, nil
}

var dimension = regexp.MustCompile(`<dimension ref="A1"( ?/>|></dimension>)`)

// trueDimension writes which range of the sheet is used: readers that stream, among them openpyxl and Power Query,
// take nothing beyond it, and the library says A1 of every sheet.
func trueDimension(_ *finished, part []byte) (mended []byte, found int, err error) {
	from, to, any := usedRange(part)
	if !any {
		return part, len(dimension.FindAllIndex(part, -1)), nil
	}
	first, err := excelize.CoordinatesToCellName(from.column, from.row)
	if err != nil {
		return nil, 0, err
	}
	last, err := excelize.CoordinatesToCellName(to.column, to.row)
	if err != nil {
		return nil, 0, err
	}
	return substituted(part, dimension, `<dimension ref="`+first+":"+last+`"></dimension>`)
}

// position is the place of a cell; columns and rows count from 1.
type position struct{ column, row int }

// usedRange are the corners of the smallest range with all cells of a sheet.
func usedRange(part []byte) (from, to position, any bool) {
	cell := []byte(`<c r="`)
	for at := bytes.Index(part, cell); at >= 0; at = bytes.Index(part, cell) {
		part = part[at+len(cell):]
		p := positionAt(part)
		if !any {
			from, to, any = p, p, true
			continue
		}
		from.column, from.row = min(from.column, p.column), min(from.row, p.row)
		to.column, to.row = max(to.column, p.column), max(to.row, p.row)
	}
	return from, to, any
}

// positionAt reads the name of a cell that a text begins with: B7 is column 2, row 7.
func positionAt(text []byte) position {
	var p position
	for _, c := range text {
		switch {
		case c >= 'A' && c <= 'Z':
			p.column = p.column*26 + int(c-'A') + 1
		case c >= '0' && c <= '9':
			p.row = p.row*10 + int(c-'0')
		default:
			return p
		}
	}
	return p
}

var textOfFormula = regexp.MustCompile(`(<c r="[A-Z]+\d+"(?: s="\d+")?) t="str">(<f>[^<]*</f><v>-?\d+(?:\.\d+)?</v></c>)`)

// calculatedNumbers makes numbers of the values of formulas, which the library calls text: sums would leave them out.
func calculatedNumbers(_ *finished, part []byte) (mended []byte, found int, err error) {
	return substituted(part, textOfFormula, `$1>$2`)
}

var (
	tableName   = regexp.MustCompile(`<table [^>]*displayName="([^"]*)"`)
	tableFilter = regexp.MustCompile(`<autoFilter ref="[^"]*"(?:/>|></autoFilter>)`)
)

// wantedFilters leaves the buttons of filters to the tables that somebody filters.
func wantedFilters(f *finished, part []byte) (mended []byte, found int, err error) {
	name := tableName.FindSubmatch(part)
	if name == nil {
		return nil, 0, errLibrary
	}
	if f.filters[string(name[1])] {
		return part, len(tableFilter.FindAllIndex(part, -1)), nil
	}
	return substituted(part, tableFilter, ``)
}

var (
	coreRoot     = regexp.MustCompile(`<(/?)(?:cp:)?coreProperties( xmlns(?::cp)?=)?`)
	coreProperty = regexp.MustCompile(`<(/?)(lastModifiedBy|contentStatus|version|category|keywords|revision)>`)
)

// prefixedProperties writes the properties of the file with the prefix that readers ask for by name, exceljs among
// them; the library leaves it to a default namespace, which is the same to XML alone.
func prefixedProperties(_ *finished, part []byte) (mended []byte, found int, err error) {
	part, found, err = substituted(part, coreRoot, `<${1}cp:coreProperties$2`)
	part = bytes.Replace(part, []byte(`<cp:coreProperties xmlns=`), []byte(`<cp:coreProperties xmlns:cp=`), 1)
	return coreProperty.ReplaceAll(part, []byte(`<${1}cp:$2>`)), found, err
}

var window = regexp.MustCompile(`windowWidth="\d+" windowHeight="\d+"`)

// wideWindow opens the workbook as large as a screen usually is, in twips: the library's window shows half a page.
func wideWindow(_ *finished, part []byte) (mended []byte, found int, err error) {
	return substituted(part, window, `windowWidth="28800" windowHeight="15600" tabRatio="800"`)
}
