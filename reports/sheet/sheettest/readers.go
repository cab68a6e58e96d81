package sheettest

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Seen is what a program reads from a sheet: how many cells hold something, how many of them are numbers, and their
// sum; no sum: nil.
type Seen struct {
	Cells, Numbers int
	Sum            *float64
}

// ReadElsewhere reads a workbook with other programs' readers, by reader and sheet. A test without them is skipped.
func ReadElsewhere(t *testing.T, content []byte) map[string]map[string]Seen {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: needs other readers of workbooks")
	}
	tools := filepath.Join(repository(t), "internal", "tools", "proof")
	if _, err := os.Stat(filepath.Join(tools, "node_modules", "exceljs")); err != nil {
		MissingTool(t, "no other readers of workbooks: run make proof-tools")
	}
	if err := exec.CommandContext(t.Context(), debianPython, "-c", "import openpyxl").Run(); err != nil {
		MissingTool(t, "no openpyxl: run make proof-tools")
	}
	file, seen := Write(t, "book.xlsx", content), map[string]map[string]Seen{}
	for script, program := range map[string]string{"readers.mjs": "node", "readers.py": debianPython} {
		//nolint:gosec // node or python, a script of this repository and a file of this test
		out, err := exec.CommandContext(t.Context(), program, filepath.Join(tools, script), file).Output()
		if err != nil {
			t.Fatalf("%s fails on the workbook: %v\n%s", script, err, faultOf(err))
		}
		if err := json.Unmarshal(out, &seen); err != nil {
			t.Fatalf("%s: %v in %s", script, err, out)
		}
	}
	return seen
}

// faultOf is what a program that failed wrote about it.
func faultOf(err error) []byte {
	if exit, exited := errors.AsType[*exec.ExitError](err); exited {
		return exit.Stderr
	}
	return nil
}

// debianPython is the interpreter that knows the libraries of Debian, whatever other is before it on the path.
const debianPython = "/usr/bin/python3"

// SeenHere is what the file itself holds, by sheet.
func SeenHere(t *testing.T, content []byte) map[string]Seen {
	t.Helper()
	book := Open(t, content)
	seen := map[string]Seen{}
	for _, sheet := range book.GetSheetList() {
		seen[sheet] = seenOf(t, book, sheet)
	}
	return seen
}

func seenOf(t *testing.T, book *excelize.File, sheet string) Seen {
	t.Helper()
	var sum float64
	seen := Seen{Sum: &sum}
	rows, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		for n, value := range row {
			if value == "" {
				continue
			}
			seen.Cells++
			cell, err := excelize.CoordinatesToCellName(n+1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			kind, err := book.GetCellType(sheet, cell)
			if err != nil {
				t.Fatal(err)
			}
			if number, err := strconv.ParseFloat(value, 64); err == nil && isNumber(kind) {
				seen.Numbers++
				sum += number
			}
		}
	}
	return seen
}

// isNumber reports whether a cell of the kind holds a number: the library calls one without a type unset.
func isNumber(kind excelize.CellType) bool {
	return kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber
}
