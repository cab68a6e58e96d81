package engine

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// ErrNotRunning says that no engine runs on a data folder.
var ErrNotRunning = errors.New("no engine is running on this data folder")

const endpointFile = "endpoint.json"

// Endpoint is how a running engine is reached. It holds secrets: it is kept in a file of mode 0600 and
// never printed.
type Endpoint struct {
	URL string `json:"url"` // http://127.0.0.1:port
	PID int    `json:"pid"` // the child's; changes when it is restarted
	// Passwords holds each user's password; URL and passwords stay the same when the child is restarted.
	Passwords map[string]string `json:"passwords"`
}

// String names the endpoint without its secrets.
func (e Endpoint) String() string { return fmt.Sprintf("%s (process %d)", e.URL, e.PID) }

// GoString names the endpoint without its secrets.
func (e Endpoint) GoString() string { return e.String() }

// ReadEndpoint returns how to reach the engine that another process of this program runs on a data folder.
// ErrNotRunning: none does, whatever file a killed one left behind.
func ReadEndpoint(dataDir string) (Endpoint, error) {
	folder := engineFolder(dataDir)
	held, err := folderHeld(folder)
	if err != nil {
		return Endpoint{}, fmt.Errorf("look for a running engine: %w", err)
	}
	if !held {
		return Endpoint{}, ErrNotRunning
	}
	content, err := os.ReadFile(filepath.Join(folder, endpointFile)) //nolint:gosec // under the operator's data folder
	if errors.Is(err, os.ErrNotExist) {
		return Endpoint{}, fmt.Errorf("%w yet: it is starting", ErrNotRunning)
	}
	if err != nil {
		return Endpoint{}, fmt.Errorf("read the endpoint: %w", err)
	}
	var endpoint Endpoint
	if err := json.Unmarshal(content, &endpoint); err != nil {
		return Endpoint{}, fmt.Errorf("read the endpoint: %w", err)
	}
	return endpoint, nil
}

func (e *Engine) publish(endpoint Endpoint) error {
	e.mu.Lock()
	e.endpoint = endpoint
	e.mu.Unlock()
	content, err := json.MarshalIndent(endpoint, "", "  ")
	if err != nil {
		return err
	}
	return writePrivate(filepath.Join(e.folder, endpointFile), append(content, '\n'))
}

// newPasswords returns a fresh random password of 130 bits for each user.
func newPasswords() map[string]string {
	passwords := map[string]string{}
	for _, user := range Users() {
		passwords[user] = rand.Text()
	}
	return passwords
}

func engineFolder(dataDir string) string { return filepath.Join(dataDir, "engine") }
