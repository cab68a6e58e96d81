package main

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// TestAPrintedAnchorIsFoundAgain takes the anchor's hash from a workbook and looks for it in the record: as it was, with
// another hash, and when the anchor was altered.
func TestAPrintedAnchorIsFoundAgain(t *testing.T) {
	p := serve(t, t.TempDir())
	p.awaitAudit("action=anchor", 1)
	p.changeGoal(1_100) // the figures' as at is after the anchor
	month := time.Now().AddDate(0, -1, 0).Format("2006-01")
	out, words, code := runBeside(t, p.data, "report", "--month", month, "--out", "-")
	if code != exitDone {
		t.Fatalf("exit %d: %s", code, words)
	}
	book, err := excelize.OpenReader(bytes.NewReader([]byte(out)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	rows, err := book.GetRows("Definitions")
	if err != nil {
		t.Fatal(err)
	}
	hash := ""
	for _, row := range rows {
		if match := regexp.MustCompile(`verify --anchor ([0-9a-f]{64})`).FindStringSubmatch(strings.Join(row, " ")); match != nil {
			hash = match[1]
		}
	}
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
