package engine

import (
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

// checkLibrary returns ErrNoLibrary when no file is at path.
func checkLibrary(path string) error {
	found, err := os.Stat(path) //nolint:gosec // the operator names the library
	if err != nil || !found.Mode().IsRegular() {
		return fmt.Errorf("the ClickHouse engine library is missing at %q: %w", path, ErrNoLibrary)
	}
	return nil
}
