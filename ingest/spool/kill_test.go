package spool

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"mirsad/internal/clocktest"
)

// childDir makes the test binary, run again, a process that appends until it is killed.
const childDir = "MIRSAD_TEST_SPOOL_CHILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		appendForEver(dir)
		return
	}
	os.Exit(m.Run())
}

// appendForEver prints each record's place once Append has answered for it.
func appendForEver(dir string) {
	s, err := Open(Configuration{Dir: dir}, Dependencies{Logger: slog.New(slog.DiscardHandler), Now: clocktest.Now})
	if err != nil {
		panic(err)
	}
	stamp, err := s.Stamp(1)
	if err != nil {
		panic(err)
	}
	say("stamp %d\n", stamp)
	for writer := range 8 {
		go func() {
			for n := 0; ; n++ {
				row, err := s.Append(context.Background(), Record{Rows: 2, Data: fmt.Appendf(nil, "%d/%d", writer, n)})
				if err != nil {
					panic(err)
				}
				say("%d %d/%d\n", row, writer, n)
			}
		}()
	}
	select {}
}

var saying sync.Mutex

func say(form string, args ...any) {
	saying.Lock()
	defer saying.Unlock()
	_, _ = fmt.Fprintf(os.Stdout, form, args...) // the parent kills before it stops reading
}

func TestNothingAcknowledgedIsLostByKill(t *testing.T) {
	dir := t.TempDir()
	acknowledged := map[uint64]string{}
	lastStamp := uint64(0)
	for round := range 3 {
		stamp := runAndKill(t, dir, 300*(round+1), acknowledged)
		if stamp <= lastStamp {
			t.Errorf("round %d: stamp %d after %d", round, stamp, lastStamp)
		}
		lastStamp = stamp
	}
	s := open(t, dir, 0, clocktest.Now)
	stored := map[uint64]string{}
	err := s.Each(Range{0, uint64(s.Depth().Rows)}, func(row uint64, data []byte) error {
		stored[row] = string(data)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for row, data := range acknowledged {
		if stored[row] != data {
			t.Errorf("acknowledged %q at %d, stored %q", data, row, stored[row])
		}
	}
	t.Logf("%d acknowledged, %d stored", len(acknowledged), len(stored))
}

// runAndKill runs a child, notes what it acknowledges and kills it in mid-work; it returns the child's first stamp.
func runAndKill(t *testing.T, dir string, records int, acknowledged map[uint64]string) (stamp uint64) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	child.Env = append(os.Environ(), childDir+"="+dir)
	child.Stderr = os.Stderr
	output, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(output)
	seen := 0
	for lines.Scan() {
		place, data, whole := strings.Cut(lines.Text(), " ")
		if place == "stamp" {
			stamp, err = strconv.ParseUint(data, 10, 64)
		} else if row, bad := strconv.ParseUint(place, 10, 64); bad == nil && whole {
			acknowledged[row] = data
		}
		if err != nil {
			t.Fatal(err)
		}
		if seen++; seen == records {
			if err := child.Process.Signal(syscall.SIGKILL); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = child.Wait() // killed, as it should be
	if seen < records {
		t.Fatalf("the child ended by itself after %d lines", seen)
	}
	return stamp
}
