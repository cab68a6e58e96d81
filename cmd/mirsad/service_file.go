package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// serviceFileName is where a running server says how it is reached, in the data folder.
const serviceFileName = "service.json"

// serviceFile shows other commands of the same user where the server listens and with which token an
// operator of this machine may speak to it; it is kept 0600 and lives as long as the server.
type serviceFile struct {
	URL      string `json:"url"`
	Metrics  string `json:"metrics"` // address of /metrics
	PID      int    `json:"pid"`
	Operator string `json:"operator"`
}

// errNoService says that no server runs on the data folder.
var errNoService = errors.New("no server is running on this data folder: start mirsad serve")

func readServiceFile(dataDir string) (serviceFile, error) {
	//nolint:gosec // the operator's own data folder
	content, err := os.ReadFile(filepath.Join(dataDir, serviceFileName))
	if errors.Is(err, fs.ErrNotExist) {
		return serviceFile{}, errNoService
	}
	if err != nil {
		return serviceFile{}, fmt.Errorf("read %s: %w", serviceFileName, err)
	}
	var service serviceFile
	if err := json.Unmarshal(content, &service); err != nil {
		return serviceFile{}, fmt.Errorf("read %s: %w", serviceFileName, err)
	}
	if !alive(service.PID) {
		return serviceFile{}, errNoService
	}
	return service, nil
}

// write replaces the file at once, so that no reader sees half of it.
func (s serviceFile) write(dataDir string) error {
	content, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return writePrivate(filepath.Join(dataDir, serviceFileName), content)
}

// writePrivate writes a file that only its owner may read, whole or not at all.
func writePrivate(path string, content []byte) error {
	part := path + ".part"
	if err := os.WriteFile(part, content, 0o600); err != nil {
		return err
	}
	return os.Rename(part, path)
}
