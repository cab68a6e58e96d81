package scan

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"
)

// replaceInPart changes one part of a workbook.
func replaceInPart(t *testing.T, content []byte, name string, change func(string) string) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	written := zip.NewWriter(&out)
	for _, file := range archive.File {
		part, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		if file.Name == name {
			text = []byte(change(string(text)))
		}
		to, err := written.Create(file.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := written.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
