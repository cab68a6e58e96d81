package sheettest

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"
)

// Parts are the texts of the file's parts, by name.
func Parts(tb testing.TB, content []byte) map[string]string {
	tb.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		tb.Fatal(err)
	}
	found := map[string]string{}
	for _, file := range archive.File {
		part, err := file.Open()
		if err != nil {
			tb.Fatal(err)
		}
		text, err := io.ReadAll(part)
		if err != nil {
			tb.Fatal(err)
		}
		found[file.Name] = string(text)
	}
	return found
}
