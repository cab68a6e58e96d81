package spool

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"sync"
)

// acknowledgedFile holds, beside the log, how far it was acknowledged: a log whose middle is broken looks like one that
// ends there, and only another memory can tell that there was more.
const acknowledgedFile = "ACKNOWLEDGED"

// acknowledged remembers, in a file of its own, up to which sequence Append has answered and up to which records were
// deleted. It is written with every answer and not synced: what a power cut takes of it makes it say less, never more.
type acknowledged struct {
	mu   sync.Mutex
	file *os.File

	appended, deleted uint64
}

const acknowledgedSize = 8 + 8 + 4

// openAcknowledged reads what the file says; an empty or unreadable one says nothing.
func openAcknowledged(dir string) (*acknowledged, error) {
	//nolint:gosec // under the operator's data folder
	file, err := os.OpenFile(filepath.Join(dir, acknowledgedFile), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open what was acknowledged: %w", err)
	}
	a := &acknowledged{file: file}
	var content [acknowledgedSize]byte
	if n, _ := file.ReadAt(content[:], 0); n == acknowledgedSize &&
		crc32.ChecksumIEEE(content[:16]) == binary.BigEndian.Uint32(content[16:]) {
		a.appended, a.deleted = binary.BigEndian.Uint64(content[:]), binary.BigEndian.Uint64(content[8:])
	}
	return a, nil
}

// note writes down that records up to these sequences are appended and deleted.
func (a *acknowledged) note(appended, deleted uint64) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if appended <= a.appended && deleted <= a.deleted {
		return nil
	}
	a.appended, a.deleted = max(a.appended, appended), max(a.deleted, deleted)
	var content [acknowledgedSize]byte
	binary.BigEndian.PutUint64(content[:], a.appended)
	binary.BigEndian.PutUint64(content[8:], a.deleted)
	binary.BigEndian.PutUint32(content[16:], crc32.ChecksumIEEE(content[:16]))
	if _, err := a.file.WriteAt(content[:], 0); err != nil {
		return fmt.Errorf("write what was acknowledged: %w", err)
	}
	return nil
}

func (a *acknowledged) close() error { return errors.Join(a.file.Sync(), a.file.Close()) }
