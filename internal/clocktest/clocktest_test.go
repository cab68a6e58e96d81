package clocktest

import (
	"os"
	"os/exec"
	"testing"
	"time"
)

// suites are those beside cmd/mirsad that live by Now and Start; whatever else has dates in it names them itself.
var suites = []string{
	"../account", "../figures", "../programme", "../httpserver", "../clickhouse", "../../ingest/...", "../../web", "../../web/api",
}

// TestDatesHoldInEachSuiteOnEachOfTheNamedDays runs the suites once more as if at each of the moments. It takes a while.
func TestDatesHoldInEachSuiteOnEachOfTheNamedDays(t *testing.T) {
	if os.Getenv("SOAK") == "" {
		t.Skip("only with SOAK=1, see make soak")
	}
	for _, moment := range Moments() {
		t.Run(moment.Name, func(t *testing.T) {
			arguments := append([]string{"test", "-count=1", "-p=2", "-timeout=20m"}, suites...)
			again := exec.CommandContext(t.Context(), "go", arguments...)
			again.Env = append(os.Environ(), "SOAK=", AsIf+"="+moment.At.Format(time.RFC3339))
			if out, err := again.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}

func TestTheNamedDaysAreAmongTheMoments(t *testing.T) {
	t.Setenv(AsIf, "")
	days, first, last := map[string]bool{}, 0, 0
	for _, moment := range Moments() {
		days[moment.At.Format("2 January")] = true
		switch moment.At.Format("15:04") {
		case "00:00":
			first++
		case "23:59":
			last++
		}
	}
	for _, day := range []string{"28 February", "29 February", "30 November", "31 October", "31 December", "1 January"} {
		if !days[day] {
			t.Errorf("there is no moment on %s", day)
		}
	}
	if first == 0 || last == 0 {
		t.Errorf("%d moments are in the first minute of a day, %d in the last", first, last)
	}
}

func TestAsIfMovesTheBeginning(t *testing.T) {
	t.Setenv(AsIf, "")
	if !Start().Equal(Usual()) {
		t.Errorf("tests begin at %s", Start())
	}
	t.Setenv(AsIf, "2036-02-29T23:59:00+03:00")
	want := time.Date(2036, 2, 29, 20, 59, 0, 0, time.UTC)
	if !Start().Equal(want) || !One(3).Equal(want) {
		t.Errorf("as if on 29 February tests begin at %s and %s", Start(), One(3))
	}
	if first := Now(); first.Before(want) || Now().Before(first) {
		t.Errorf("the clock stands at %s and does not go on", first)
	}
	if moments := Moments(); len(moments) != 1 || !moments[0].At.Equal(want) {
		t.Errorf("as if on 29 February the moments are %v", moments)
	}
}

func TestAwaitBringsWhatComes(t *testing.T) {
	from := make(chan string, 1)
	from <- "here"
	if got := Await(t, from, "a word"); got != "here" {
		t.Errorf("%q has come", got)
	}
}
