package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"mirsad/internal/clocktest"
)

func TestMain(m *testing.M) {
	if ChildHook() {
		return
	}
	if dataDir := os.Getenv(asParent); dataDir != "" {
		beParent(dataDir)
	}
	os.Exit(m.Run())
}

// asParent in the environment makes the test binary a program that runs an engine on that data folder until it is killed.
const asParent = "ENGINE_TEST_PARENT"

func beParent(dataDir string) {
	e, err := New(Configuration{DataDir: dataDir, Library: os.Getenv("ENGINE_TEST_LIBRARY"), MemoryBytes: 1 << 30},
		Dependencies{Logger: slog.New(slog.DiscardHandler), Now: clocktest.Now})
	if err == nil {
		err = e.Start(context.Background())
	}
	if err != nil {
		panic(err)
	}
	fmt.Println(e.Endpoint().PID)
	select {}
}

func needLibrary(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: needs the engine")
	}
	library := os.Getenv("MIRSAD_ENGINE_LIBRARY")
	if library == "" {
		library = DefaultLibrary()
	}
	if err := checkLibrary(library); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	return library
}

func newEngine(t *testing.T, dataDir string, onRestart func(error)) *Engine {
	t.Helper()
	e, err := New(Configuration{DataDir: dataDir, Library: needLibrary(t), MemoryBytes: 1 << 30},
		Dependencies{Logger: slog.New(slog.NewTextHandler(t.Output(), nil)), Now: clocktest.Now, OnRestart: onRestart})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func startEngine(t *testing.T, dataDir string, onRestart func(error)) *Engine {
	t.Helper()
	e := newEngine(t, dataDir, onRestart)
	if err := e.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return e
}

// ask runs a query as a user and returns the answer and its status.
func ask(t *testing.T, endpoint Endpoint, user, query string) (string, int) {
	t.Helper()
	request, err := http.NewRequest(http.MethodPost, endpoint.URL, strings.NewReader(query))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-ClickHouse-User", user)
	request.Header.Set("X-ClickHouse-Key", endpoint.Passwords[user])
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err.Error(), 0
	}
	defer func() { _ = answer.Body.Close() }()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(content)), answer.StatusCode
}

func mustAsk(t *testing.T, endpoint Endpoint, user, query string) string {
	t.Helper()
	answer, status := ask(t, endpoint, user, query)
	if status != http.StatusOK {
		t.Fatalf("%s as %s: %d %s", query, user, status, answer)
	}
	return answer
}

func TestStartStopKeepsData(t *testing.T) {
	dataDir := t.TempDir()
	first := startEngine(t, dataDir, nil)
	mustAsk(t, first.Endpoint(), UserAdmin, "CREATE DATABASE mirsad")
	mustAsk(t, first.Endpoint(), UserAdmin, "CREATE TABLE mirsad.usage_event (n UInt8) ENGINE = MergeTree ORDER BY n")
	mustAsk(t, first.Endpoint(), UserIngest, "INSERT INTO mirsad.usage_event VALUES (7)")

	published, err := ReadEndpoint(dataDir)
	if err != nil {
		t.Fatal(err)
	}
	if published.URL != first.Endpoint().URL || published.Passwords[UserWeb] != first.Endpoint().Passwords[UserWeb] {
		t.Errorf("published %v, running %v", published, first.Endpoint())
	}
	for _, name := range []string{endpointFile, configFile, usersFile, lockFile} {
		if info, err := os.Stat(filepath.Join(dataDir, "engine", name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v; want mode 0600", name, info.Mode(), err)
		}
	}
	pid := first.Endpoint().PID
	if err := first.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if runs(pid) {
		t.Error("the child lives on after Stop")
	}
	if _, err := ReadEndpoint(dataDir); !errors.Is(err, ErrNotRunning) {
		t.Errorf("after Stop: %v, want ErrNotRunning", err)
	}

	second := startEngine(t, dataDir, nil)
	if got := mustAsk(t, second.Endpoint(), UserWeb, "SELECT n FROM mirsad.usage_event"); got != "7" {
		t.Errorf("after a second start: %q, want 7", got)
	}
}

func TestKilledChildIsRestarted(t *testing.T) {
	restarted := make(chan error, 8)
	e := startEngine(t, t.TempDir(), func(reason error) { restarted <- reason })
	before := e.Endpoint()
	for range 2 {
		if err := syscall.Kill(e.Endpoint().PID, syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		select {
		case reason := <-restarted:
			if !strings.Contains(reason.Error(), "killed") {
				t.Errorf("reason %q does not say that it was killed", reason)
			}
		case <-time.After(20 * time.Second):
			t.Fatal("not restarted")
		}
		after := e.Endpoint()
		if after.URL != before.URL || after.Passwords[UserWeb] != before.Passwords[UserWeb] {
			t.Errorf("address or passwords changed: %v, %v", before, after)
		}
		if after.PID == before.PID {
			t.Error("the process id did not change")
		}
		if got := mustAsk(t, before, UserWeb, "SELECT 1"); got != "1" {
			t.Errorf("the old endpoint answers %q, want 1", got)
		}
	}
}

// runs reports whether a process exists and is more than a dead one that nobody has waited for.
func runs(pid int) bool {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	return err == nil && !strings.Contains(string(status), "State:\tZ")
}

func TestChildDiesWithItsParent(t *testing.T) {
	library, dataDir := needLibrary(t), t.TempDir()
	parent := exec.Command(os.Args[0])
	parent.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	parent.Env = append(os.Environ(), asParent+"="+dataDir, "ENGINE_TEST_LIBRARY="+library)
	out, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	var pid int
	if _, err := fmt.Fscan(out, &pid); err != nil {
		t.Fatal(err)
	}
	if endpoint, err := ReadEndpoint(dataDir); err != nil || endpoint.PID != pid {
		t.Errorf("another process finds %v, %v; want process %d", endpoint, err, pid)
	}
	_ = parent.Process.Kill()
	_ = parent.Wait()
	if _, err := ReadEndpoint(dataDir); !errors.Is(err, ErrNotRunning) {
		t.Errorf("%v, want ErrNotRunning", err)
	}
	startEngine(t, dataDir, nil) // at once, while the child may still be dying
	for range 100 {
		if !runs(pid) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("the child outlives its parent")
}

func TestSecondEngineOnTheSameFolderIsRefused(t *testing.T) {
	dataDir := t.TempDir()
	startEngine(t, dataDir, nil)
	second := newEngine(t, dataDir, nil)
	if err := second.Start(t.Context()); !errors.Is(err, ErrFolderHeld) {
		t.Fatalf("second start: %v, want ErrFolderHeld", err)
	}
	if err := second.Stop(t.Context()); err != nil {
		t.Errorf("stop of an engine that never started: %v", err)
	}
	if _, err := ReadEndpoint(dataDir); err != nil {
		t.Errorf("the first is no longer found: %v", err)
	}
}

// A child left by a parent that could not end it holds ClickHouse's own lock, not ours.
func TestFolderHeldByAnotherClickHouse(t *testing.T) {
	dataDir := t.TempDir()
	startEngine(t, dataDir, nil)
	if err := os.Remove(filepath.Join(dataDir, "engine", lockFile)); err != nil {
		t.Fatal(err)
	}
	second := newEngine(t, dataDir, nil)
	err := second.Start(t.Context())
	if err == nil || !strings.Contains(err.Error(), "lock") {
		t.Errorf("second start: %v, want a failure that names the lock", err)
	}
	if err := second.Stop(t.Context()); err != nil {
		t.Errorf("stop of an engine that did not start: %v", err)
	}
}

func TestMissingLibrary(t *testing.T) {
	_, err := New(Configuration{DataDir: t.TempDir(), Library: filepath.Join(t.TempDir(), "libchdb.so")},
		Dependencies{Logger: slog.New(slog.DiscardHandler), Now: clocktest.Now})
	if !errors.Is(err, ErrNoLibrary) || !strings.Contains(err.Error(), "run make engine or set MIRSAD_ENGINE_LIBRARY") {
		t.Errorf("%v, want the remedy", err)
	}
	if strings.Contains(err.Error(), "\n") {
		t.Error("more than one line")
	}
}

// A download that was cut short, and what is no library at all, are found out before a process dies of them.
func TestBrokenLibrary(t *testing.T) {
	whole := needLibrary(t)
	library, err := os.Open(whole)
	if err != nil {
		t.Fatal(err)
	}
	defer library.Close() //nolint:errcheck // only read
	info, err := library.Stat()
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int64{0, 100, 64 << 10, 1 << 20} {
		broken := filepath.Join(t.TempDir(), "libchdb.so")
		part := make([]byte, size)
		if _, err := library.ReadAt(part, 0); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(broken, part, 0o600); err != nil {
			t.Fatal(err)
		}
		err := checkLibrary(broken)
		if !errors.Is(err, ErrNoLibrary) || !strings.Contains(err.Error(), "delete it") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%d bytes of %d: %v", size, info.Size(), err)
		}
	}
	if CheckLibrary(whole) != nil || CheckLibrary(filepath.Join(t.TempDir(), "none")) == nil {
		t.Error("the whole library is broken, or none is whole")
	}
}

// Who removes the file that says where the engine is does not hide it for long.
func TestARemovedEndpointIsPublishedAgain(t *testing.T) {
	dataDir := t.TempDir()
	e := startEngine(t, dataDir, nil)
	file := filepath.Join(dataDir, "engine", endpointFile)
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	late := time.After(time.Minute)
	for {
		published, err := ReadEndpoint(dataDir)
		if err == nil && published.URL == e.Endpoint().URL {
			return
		}
		select {
		case <-late:
			t.Fatalf("the endpoint is not there again: %v", err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func TestStaleEndpointIsNotBelieved(t *testing.T) {
	dataDir := t.TempDir()
	folder := filepath.Join(dataDir, "engine")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	content, err := json.Marshal(Endpoint{URL: "http://127.0.0.1:1", PID: os.Getpid()})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{endpointFile, lockFile} {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := ReadEndpoint(dataDir); !errors.Is(err, ErrNotRunning) {
		t.Errorf("%v, want ErrNotRunning", err)
	}
}

func TestOnlyTheOwnersListenerIsTrusted(t *testing.T) {
	e := startEngine(t, t.TempDir(), nil)
	port, err := e.Endpoint().port()
	if err != nil {
		t.Fatal(err)
	}
	if own, err := listenerIsOf(e.Endpoint().PID, port); err != nil || !own {
		t.Errorf("the child's listener: %v, %v; want true", own, err)
	}
	if own, err := listenerIsOf(os.Getpid(), port); err != nil || own {
		t.Errorf("another process's listener: %v, %v; want false", own, err)
	}
	free, err := freePort(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if own, err := listenerIsOf(e.Endpoint().PID, free); err != nil || own {
		t.Errorf("no listener: %v, %v; want false", own, err)
	}
}

func TestEndpointNeverPrintsPasswords(t *testing.T) {
	endpoint := Endpoint{URL: "http://127.0.0.1:1", PID: 2, Passwords: map[string]string{UserAdmin: "hunter2"}}
	for _, text := range []string{endpoint.String(), endpoint.GoString()} {
		if strings.Contains(text, "hunter2") {
			t.Errorf("%q holds a password", text)
		}
	}
}
