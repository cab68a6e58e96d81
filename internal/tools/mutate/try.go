package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// outcome is what became of a change.
type outcome int

const (
	notBuilt  outcome = iota // it does not compile, or could not be tried
	noticed                  // a test failed, or the tests did not end
	unnoticed                // every test passed
)

// try runs the package's tests with the change: the quick ones first, and all of them where these notice nothing.
func try(ctx context.Context, s settings, c change) outcome {
	folder, err := os.MkdirTemp("", "mutate-")
	if err != nil {
		return notBuilt
	}
	defer func() { _ = os.RemoveAll(folder) }() // it lies in the folder for temporary files
	overlay, err := writeOverlay(folder, s.root, c)
	if err != nil {
		return notBuilt
	}
	if outcome := test(ctx, s, c, overlay, "-short", "-skip="+s.slow); outcome != unnoticed {
		return outcome
	}
	return test(ctx, s, c, overlay)
}

// test runs the package's tests once, up to the first that fails. Those that take too long have noticed.
func test(ctx context.Context, s settings, c change, overlay string, options ...string) outcome {
	ctx, cancel := context.WithTimeout(ctx, 2*s.within) // the build takes its time too
	defer cancel()
	arguments := append([]string{
		"test", "-count=1", "-vet=off", "-failfast", "-ldflags=-s -w", "-timeout", s.within.String(), "-overlay", overlay,
	}, options...)
	//nolint:gosec // the packages named on the command line
	command := exec.CommandContext(ctx, "go", append(arguments, c.pkg)...)
	command.Dir = s.root
	words, err := command.CombinedOutput()
	switch {
	case err == nil:
		return unnoticed
	case bytes.Contains(words, []byte("[build failed]")) || bytes.Contains(words, []byte("[setup failed]")):
		return notBuilt
	default:
		return noticed
	}
}

// writeOverlay writes the changed file, and the list that says whose place it takes.
func writeOverlay(folder, root string, c change) (string, error) {
	path, err := filepath.Abs(filepath.Join(root, c.file))
	if err != nil {
		return "", err
	}
	content, err := os.ReadFile(path) //nolint:gosec // a file of the module
	if err != nil {
		return "", err
	}
	changed := filepath.Join(folder, "changed.go")
	text := string(content[:c.at]) + c.with + string(content[c.at+c.length:])
	if err := os.WriteFile(changed, []byte(text), 0o600); err != nil {
		return "", err
	}
	list, err := json.Marshal(map[string]map[string]string{"Replace": {path: changed}})
	if err != nil {
		return "", err
	}
	overlay := filepath.Join(folder, "overlay.json")
	return overlay, os.WriteFile(overlay, list, 0o600)
}

// readLives reads the changes that are known to make no difference: a line each, a reason in the lines that begin with
// # before it.
func readLives(path string) (map[string]bool, error) {
	content, err := os.ReadFile(path) //nolint:gosec // named on the command line
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for line := range strings.Lines(string(content)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			known[line] = true
		}
	}
	return known, nil
}
