package spool

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/record"
)

// Loss is a range of rows that were acknowledged and are neither in the spool nor were handed on: its log is damaged.
type Loss struct {
	// Spool is the identity of the spool, From and To (exclusive) the sequence of its rows.
	Spool string `json:"spool"`
	From  uint64 `json:"from"`
	To    uint64 `json:"to"`
	// After is when the last row before them was received, as far as it is known; FoundAt when they were missed.
	After   time.Time `json:"after,omitzero"`
	FoundAt time.Time `json:"found_at"`
	// Kept is the folder with the damaged files.
	Kept string `json:"kept"`
}

// Rows is how many rows are missing.
func (l Loss) Rows() uint64 { return l.To - l.From }

// lossFile lists the losses, in the folder that holds the damaged files.
const lossFile = "missing.json"

// DamagedFolder is where the damaged files of the spool in a folder are kept, and what is missing is written down.
func DamagedFolder(dir string) string { return filepath.Clean(dir) + "-damaged" }

// Losses returns what is missing of the spool in a folder; none when nothing ever was. It is there until an operator
// removes the folder of the damaged files.
func Losses(dir string) ([]Loss, error) {
	content, err := os.ReadFile(filepath.Join(DamagedFolder(dir), lossFile))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	var losses []Loss
	if err == nil {
		err = json.Unmarshal(content, &losses)
	}
	if err != nil {
		return nil, fmt.Errorf("read what the spool lost: %w", err)
	}
	return losses, nil
}

// MissingRows is how many acknowledged rows are written down as missing.
func (s *Spool) MissingRows() uint64 {
	losses, err := Losses(s.configuration.Dir)
	if err != nil {
		s.logger.Error("what was lost can't be read", slog.Any("error", err))
	}
	rows := uint64(0)
	for _, each := range losses {
		rows += each.Rows()
	}
	return rows
}

// keeper keeps the files of a spool while it is being opened: opening deletes a log that it has read.
type keeper struct{ dir, kept string }

// keepLogs links every log file into a folder of its own.
func keepLogs(dir string, now time.Time) (keeper, error) {
	logs, err := filepath.Glob(filepath.Join(dir, "*.log"))
	if err != nil || len(logs) == 0 {
		return keeper{dir: dir}, err
	}
	k := keeper{dir: dir}
	k.kept = k.folder(now)
	if err := os.MkdirAll(k.kept, 0o700); err != nil {
		return k, err
	}
	for _, each := range logs {
		if err := os.Link(each, filepath.Join(k.kept, filepath.Base(each))); err != nil {
			return k, err
		}
	}
	return k, nil
}

// folder names the folder of what is kept now.
func (k keeper) folder(now time.Time) string {
	return filepath.Join(DamagedFolder(k.dir), now.UTC().Format("20060102T150405.000000"))
}

// drop gives the links up: nothing is damaged.
func (k keeper) drop() {
	if k.kept == "" {
		return
	}
	_ = os.RemoveAll(k.kept)            // what is left does no harm
	_ = os.Remove(DamagedFolder(k.dir)) // only when it is empty
}

// openFiles opens the files. A log that is broken is cut at the break, after a copy is kept; files that can't be read all
// the same are put aside whole, and a new spool begins.
func openFiles(c Configuration, d Dependencies) (db *pebble.DB, k keeper, aside bool, err error) {
	if k, err = keepLogs(c.Dir, d.Now()); err != nil {
		return nil, k, false, fmt.Errorf("keep the spool's log: %w", err)
	}
	db, err = pebble.Open(c.Dir, options(d.Logger))
	if err == nil {
		return db, k, false, nil
	}
	if ofTheSystem(err) {
		k.drop()
		return nil, k, false, err
	}
	d.Logger.Error("spool is damaged", slog.Any("error", err))
	if err = cutLogs(c.Dir); err == nil {
		db, err = pebble.Open(c.Dir, options(d.Logger))
	}
	if err == nil || ofTheSystem(err) {
		return db, k, false, err
	}
	d.Logger.Error("spool can't be read and is put aside", slog.Any("error", err))
	if k.kept == "" {
		k.kept = k.folder(d.Now())
	}
	if err := os.MkdirAll(k.kept, 0o700); err != nil {
		return nil, k, false, err
	}
	if err := os.Rename(c.Dir, filepath.Join(k.kept, "spool")); err != nil {
		return nil, k, false, err
	}
	db, err = pebble.Open(c.Dir, options(d.Logger))
	return db, k, true, err
}

// ofTheSystem reports whether files could not be opened for another reason than what is in them: another process has
// them, they may not be read, the disk is full.
func ofTheSystem(err error) bool {
	_, is := errors.AsType[syscall.Errno](err)
	return is && !errors.Is(err, os.ErrNotExist)
}

// cutLogs ends every log where it can no longer be read.
func cutLogs(dir string) error {
	logs, err := filepath.Glob(filepath.Join(dir, "*.log"))
	if err != nil {
		return err
	}
	for _, each := range logs {
		if err := cutLog(each); err != nil {
			return err
		}
	}
	return nil
}

// logReader makes a reader of the log with a number, whose type pebble does not name for others.
func logReader[N ~uint64](make func(io.Reader, N) *record.Reader, log io.Reader, number uint64) *record.Reader {
	return make(log, N(number))
}

// cutLog writes the readable part of a log in its place; the file itself is kept elsewhere under another name.
func cutLog(path string) error {
	content, err := os.ReadFile(path) //nolint:gosec // under the operator's data folder
	if err != nil {
		return err
	}
	number, err := strconv.ParseUint(strings.TrimSuffix(filepath.Base(path), ".log"), 10, 32)
	if err != nil {
		return err
	}
	reader := logReader(record.NewReader, bytes.NewReader(content), number)
	good := int64(0)
	for {
		next, err := reader.Next()
		if err == nil {
			_, err = io.Copy(io.Discard, next)
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			break
		}
		good = reader.Offset()
	}
	part := path + ".part"
	//nolint:gosec // under the operator's data folder
	if err := os.WriteFile(part, content[:good], 0o600); err != nil {
		return err
	}
	return os.Rename(part, path)
}

// missed compares what was acknowledged with what was read, and writes down what is missing.
func (s *Spool) missed(before *acknowledged, k keeper, aside bool) error {
	appended, deleted := before.appended, before.deleted
	read := s.tail.row
	if aside {
		read = 0
	}
	from := max(read, deleted)
	if from >= appended {
		if !aside {
			k.drop()
		}
		return nil
	}
	loss := Loss{Spool: s.id, From: from, To: appended, After: s.newest, FoundAt: s.now().UTC(), Kept: k.kept}
	losses, err := Losses(s.configuration.Dir)
	if err != nil {
		s.logger.Error("what was lost before can't be read", slog.Any("error", err))
	}
	content, err := json.MarshalIndent(append(losses, loss), "", "  ")
	if err != nil {
		return err
	}
	s.logger.Error(
		"spool's log is damaged: acknowledged rows are missing", slog.Uint64("rows", loss.Rows()),
		slog.Uint64("from", loss.From), slog.Uint64("to", loss.To), slog.Time("received_after", loss.After),
		slog.String("kept", loss.Kept),
	)
	if err := os.MkdirAll(DamagedFolder(s.configuration.Dir), 0o700); err != nil {
		return err
	}
	file := filepath.Join(DamagedFolder(s.configuration.Dir), lossFile)
	if err := os.WriteFile(file+".part", content, 0o600); err != nil {
		return err
	}
	return os.Rename(file+".part", file)
}
