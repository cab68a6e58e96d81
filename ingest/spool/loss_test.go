package spool

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mirsad/ingest/spool/spooltest"
)

// killed returns a copy of a spool's files as a process leaves them that is killed now.
func killed(t *testing.T, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "spool")
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

func TestADamagedLogIsMissed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "spool")
	s := open(t, dir, 0, at(morning))
	const records, rows = 80, 10
	for range records {
		add(t, s, rows, strings.Repeat("x", 10_000))
	}
	whole, broken := killed(t, dir), killed(t, dir)
	spooltest.Damage(t, broken)

	if got := open(t, whole, 0, at(morning)).Depth().Rows; got != records*rows {
		t.Errorf("the undamaged copy has %d rows", got)
	}
	if losses, err := Losses(whole); err != nil || len(losses) > 0 {
		t.Errorf("of the undamaged copy is missing %+v, %v", losses, err)
	}
	if _, err := os.Stat(DamagedFolder(whole)); err == nil {
		t.Error("files of the undamaged copy are kept")
	}

	later := morning.Add(time.Hour)
	again := open(t, broken, 0, at(later))
	losses, err := Losses(broken)
	if err != nil || len(losses) != 1 {
		t.Fatalf("missing %+v, %v", losses, err)
	}
	loss := losses[0]
	left := len(read(t, again, Range{To: 1 << 40})) * rows
	if loss.From != uint64(left) || loss.To != records*rows || left == 0 || left == records*rows {
		t.Errorf("%d rows are left, %+v", left, loss)
	}
	if !loss.FoundAt.Equal(later) || !loss.After.Equal(morning) || loss.Spool != again.ID() {
		t.Errorf("%+v", loss)
	}
	if kept, err := filepath.Glob(filepath.Join(loss.Kept, "*.log")); err != nil || len(kept) == 0 {
		t.Errorf("the damaged log is not kept: %v, %v", kept, err)
	}
	// It goes on: nothing lands in the places that are missing, and what was left and what is new is handed on.
	if first := add(t, again, rows, "new"); first != loss.To {
		t.Errorf("new rows begin at %d, want %d", first, loss.To)
	}
	if err := again.Delete(Range{To: loss.From}); err != nil {
		t.Fatal(err)
	}
	if r, err := again.Take(1); err != nil || r != (Range{From: loss.To, To: loss.To + rows}) {
		t.Errorf("after what was left comes %+v, %v", r, err)
	}
	// Found once, it is not found again.
	next := killed(t, broken)
	open(t, next, 0, at(later))
	if losses, err := Losses(next); err != nil || len(losses) > 0 {
		t.Errorf("found again: %+v, %v", losses, err)
	}
}

// What was handed on before the damage is not missing.
func TestWhatWasHandedOnIsNotMissed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "spool")
	s := open(t, dir, 0, at(morning))
	for range 80 {
		add(t, s, 10, strings.Repeat("x", 10_000))
	}
	if err := s.Delete(Range{To: 800}); err != nil {
		t.Fatal(err)
	}
	broken := killed(t, dir)
	spooltest.Damage(t, broken)
	open(t, broken, 0, at(morning))
	if losses, err := Losses(broken); err != nil || len(losses) > 0 {
		t.Errorf("missing %+v, %v", losses, err)
	}
}

// Files that can't be opened at all are put aside whole, and a new spool begins.
func TestASpoolThatCannotBeReadIsPutAside(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "spool")
	s := open(t, dir, 0, at(morning))
	add(t, s, 5, "x")
	broken := killed(t, dir)
	manifests, err := filepath.Glob(filepath.Join(broken, "MANIFEST-*"))
	if err != nil || len(manifests) == 0 {
		t.Fatal(manifests, err)
	}
	if err := os.WriteFile(manifests[0], bytes.Repeat([]byte{0x5a}, 4096), 0o600); err != nil {
		t.Fatal(err)
	}
	again := open(t, broken, 0, at(morning))
	losses, err := Losses(broken)
	if err != nil || len(losses) != 1 || losses[0].Rows() != 5 {
		t.Fatalf("missing %+v, %v", losses, err)
	}
	if again.ID() == s.ID() {
		t.Error("it has the identity of the one that was put aside")
	}
	if first := add(t, again, 1, "new"); first != 0 {
		t.Errorf("it begins at %d", first)
	}
}
