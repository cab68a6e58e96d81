package main

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"

	"mirsad/internal/civil"
)

// printedAnchor is the hash that a workbook tells to verify; "" when it tells none.
func printedAnchor(t *testing.T, workbook []byte) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	texts, err := archive.Open("xl/sharedStrings.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = texts.Close() }()
	content, err := io.ReadAll(texts)
	if err != nil {
		t.Fatal(err)
	}
	if match := regexp.MustCompile(`verify --anchor ([0-9a-f]{64})`).FindSubmatch(content); match != nil {
		return string(match[1])
	}
	return ""
}

// TestAPrintedAnchorIsFoundAgain takes the anchor's hash from a workbook and looks for it in the record: as it was, with
// another hash, and when the anchor was altered.
func TestAPrintedAnchorIsFoundAgain(t *testing.T) {
	p := serve(t, t.TempDir())
	p.awaitAudit("action=anchor", 1)
	p.changeGoal(1_100) // the figures' as at is after the anchor
	month := (civil.DateOf(now(t)).Month() - 1).String()
	out, words, code := runBeside(t, p.data, "report", "--month", month, "--out", "-")
	if code != exitDone {
		t.Fatalf("exit %d: %s", code, words)
	}
	hash := printedAnchor(t, []byte(out))
	if hash == "" {
		t.Fatal("no hash is printed")
	}
	if out, words, code := runBeside(t, p.data, "verify", "--anchor", hash); code != exitDone || !strings.Contains(out, "anchor asked for: ") {
		t.Errorf("as it was: exit %d\n%s%s", code, out, words)
	}
	other := strings.Repeat("0", 63) + "1"
	if _, words, code := runBeside(t, p.data, "verify", "--anchor", other); code != exitFailed || !strings.Contains(words, errAnchor.Error()) {
		t.Errorf("another: exit %d\n%s", code, words)
	}
	if _, words, code := runBeside(t, p.data, "verify", "--anchor", "abc"); code != exitWrongUse {
		t.Errorf("no hash: exit %d\n%s", code, words)
	}
	p.alter("ALTER TABLE audit UPDATE object = 'nothing' WHERE action = 'anchor'")
	if _, words, code := runBeside(t, p.data, "verify", "--anchor", hash); code != exitFailed || !strings.Contains(words, errAnchor.Error()) {
		t.Errorf("altered: exit %d\n%s", code, words)
	}
}
