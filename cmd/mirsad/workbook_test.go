package main

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
	"strings"
	"testing"
)

// workbook is a workbook as its file says it, read without the library that wrote it.
type workbook struct {
	t     *testing.T
	parts map[string][]byte
	names map[string]string // defined name → 'Sheet'!$A$1
	paths map[string]string // sheet name → part
	texts []string          // shared strings
}

func openWorkbook(t *testing.T, content []byte) *workbook {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	w := &workbook{t: t, parts: map[string][]byte{}, names: map[string]string{}, paths: map[string]string{}}
	for _, file := range archive.File {
		part, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		w.parts[file.Name], err = io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
	}
	w.readIndex()
	return w
}

func (w *workbook) decode(part string, into any) {
	w.t.Helper()
	if err := xml.Unmarshal(w.parts[part], into); err != nil {
		w.t.Fatalf("%s: %v", part, err)
	}
}

func (w *workbook) readIndex() {
	var index struct {
		Names []struct {
			Name string `xml:"name,attr"`
			Cell string `xml:",chardata"`
		} `xml:"definedNames>definedName"`
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var relations struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	var texts struct {
		Items []struct {
			Text string   `xml:"t"`
			Runs []string `xml:"r>t"`
		} `xml:"si"`
	}
	w.decode("xl/workbook.xml", &index)
	w.decode("xl/_rels/workbook.xml.rels", &relations)
	if _, found := w.parts["xl/sharedStrings.xml"]; found {
		w.decode("xl/sharedStrings.xml", &texts)
	}
	for _, each := range index.Names {
		w.names[each.Name] = each.Cell
	}
	for _, each := range index.Sheets {
		for _, relation := range relations.List {
			if relation.ID == each.ID {
				w.paths[each.Name] = "xl/" + strings.TrimPrefix(strings.TrimPrefix(relation.Target, "/"), "xl/")
			}
		}
	}
	for _, item := range texts.Items {
		w.texts = append(w.texts, item.Text+strings.Join(item.Runs, ""))
	}
}

// value returns what the cell of a defined name holds, "" for an empty one.
func (w *workbook) value(name string) string {
	w.t.Helper()
	reference, found := w.names[name]
	if !found {
		w.t.Errorf("the workbook has no name %s", name)
		return ""
	}
	sheet, cell, _ := strings.Cut(reference, "!")
	sheet = strings.ReplaceAll(strings.Trim(sheet, "'"), "''", "'")
	var content struct {
		Cells []struct {
			Ref  string `xml:"r,attr"`
			Type string `xml:"t,attr"`
			V    string `xml:"v"`
		} `xml:"sheetData>row>c"`
	}
	w.decode(w.paths[sheet], &content)
	for _, each := range content.Cells {
		if each.Ref == strings.ReplaceAll(cell, "$", "") {
			return each.V
		}
	}
	return ""
}

// rightToLeft reports whether every sheet is shown from the right.
func (w *workbook) rightToLeft() bool {
	for _, part := range w.paths {
		var sheet struct {
			View struct {
				RightToLeft bool `xml:"rightToLeft,attr"`
			} `xml:"sheetViews>sheetView"`
		}
		w.decode(part, &sheet)
		if !sheet.View.RightToLeft {
			return false
		}
	}
	return len(w.paths) > 0
}

// cells are the contents of a sheet by address, texts as they are read.
func (w *workbook) cells(sheet string) map[string]string {
	w.t.Helper()
	var content struct {
		Cells []struct {
			Ref  string `xml:"r,attr"`
			Type string `xml:"t,attr"`
			V    string `xml:"v"`
			Text string `xml:"is>t"`
		} `xml:"sheetData>row>c"`
	}
	w.decode(w.paths[sheet], &content)
	cells := map[string]string{}
	for _, each := range content.Cells {
		switch at, err := strconv.Atoi(each.V); {
		case each.Type == "s" && err == nil && at < len(w.texts):
			cells[each.Ref] = w.texts[at]
		default:
			cells[each.Ref] = each.V + each.Text
		}
	}
	return cells
}
