package main

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"mirsad/internal/clocktest"
)

// programAhead in the environment is how far the clock of the program under test is ahead of this machine's. One for the
// server, for the commands beside it and for its restart: they live by one clock that goes on. The program that is
// built for people has no such setting.
const programAhead = "TEST_MIRSAD_AHEAD"

// clockOf returns the clock of a program under test.
func clockOf(ahead string) func() time.Time {
	by, err := time.ParseDuration(ahead)
	if err != nil {
		panic(programAhead + ": " + err.Error())
	}
	return func() time.Time { return time.Now().Add(by) }
}

// dated are the tests of the true program that have to do with dates. Each runs as if at one of the moments of
// clocktest, which its place here chooses, and with SOAK=1 all of them at each.
var dated = []string{
	"TestTotalsTypedInTheTrueProgram", "TestTokenCommands", "TestAnInvitationOfTheTrueProgram",
	"TestWhoIsOverdueIsRemindedAndTheLinkSubmits", "TestSignInFirstUseAndSessions", "TestAPrintedAnchorIsFoundAgain",
	"TestMonthsEndInQatar", "TestFaultSendersClock", "TestAPlanGoesItsWholeRound", "TestAPlanGoesItsWholeRoundByTheAPI",
	"TestSampleProgramme", "TestDoctorAgency",
}

// aheads is how far ahead the clocks of a test's programs are, by the test's name.
var aheads sync.Map

// ahead is how far the clock of a test's programs is ahead of this machine's: they begin, when the first of them is
// asked for, at the test's moment.
func ahead(t *testing.T) time.Duration {
	t.Helper()
	name, _, _ := strings.Cut(t.Name(), "/")
	begin := clocktest.Start()
	if place := slices.Index(dated, name); place >= 0 {
		begin = clocktest.One(place)
	}
	kept, _ := aheads.LoadOrStore(name, time.Until(begin))
	by, _ := kept.(time.Duration)
	return by
}

// now is the time by the clock of a test's programs.
func now(t *testing.T) time.Time {
	t.Helper()
	return time.Now().Add(ahead(t))
}

// TestDatesHoldOnEachOfTheNamedDays runs the dated tests once more, as if at each of the moments. It takes a while.
func TestDatesHoldOnEachOfTheNamedDays(t *testing.T) {
	if os.Getenv("SOAK") == "" {
		t.Skip("each dated test runs as if at one moment; all of them at each with SOAK=1, see make soak")
	}
	needEngine(t)
	for _, moment := range clocktest.Moments() {
		t.Run(moment.Name, func(t *testing.T) {
			again := exec.CommandContext(t.Context(), os.Args[0], "-test.count=1", "-test.v", "-test.timeout=20m",
				"-test.run=^("+strings.Join(dated, "|")+")$")
			again.Env = append(os.Environ(), clocktest.AsIf+"="+moment.At.Format(time.RFC3339))
			again.SysProcAttr = diesWithUs()
			out, err := again.CombinedOutput()
			if err != nil {
				t.Errorf("%v\n%s", err, out)
			}
			for _, name := range dated {
				if !strings.Contains(string(out), "--- PASS: "+name+" ") {
					t.Errorf("%s has not passed", name)
				}
			}
		})
	}
}
