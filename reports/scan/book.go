package scan

import (
	"encoding/xml"
	"path"
	"strings"
)

// NamedSheet is a sheet as a person sees it, with what the scan found in its part.
type NamedSheet struct {
	Name string
	// Hidden says that people don't see it.
	Hidden bool
	Scan   *Sheet
}

// Sheets lists the sheets in the order of the workbook, each with its part.
func (s *Workbook) Sheets() ([]NamedSheet, error) {
	var book struct {
		Sheets []struct {
			Name  string     `xml:"name,attr"`
			State string     `xml:"state,attr"`
			Rest  []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	var relations struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	bookErr := xml.Unmarshal(s.parts["xl/workbook.xml"], &book)
	relationsErr := xml.Unmarshal(s.parts["xl/_rels/workbook.xml.rels"], &relations)
	if bookErr != nil || relationsErr != nil {
		return nil, Refuse("sheet_malformed", "", "part", "xl/workbook.xml")
	}
	if len(book.Sheets) > mostSheets {
		return nil, Refuse("sheet_too_complex", "", "part", "xl/workbook.xml")
	}
	targets := map[string]string{}
	for _, each := range relations.List {
		targets[each.ID] = relationPart(each.Target)
	}
	list, seen := make([]NamedSheet, 0, len(book.Sheets)), map[string]bool{}
	for _, each := range book.Sheets {
		id := ""
		for _, attribute := range each.Rest {
			if attribute.Name.Local == "id" {
				id = attribute.Value
			}
		}
		scan := s.sheets[targets[id]]
		if scan == nil || seen[strings.ToLower(each.Name)] {
			return nil, Refuse("sheet_malformed", "", "part", "xl/workbook.xml")
		}
		seen[strings.ToLower(each.Name)] = true
		list = append(list, NamedSheet{
			Name: each.Name, Scan: scan, Hidden: each.State != "" && each.State != "visible",
		})
	}
	return list, nil
}

// relationPart is the part that a relation of the workbook leads to, in lower case.
func relationPart(target string) string {
	if absolute, is := strings.CutPrefix(target, "/"); is {
		return strings.ToLower(absolute)
	}
	return strings.ToLower(path.Join("xl", target))
}
