package engine

import (
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// A connection that was closed while the engine writes to it raises a signal in a thread of the library. The engine
// takes no notice of it, as a server of ClickHouse doesn't: else one reader who leaves could end it for all.
func TestAReaderWhoLeavesDoesNotEndTheEngine(t *testing.T) {
	e := startEngine(t, t.TempDir(), func(err error) { t.Errorf("the engine was restarted: %v", err) })
	status, err := os.ReadFile("/proc/" + strconv.Itoa(e.Endpoint().PID) + "/status")
	if err != nil {
		t.Fatal(err)
	}
	_, mask, _ := strings.Cut(string(status), "SigIgn:")
	ignored, err := strconv.ParseUint(strings.Fields(mask)[0], 16, 64)
	if err != nil || ignored&(1<<(uint(syscall.SIGPIPE)-1)) == 0 {
		t.Errorf("the engine ignores the signals %x: %v", ignored, err)
	}
}
