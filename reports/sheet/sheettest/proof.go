package sheettest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

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
