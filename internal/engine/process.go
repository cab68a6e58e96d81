package engine

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

// process is one run of the child.
type process struct {
	pid   int
	ended chan struct{} // closed when the child is gone and waited for

	mu       sync.Mutex
	lastLine string // what it said last on standard error: the reason of its end
	err      error
}

// startProcess starts the child and returns once it runs or has failed to start.
func (e *Engine) startProcess() (*process, error) {
	//nolint:gosec // this very program
	command := exec.CommandContext(context.WithoutCancel(e.lifetime), e.Executable, "engine")
	command.Dir = e.folder
	command.Env = append(withoutSettings(os.Environ()),
		"TZ=UTC", childLibrary+"="+e.library, childParent+"="+strconv.Itoa(os.Getpid()))
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
	words, err := command.StderrPipe()
	if err != nil {
		return nil, err
	}
	child := &process{ended: make(chan struct{})}
	started := make(chan error, 1)
	go func() {
		// The kernel sends Pdeathsig when the *thread* that started the child ends, so it is kept until then.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		if err := command.Start(); err != nil {
			started <- err
			return
		}
		child.pid = command.Process.Pid
		started <- nil
		e.listen(child, words)
		child.end(command.Wait())
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("start the engine: %w", err)
	}
	return child, nil
}

// listen logs what the child says until it closes its standard error.
func (e *Engine) listen(child *process, words io.Reader) {
	lines := bufio.NewScanner(words)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if line == "" {
			continue
		}
		child.mu.Lock()
		child.lastLine = line
		child.mu.Unlock()
		e.Logger.Warn("engine says", slog.String("line", line))
	}
	_, _ = io.Copy(io.Discard, words) // after an overlong line: the child must never block on its own words
}

// note gives the reason of an end that is about to be made.
func (p *process) note(reason string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lastLine = reason
}

func (p *process) end(err error) {
	p.mu.Lock()
	p.err = err
	p.mu.Unlock()
	close(p.ended)
}

// failure says why the child has ended. Even exit code 0 is a failure: an engine that can't lock its folder ends so.
func (p *process) failure() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	how := "exit status 0"
	if p.err != nil {
		how = p.err.Error()
	}
	if p.lastLine == "" {
		return fmt.Errorf("the engine ended (%s)", how)
	}
	return fmt.Errorf("the engine ended (%s): %s", how, p.lastLine)
}

// signal sends a signal to the child; one that is gone already is no error.
func (p *process) signal(number syscall.Signal) error {
	select {
	case <-p.ended:
		return nil
	default:
	}
	if err := syscall.Kill(p.pid, number); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("signal the engine: %w", err)
	}
	return nil
}

// withoutSettings leaves out the program's settings: some are secrets that the engine does not need.
func withoutSettings(environ []string) []string {
	kept := make([]string, 0, len(environ))
	for _, pair := range environ {
		if !strings.HasPrefix(pair, "MIRSAD_") {
			kept = append(kept, pair)
		}
	}
	return kept
}
