package planbook

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"mirsad/internal/programme"
)

// What a hostile file may cost at most.
const (
	hostileTime   = time.Second
	hostileMemory = 150 << 10 // kB
)

// hostileAnswer is what a child process tells of reading one file.
type hostileAnswer struct {
	Faults     []programme.Fault
	Refused    bool
	Milestones int
	Wall, CPU  time.Duration
	PeakKB     int
}

// TestReadOnePlan is what TestHostileWorkbooksAreRefusedCheaply runs for each file, in a process of its own.
func TestReadOnePlan(t *testing.T) {
	name := os.Getenv("MIRSAD_READ_PLAN")
	if name == "" {
		t.Skip("only run by TestHostileWorkbooksAreRefusedCheaply")
	}
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	began, before := time.Now(), cpuTime(t)
	upload, err := Read(content, "moi")
	sheet := upload.Sheet()
	answer := hostileAnswer{
		Faults: sheet.FormFaults(), Milestones: len(upload.Milestones), Wall: time.Since(began),
		CPU: cpuTime(t) - before, PeakKB: peakMemory(t),
	}
	if refused, is := errors.AsType[*programme.FaultsError](err); is {
		answer.Refused, answer.Faults = true, refused.Faults
	}
	told, err := json.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name+".answer", told, 0o600); err != nil {
		t.Fatal(err)
	}
}

func cpuTime(t *testing.T) time.Duration {
	t.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		t.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

var peakLine = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// peakMemory is the most that this process has had in memory, in kB.
func peakMemory(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip("no /proc: memory can't be measured here")
	}
	found := peakLine.FindSubmatch(status)
	if found == nil {
		t.Fatal("no VmHWM")
	}
	peak, err := strconv.Atoi(string(found[1]))
	if err != nil {
		t.Fatal(err)
	}
	return peak
}

// readApart reads a file in a process of its own.
func readApart(t *testing.T, content []byte) hostileAnswer {
	t.Helper()
	file := filepath.Join(t.TempDir(), "plan.xlsx")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestReadOnePlan$", "-test.count=1")
	child.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	child.Env = append(os.Environ(), "MIRSAD_READ_PLAN="+file)
	if out, err := child.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	told, err := os.ReadFile(file + ".answer")
	if err != nil {
		t.Fatal(err)
	}
	var answer hostileAnswer
	if err := json.Unmarshal(told, &answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

// TestHostileWorkbooksAreRefusedCheaply is the measure of docs/design.md#hostile-input: refused in bounded time and
// memory.
func TestHostileWorkbooksAreRefusedCheaply(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: reads each file in a process of its own")
	}
	for _, file := range hostileFiles() {
		t.Run(file.name, func(t *testing.T) {
			answer := readApart(t, file.make(t))
			t.Logf("%v, %d MB", answer.Wall.Round(time.Millisecond), answer.PeakKB>>10)
			if min(answer.Wall, answer.CPU) > hostileTime || answer.PeakKB > hostileMemory {
				t.Errorf("%v, %v of the processor and %d kB", answer.Wall, answer.CPU, answer.PeakKB)
			}
			checkHostile(t, file.kind, &answer)
		})
	}
}

func checkHostile(t *testing.T, kind string, answer *hostileAnswer) {
	t.Helper()
	for i := range answer.Faults {
		checkWorded(t, &answer.Faults[i])
	}
	cellKind, ofCell := strings.CutPrefix(kind, "cell:")
	switch {
	case kind == harmless:
		if answer.Refused || len(answer.Faults) > 0 || answer.Milestones != 2 {
			t.Errorf("%d milestones, faults %v", answer.Milestones, answer.Faults)
		}
	case ofCell:
		if answer.Refused || len(answer.Faults) == 0 || answer.Faults[0].Kind != cellKind {
			t.Errorf("faults %v, not %s", answer.Faults, cellKind)
		}
	case !answer.Refused || len(answer.Faults) != 1 || answer.Faults[0].Kind != kind:
		t.Errorf("refused: %t, faults %v, not %s", answer.Refused, answer.Faults, kind)
	}
}
