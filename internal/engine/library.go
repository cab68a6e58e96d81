package engine

import (
	"debug/elf"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Version is the release of the engine's library that this program is made for.
const Version = "26.7.3-stable.1"

// release is what version() of a fitting library begins with; the package counts its patches otherwise.
const release = "26.7."

// ErrNoLibrary says that the engine's library is not where it should be; its message holds the remedy.
var ErrNoLibrary = errors.New("run make engine or set MIRSAD_ENGINE_LIBRARY")

// DefaultLibrary returns where `make engine` keeps the library: under $XDG_CACHE_HOME, else ~/.cache.
// It is empty when the user has neither.
func DefaultLibrary() string {
	cache, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(cache, "mirsad", "engine", Version, "libchdb.so")
}

// checkLibrary returns ErrNoLibrary when no file is at path, or one that is no library or was cut short: opening such a
// one would end the process.
func checkLibrary(path string) error {
	found, err := os.Stat(path) //nolint:gosec // the operator names the library
	if err != nil || !found.Mode().IsRegular() {
		return fmt.Errorf("the ClickHouse engine library is missing at %q: %w", path, ErrNoLibrary)
	}
	if err := whole(path, found.Size()); err != nil {
		return fmt.Errorf("the ClickHouse engine library at %q is broken (%w): delete it, then %w", path, err, ErrNoLibrary)
	}
	return nil
}

// CheckLibrary is checkLibrary of the default library when path is empty.
func CheckLibrary(path string) error {
	if path == "" {
		path = DefaultLibrary()
	}
	return checkLibrary(path)
}

// whole looks whether a file has all the parts that its head names; the table of sections is at its end.
func whole(path string, size int64) error {
	library, err := elf.Open(path)
	if err != nil {
		return fmt.Errorf("not all of a library is there: %w", err)
	}
	defer func() { _ = library.Close() }() // only read
	for _, part := range library.Progs {
		if part.Off > uint64(size) || part.Filesz > uint64(size)-part.Off { //nolint:gosec // a file's size
			return errors.New("not all of a library is there")
		}
	}
	for _, part := range library.Sections {
		//nolint:gosec // a file's size
		if part.Type != elf.SHT_NOBITS && (part.Offset > uint64(size) || part.FileSize > uint64(size)-part.Offset) {
			return errors.New("not all of a library is there")
		}
	}
	return nil
}
