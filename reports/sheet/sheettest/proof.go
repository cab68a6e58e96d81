package sheettest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"mirsad/internal/intake/intaketest"
	"mirsad/reports/sheet"
)

// MissingTool skips at a desk and fails where everything must be installed.
func MissingTool(t *testing.T, reason string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(reason)
	}
	t.Skip(reason)
}

// LibreOffice converts files and returns the folder of what came out; options say how they are opened.
func LibreOffice(t *testing.T, format string, files map[string][]byte, options ...string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: needs LibreOffice")
	}
	if _, err := exec.LookPath("soffice"); err != nil {
		MissingTool(t, "no soffice: run make proof-tools")
	}
	from, to := t.TempDir(), t.TempDir()
	arguments := []string{
		"-env:UserInstallation=file://" + filepath.Join(from, "profile"), "--headless",
		"--convert-to", format, "--outdir", to,
	}
	arguments = append(arguments, options...)
	for name, content := range files {
		file := filepath.Join(from, name)
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
		arguments = append(arguments, file)
	}
	command := exec.CommandContext(t.Context(), "soffice", arguments...) //nolint:gosec // its files are the test's own
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return to
}

// SavedByLibreOffice are the ways in which LibreOffice saves a table of text in UTF-8 as CSV.
func SavedByLibreOffice(t *testing.T, table string) []intaketest.File {
	t.Helper()
	var saved []intaketest.File
	for how, format := range map[string]string{
		"semicolons, quoted": "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,true,true",
		"tabs, UTF-16":       "csv:Text - txt - csv (StarCalc):9,34,65535,1,,0,false,true",
	} {
		folder := LibreOffice(t, format, map[string][]byte{"table.csv": []byte(table)}, "--infilter=CSV:44,34,76,1")
		content, err := os.ReadFile(filepath.Join(folder, "table.csv")) //nolint:gosec // a folder of the test
		if err != nil {
			t.Fatal(err)
		}
		saved = append(saved, intaketest.File{Name: "LibreOffice, " + how, Content: string(content)})
	}
	return saved
}

// Write puts a file into a folder of the test and returns its path.
func Write(t *testing.T, name string, content []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// FoldSpace drops what a PDF's text loses or adds: spaces and marks of direction.
func FoldSpace(text string) string {
	return strings.Join(strings.Fields(sheet.Printable(text)), " ")
}
