// Package spooltest damages spools for tests.
package spooltest

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// Damage flips four bytes in the middle of the newest log of a spool's folder.
func Damage(t *testing.T, folder string) {
	t.Helper()
	logs, err := filepath.Glob(filepath.Join(folder, "*.log"))
	if err != nil || len(logs) == 0 {
		t.Fatalf("no log: %v", err)
	}
	newest := slices.Max(logs)
	content, err := os.ReadFile(newest) //nolint:gosec // a file of this test
	if err != nil {
		t.Fatal(err)
	}
	middle := len(bytes.TrimRight(content, "\x00")) / 2
	for i := range 4 {
		content[middle+i] ^= 0xff
	}
	if err := os.WriteFile(newest, content, 0o600); err != nil { //nolint:gosec // a file of this test
		t.Fatal(err)
	}
}
