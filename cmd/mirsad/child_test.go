package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// lonely in the environment has TestServesUntilItIsKilled do as its name says.
const lonely = "TEST_SERVES_UNTIL_KILLED"

// TestServesUntilItIsKilled is what TestATestThatDiesTakesItsServersWithIt kills: a test whose program serves, or one
// whose program has started another to serve.
func TestServesUntilItIsKilled(t *testing.T) {
	var started []int
	switch os.Getenv(lonely) {
	case "":
		t.Skip("only run by TestATestThatDiesTakesItsServersWithIt")
	case "serve":
		started = []int{serve(t, t.TempDir()).command.Process.Pid}
	case "bench":
		command := mirsad(t.Context(), t, t.TempDir(), "bench", "ingest", "--each", "1m")
		if _, err := startChild(command); err != nil {
			t.Fatal(err)
		}
		started = append(started, command.Process.Pid, awaitChild(t, command.Process.Pid, "serve"))
	}
	started = append(started, awaitChild(t, started[len(started)-1], "engine"))
	_, _ = fmt.Fprintln(os.Stdout, "serves:", started)
	<-t.Context().Done() // its time limit ends it at the latest
}

// awaitChild waits until a process has a child that runs the command.
func awaitChild(t *testing.T, pid int, command string) (child int) {
	t.Helper()
	eventually(t, fmt.Sprintf("process %d to start %s", pid, command), func() bool {
		lists, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
		for _, list := range lists {
			content, _ := os.ReadFile(list) // one that has just ended has none
			for each := range strings.FieldsSeq(string(content)) {
				line, _ := os.ReadFile("/proc/" + each + "/cmdline")
				if strings.HasSuffix(string(line), "\x00"+command+"\x00") {
					child, _ = strconv.Atoi(each) // the kernel writes numbers
					return true
				}
			}
		}
		return false
	})
	return child
}

// TestATestThatDiesTakesItsServersWithIt kills a test binary in the middle of a test, and has another end as a panic or
// the time limit ends it: of the servers and engines that they started, none lives on.
func TestATestThatDiesTakesItsServersWithIt(t *testing.T) {
	needEngine(t)
	for name, test := range map[string]struct {
		started string
		end     syscall.Signal
	}{
		"killed":             {"serve", syscall.SIGKILL},
		"panics":             {"serve", syscall.SIGQUIT},
		"killed, a server's": {"bench", syscall.SIGKILL},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
			defer cancel()
			dying := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestServesUntilItIsKilled$", "-test.timeout=2m")
			dying.Env = append(os.Environ(), lonely+"="+test.started, "TMPDIR="+t.TempDir()) // it removes nothing
			out, err := dying.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := startChild(dying); err != nil {
				t.Fatal(err)
			}
			processes := processesNamed(t, bufio.NewScanner(out))
			for _, pid := range processes {
				if !runs(pid) {
					t.Fatalf("process %d does not run while the test does", pid)
				}
			}
			if err := dying.Process.Signal(test.end); err != nil {
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
		for each := range strings.FieldsSeq(strings.Trim(text, "[]")) {
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

// runs reports whether a process exists and is more than a dead one that nobody has waited for.
func runs(pid int) bool {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	return err == nil && !strings.Contains(string(status), "State:\tZ")
}

// awaitDeath waits until a process is gone.
func awaitDeath(t *testing.T, pid int) {
	t.Helper()
	late := time.After(20 * time.Second)
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for runs(pid) {
		select {
		case <-look.C:
		case <-late:
			t.Fatalf("process %d lives on 20 seconds after the test that started it has died", pid)
		}
	}
}
