package engine

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// ErrFolderHeld says that another process already runs an engine on the folder.
var ErrFolderHeld = errors.New(
	"another process already runs an engine on this data folder: use that one, end it, or set MIRSAD_DATA_DIR to another folder",
)

const lockFile = "lock"

// holdFolder takes the folder for this engine alone until the file is closed. The kernel gives it back when
// the process dies, however it dies, and so a stale endpoint.json can't mislead anybody.
func holdFolder(folder string) (*os.File, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("create the engine's folder: %w", err)
	}
	//nolint:gosec // under the operator's data folder
	file, err := os.OpenFile(filepath.Join(folder, lockFile), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the engine's lock: %w", err)
	}
	lock := wholeFile()
	if err := unix.FcntlFlock(file.Fd(), unix.F_OFD_SETLK, &lock); err != nil {
		_ = file.Close() // nothing was written
		return nil, fmt.Errorf("%w: %s", ErrFolderHeld, folder)
	}
	return file, nil
}

// folderHeld reports whether a living process holds the folder; it takes no lock itself.
func folderHeld(folder string) (bool, error) {
	//nolint:gosec // under the operator's data folder
	file, err := os.OpenFile(filepath.Join(folder, lockFile), os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer func() { _ = file.Close() }() // only asked, nothing written
	lock := wholeFile()
	if err := unix.FcntlFlock(file.Fd(), unix.F_OFD_GETLK, &lock); err != nil {
		return false, err
	}
	return lock.Type != unix.F_UNLCK, nil
}

func wholeFile() unix.Flock_t { return unix.Flock_t{Type: unix.F_WRLCK} }
