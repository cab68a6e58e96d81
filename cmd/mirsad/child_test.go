package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"mirsad/internal/engine"
)

// diesWithUs has the kernel kill a child when this test binary dies, of whatever cause.
func diesWithUs() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }

// startChild starts a command that dies with this test binary; done is closed when it has ended.
func startChild(command *exec.Cmd) (done chan struct{}, err error) {
	command.SysProcAttr = diesWithUs()
	done = make(chan struct{})
	started := make(chan error, 1)
	go func() {
		// The kernel speaks of the thread that started the child, so that thread is kept until the child has ended.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := command.Start()
		started <- err
		if err == nil {
			_ = command.Wait()
		}
		close(done)
	}()
	return done, <-started
}

// lonely in the environment has TestServesUntilItIsKilled do as its name says.
const lonely = "TEST_SERVES_UNTIL_KILLED"

// TestServesUntilItIsKilled is what TestATestThatDiesTakesItsServersWithIt kills.
func TestServesUntilItIsKilled(t *testing.T) {
	if os.Getenv(lonely) == "" {
		t.Skip("only run by TestATestThatDiesTakesItsServersWithIt")
	}
	p := serve(t, t.TempDir())
	endpoint, err := engine.ReadEndpoint(p.data)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = fmt.Fprintf(os.Stdout, "serves: %d %d\n", p.command.Process.Pid, endpoint.PID)
	<-t.Context().Done() // the test before it goes on, and -test.timeout ends this one at the latest
}

// TestATestThatDiesTakesItsServersWithIt kills a test binary in the middle of a test, and has another end as a panic or
// the time limit ends it: of the server and of the engine that they started, neither lives on.
func TestATestThatDiesTakesItsServersWithIt(t *testing.T) {
	needEngine(t)
	for name, end := range map[string]syscall.Signal{"killed": syscall.SIGKILL, "panics": syscall.SIGQUIT} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
			defer cancel()
			dying := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestServesUntilItIsKilled$", "-test.timeout=2m")
			dying.Env = append(os.Environ(), lonely+"=1")
			out, err := dying.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := startChild(dying); err != nil {
				t.Fatal(err)
			}
			processes := processesNamed(t, bufio.NewScanner(out))
			for _, pid := range processes {
				if !alive(pid) {
					t.Fatalf("process %d does not run while the test does", pid)
				}
			}
			if err := dying.Process.Signal(end); err != nil {
				t.Fatal(err)
			}
			for _, pid := range processes {
				awaitDeath(t, pid)
			}
		})
	}
}

// processesNamed reads which processes the dying test has started.
func processesNamed(t *testing.T, lines *bufio.Scanner) []int {
	t.Helper()
	for lines.Scan() {
		text, found := strings.CutPrefix(lines.Text(), "serves: ")
		if !found {
			continue
		}
		var processes []int
		for each := range strings.FieldsSeq(text) {
			pid, err := strconv.Atoi(each)
			if err != nil {
				t.Fatal(err)
			}
			processes = append(processes, pid)
		}
		return processes
	}
	t.Fatal("the test that is to die has started no server")
	return nil
}

// awaitDeath waits until a process is gone.
func awaitDeath(t *testing.T, pid int) {
	t.Helper()
	late := time.After(20 * time.Second)
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for alive(pid) {
		select {
		case <-look.C:
		case <-late:
			t.Fatalf("process %d lives on 20 seconds after the test that started it has died", pid)
		}
	}
}
