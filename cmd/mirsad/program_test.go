package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"mirsad/internal/engine"
)

// asProgram in the environment makes the test binary the program itself, so that tests start, feed and
// kill the true main.
const asProgram = "TEST_AS_MIRSAD"

func TestMain(m *testing.M) {
	if engine.ChildHook() {
		return
	}
	if os.Getenv(asProgram) != "" {
		os.Exit(runHere(clockOf(os.Getenv(programAhead))))
	}
	os.Exit(m.Run())
}

// program is a running `mirsad serve`.
type program struct {
	t       *testing.T
	data    string
	environ []string // settings of this program and of the commands beside it
	command *exec.Cmd
	words   *buffer
	done    <-chan struct{}
	service serviceFile
	url     atomic.Value // string: the service's address, which a restart changes under those who send
	// ready is what has to answer 200 before the program counts as started; empty: /readyz.
	ready  string
	client *http.Client
}

func (p *program) address() string {
	address, _ := p.url.Load().(string)
	return address
}

// buffer collects what a process writes; it is safe to read while the process runs.
type buffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *buffer) Write(data []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(data)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// mirsad returns a command line of the program on a data folder, with every listener on a free port.
func mirsad(ctx context.Context, t *testing.T, data string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(ctx, self, args...)
	command.SysProcAttr = diesWithUs()
	command.Env = append(os.Environ(), asProgram+"=1", programAhead+"="+ahead(t).String(),
		"MIRSAD_DATA_DIR="+data, "MIRSAD_LISTEN=127.0.0.1:0", "MIRSAD_METRICS_LISTEN=127.0.0.1:0")
	return command
}

// needEngine skips without the engine's library, and fails on CI.
func needEngine(t *testing.T) {
	t.Helper()
	if _, err := os.Stat(engine.DefaultLibrary()); err != nil {
		missing(t, "no engine library: run make engine")
	}
}

func missing(t *testing.T, reason string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(reason)
	}
	t.Skip(reason)
}

// serve starts the program on a data folder and waits until it is ready.
func serve(t *testing.T, data string, args ...string) *program {
	t.Helper()
	return serveWith(t, data, nil, args...)
}

// serveWith is serve with settings in the environment.
func serveWith(t *testing.T, data string, environ []string, args ...string) *program {
	t.Helper()
	needEngine(t)
	p := &program{t: t, data: data, environ: environ, words: &buffer{}, client: &http.Client{Timeout: time.Minute}}
	p.start(args...)
	t.Cleanup(p.stop)
	return p
}

// start starts the program, again after a kill, and waits until it is ready.
func (p *program) start(args ...string) {
	p.t.Helper()
	p.command = mirsad(context.Background(), p.t, p.data, append([]string{"serve"}, args...)...)
	p.command.Env = append(p.command.Env, p.environ...)
	p.command.Stdout, p.command.Stderr = p.words, p.words
	_ = os.Remove(filepath.Join(p.data, serviceFileName)) // a killed one leaves its file behind
	var err error
	if p.done, err = startChild(p.command); err != nil {
		p.t.Fatal(err)
	}
	p.awaitReady()
}

func (p *program) awaitReady() {
	p.t.Helper()
	deadline := time.After(time.Minute)
	for {
		select {
		case <-p.done:
			p.t.Fatalf("mirsad serve ended:\n%s", p.words)
		case <-deadline:
			p.t.Fatalf("mirsad serve is not ready:\n%s", p.words)
		case <-time.After(50 * time.Millisecond):
		}
		service, err := readServiceFile(p.data)
		if err != nil || service.PID != p.command.Process.Pid {
			continue
		}
		answer, err := p.client.Get(service.URL + cmp.Or(p.ready, "/readyz"))
		if err != nil {
			continue
		}
		_ = answer.Body.Close()
		if answer.StatusCode == http.StatusOK {
			p.service = service
			p.url.Store(service.URL)
			return
		}
	}
}

// stop ends the program as an operator would.
func (p *program) stop() {
	_ = p.command.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.done:
	case <-time.After(30 * time.Second):
		p.t.Errorf("mirsad serve does not stop:\n%s", p.words)
		p.kill()
	}
}

// kill ends the program as a power cut would.
func (p *program) kill() {
	_ = p.command.Process.Kill()
	select {
	case <-p.done:
	case <-time.After(30 * time.Second):
		p.t.Error("mirsad serve was killed and has not ended within 30 seconds")
	}
}

// commandTime is how long a command beside the server may take: the longest loads a year of real data.
const commandTime = 5 * time.Minute

// runBeside executes another command beside the server and returns what it wrote.
func runBeside(t *testing.T, data string, args ...string) (out, words string, code int) {
	t.Helper()
	return runWith(t, data, nil, args...)
}

// runWith is runBeside with settings in the environment.
func runWith(t *testing.T, data string, environ []string, args ...string) (out, words string, code int) {
	t.Helper()
	needEngine(t)
	ctx, cancel := context.WithTimeout(t.Context(), commandTime)
	defer cancel()
	command := mirsad(ctx, t, data, args...)
	command.Env = append(command.Env, environ...)
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	err := command.Run()
	if ctx.Err() != nil {
		t.Fatalf("mirsad %s has not ended within %s:\n%s", strings.Join(args, " "), commandTime, &stderr)
	}
	if err != nil && command.ProcessState == nil {
		t.Fatal(err)
	}
	return stdout.String(), stderr.String(), command.ProcessState.ExitCode()
}

// must is runBeside that has to succeed.
func (p *program) must(args ...string) string {
	p.t.Helper()
	out, words, code := runWith(p.t, p.data, p.environ, args...)
	if code != 0 {
		p.t.Fatalf("mirsad %s: exit %d\n%s%s\nserver:\n%s", strings.Join(args, " "), code, out, words, p.words)
	}
	return out + words
}

// get asks the API as the operator and decodes the answer.
func (p *program) get(path string, into any) {
	p.t.Helper()
	status, body := p.request(http.MethodGet, path, "", nil)
	if status != http.StatusOK {
		p.t.Fatalf("GET %s: %d %s", path, status, body)
	}
	if err := json.Unmarshal(body, into); err != nil {
		p.t.Fatalf("GET %s: %v in %s", path, err, body)
	}
}

// post sends a body to the API as the operator.
func (p *program) post(path, contentType string, body []byte) (int, []byte) {
	p.t.Helper()
	return p.request(http.MethodPost, path, contentType, body)
}

func (p *program) request(method, path, contentType string, body []byte) (int, []byte) {
	p.t.Helper()
	request, err := http.NewRequestWithContext(p.t.Context(), method, p.service.URL+path, bytes.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+p.service.Operator)
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	return p.exchange(request)
}

// exchange sends a request and reads the whole answer.
func (p *program) exchange(request *http.Request) (int, []byte) {
	p.t.Helper()
	answer, err := p.client.Do(request)
	if err != nil {
		p.t.Fatalf("%s %s: %v\nserver:\n%s", request.Method, request.URL.Path, err, p.words)
	}
	defer func() { _ = answer.Body.Close() }()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return answer.StatusCode, content
}
