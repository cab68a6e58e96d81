package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"
)

// prepared is a data folder that holds the migrated database and nothing else. It is made once for this test binary,
// and each test that starts a server gets a copy: the steps of the migration are most of what a first start costs.
var prepared = struct {
	once   sync.Once
	folder string
	fault  error
}{fault: errors.New("no test has made it")}

// prepare fills a data folder that is empty.
func prepare(t *testing.T, data string) {
	t.Helper()
	if content, err := os.ReadDir(data); err != nil || len(content) > 0 {
		return
	}
	prepared.once.Do(func() { prepared.folder, prepared.fault = migratedFolder(t) })
	if prepared.fault != nil {
		t.Fatal(prepared.fault)
	}
	if err := os.CopyFS(data, os.DirFS(prepared.folder)); err != nil {
		t.Fatal(err)
	}
}

func migratedFolder(t *testing.T) (string, error) {
	t.Helper()
	folder, err := os.MkdirTemp("", "mirsad-prepared-*") //nolint:usetesting // it outlives the test that makes it
	if err != nil {
		return "", err
	}
	self, err := os.Executable()
	if err != nil {
		return folder, err
	}
	command := exec.CommandContext(t.Context(), self, "migrate")
	command.SysProcAttr = diesWithUs()
	// Its clock is the machine's: the test's own begins with the test's own program.
	command.Env = append(os.Environ(), asProgram+"=1", programAhead+"=0s", "MIRSAD_DATA_DIR="+folder)
	if words, err := command.CombinedOutput(); err != nil {
		return folder, fmt.Errorf("%w: %s", err, words)
	}
	return folder, nil
}

// dropPrepared removes what the tests' folders were copied from.
func dropPrepared() {
	if prepared.folder != "" {
		_ = os.RemoveAll(prepared.folder) // it lies in the folder for temporary files
	}
}
