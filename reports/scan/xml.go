package scan

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"mirsad/reports/sheet"
)

// What the XML of a workbook may be at most.
const (
	mostDepth  = 40
	mostStyles = 60_000 // elements of a part other than a sheet: the library keeps each
	// runsOfString is how many elements a shared string may have on average.
	runsOfString  = 3
	mostAttribute = 64 << 10
	mostSheets    = 20
	// mostBooks is how many elements the list of sheets, of content types or of relations may have.
	mostBooks = 2000
)

// walker goes through a part's elements.
type walker struct {
	scan     *Workbook
	name     string // of the part, in lower case
	root     string // as the part's name wants it
	path     []string
	elements int
	most     int
	roots    int
	sheet    *sheetWalker
}

// part scans a part: XML to its end, anything else not at all.
func (s *Workbook) part(name string, content []byte) error {
	lower := strings.ToLower(name)
	root, isXML := rootOf(lower)
	if !isXML {
		return nil
	}
	w := &walker{scan: s, name: lower, root: root, most: mostStyles}
	switch root {
	case rootSheet:
		w.most, w.sheet = s.limits.Elements, &sheetWalker{
			limits: s.limits, styles: s.styles,
			found: &Sheet{dates: map[cellKey]bool{}, shown: map[cellKey]int{}},
		}
		s.sheets[lower] = w.sheet.found
	case rootStrings:
		w.most = runsOfString * s.limits.Strings
	case "workbook", "Types", "Relationships":
		w.most = mostBooks
		s.parts[lower] = content
	}
	return w.walk(content)
}

func (w *walker) walk(content []byte) error {
	decoder := xml.NewDecoder(bytes.NewReader(content))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return w.malformed()
		}
		if err := w.token(token); err != nil {
			return err
		}
	}
	if w.roots != 1 {
		return w.malformed()
	}
	return nil
}

func (w *walker) token(token xml.Token) error {
	switch t := token.(type) {
	case xml.Directive:
		return Refuse("sheet_dtd", "", "part", sheet.Clean(w.name))
	case xml.ProcInst:
		if t.Target != "xml" {
			return w.malformed()
		}
	case xml.StartElement:
		return w.start(&t)
	case xml.EndElement:
		return w.end()
	case xml.CharData:
		return w.text(t)
	}
	return nil
}

func (w *walker) end() error {
	if w.sheet != nil {
		if err := w.sheet.end(w.path); err != nil {
			return err
		}
	}
	w.path = w.path[:len(w.path)-1]
	return nil
}

func (w *walker) malformed() error { return Refuse("sheet_malformed", "", "part", sheet.Clean(w.name)) }

// text refuses words outside of the root, which the library would read over.
func (w *walker) text(t xml.CharData) error {
	if len(w.path) == 0 && strings.TrimSpace(strings.TrimPrefix(string(t), "\ufeff")) != "" {
		return w.malformed()
	}
	if w.sheet != nil {
		return w.sheet.text(w.path, t)
	}
	return nil
}

func (w *walker) start(t *xml.StartElement) error {
	w.elements++
	w.scan.elements++
	if len(w.path) == 0 {
		w.roots++
	}
	w.path = append(w.path, t.Name.Local)
	if len(w.path) == 1 && (w.root == "" && specialRoot(t.Name.Local) || w.root != "" && w.root != t.Name.Local) {
		return w.malformed()
	}
	if len(w.path) > mostDepth || w.elements > w.most || w.scan.elements > w.scan.limits.Elements {
		return Refuse("sheet_too_complex", "", "part", sheet.Clean(w.name))
	}
	for _, attribute := range t.Attr {
		if len(attribute.Value) > mostAttribute {
			return Refuse("sheet_too_complex", "", "part", sheet.Clean(w.name))
		}
	}
	switch w.root {
	case rootSheet:
		return w.sheet.start(w.path, t)
	case rootStrings:
		return w.sharedString(t)
	case "Relationships":
		return w.relation(t)
	case "Types":
		return w.contentType(t)
	}
	return nil
}

func (w *walker) sharedString(t *xml.StartElement) error {
	if t.Name.Local == "si" {
		w.scan.strings++
	}
	if w.scan.strings > w.scan.limits.Strings {
		return Refuse("sheet_too_complex", "", "part", sheet.Clean(w.name))
	}
	return nil
}

// relation refuses what lies outside of the file, or is no part of a plain workbook.
func (w *walker) relation(t *xml.StartElement) error {
	if t.Name.Local != "Relationship" {
		return nil
	}
	kind, target := strings.ToLower(attribute(t, "Type")), attribute(t, "Target")
	switch {
	case strings.Contains(kind, "vbaproject"), strings.Contains(kind, "macro"):
		return Refuse("sheet_macros", "")
	case strings.EqualFold(attribute(t, "TargetMode"), "External"), strings.Contains(kind, "externallink"),
		strings.Contains(kind, "attachedtemplate"),
		strings.ContainsAny(target, ":\\"), strings.HasPrefix(target, "//"):
		return Refuse("sheet_links", "", "part", sheet.Clean(w.name))
	}
	return nil
}

func (w *walker) contentType(t *xml.StartElement) error {
	kind := strings.ToLower(attribute(t, "ContentType"))
	switch {
	case t.Name.Local == "Default": // of an extension, such as some libraries declare without such a part
		return nil
	case strings.Contains(kind, "macroenabled"), strings.Contains(kind, "vbaproject"):
		return Refuse("sheet_macros", "")
	case strings.EqualFold(attribute(t, "PartName"), "/xl/workbook.xml") &&
		!strings.HasSuffix(kind, "spreadsheetml.sheet.main+xml"):
		return Refuse("sheet_no_workbook", "")
	}
	return nil
}

// attribute is the value of an attribute, whatever its prefix; a second one of the name is not looked at, as in the
// library.
func attribute(t *xml.StartElement, name string) string {
	for _, each := range t.Attr {
		if each.Name.Local == name {
			return each.Value
		}
	}
	return ""
}
