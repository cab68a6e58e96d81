package clickhouse_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"mirsad/internal/clickhouse"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/clocktest"
	"mirsad/internal/programme"
)

// asDecider in the environment makes the test binary a process that decides once; it holds where the database is.
const asDecider = "TEST_DECIDE"

// deciding is what a deciding process is told.
type deciding struct {
	clickhouse.Configuration

	Name string
}

// decided is what it answers: nothing about another when it won itself.
type decided struct {
	Won   bool
	By    string
	At    time.Time
	Fault string
}

// decideOnce says that it is ready, waits until it is told to begin, decides and tells the outcome.
func decideOnce() int {
	var told deciding
	if err := json.Unmarshal([]byte(os.Getenv(asDecider)), &told); err != nil {
		return 2
	}
	db, err := clickhouse.Open(context.Background(), told.Configuration,
		clickhouse.Dependencies{Logger: slog.New(slog.DiscardHandler), Now: clocktest.Now})
	if err != nil {
		return 2
	}
	_, _ = fmt.Println("ready")
	_, _ = io.Copy(io.Discard, os.Stdin)
	_, err = db.Decide(context.Background(), programme.FamilyPlan, "moi", func(stream []programme.Fact) (programme.Draft, error) {
		if len(stream) > 1 { // the rule on the fold: it was decided already
			return programme.Draft{}, programme.DecidedBy(stream[1])
		}
		return programme.Draft{Actor: told.Name, Body: "approved"}, nil
	})
	answer := decided{Won: err == nil}
	if other, is := errors.AsType[*programme.DecidedError](err); is {
		answer.By, answer.At = other.Actor, other.At
	} else if err != nil {
		answer.Fault = err.Error()
	}
	if json.NewEncoder(os.Stdout).Encode(answer) != nil {
		return 2
	}
	return 0
}

// decider is a process that waits to decide.
type decider struct {
	name    string
	command *exec.Cmd
	begin   io.Closer
	answers *bufio.Reader
}

func startDecider(t *testing.T, db *clickhouse.DB, name string) *decider {
	t.Helper()
	told, err := json.Marshal(deciding{Configuration: clickhouse.Configuration{
		URL: db.URL, Database: db.Database, Passwords: db.Passwords,
	}, Name: name})
	if err != nil {
		t.Fatal(err)
	}
	d := &decider{name: name, command: exec.CommandContext(t.Context(), os.Args[0])}
	d.command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	d.command.Env = append(os.Environ(), asDecider+"="+string(told))
	d.command.Stderr = os.Stderr
	if d.begin, err = d.command.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	answers, err := d.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	d.answers = bufio.NewReader(answers)
	if err := d.command.Start(); err != nil {
		t.Fatal(err)
	}
	return d
}

// outcome reads what the process answers.
func (d *decider) outcome(t *testing.T) decided {
	t.Helper()
	var answer decided
	err := json.NewDecoder(d.answers).Decode(&answer)
	if err = errors.Join(err, d.command.Wait()); err != nil {
		t.Errorf("%s: %v", d.name, err)
	}
	return answer
}

// TestOfManyProcessesOneDecides lets 64 processes approve one plan at the same moment.
func TestOfManyProcessesOneDecides(t *testing.T) {
	db := clickhousetest.New(t)
	plan := programme.Draft{Family: programme.FamilyPlan, Subject: "moi", Actor: "agency", Body: "submitted"}
	mustAppend(t, db, plan, 0)
	const processes = 64
	deciders := make([]*decider, processes)
	for i := range deciders {
		deciders[i] = startDecider(t, db, fmt.Sprintf("planner %d", i))
	}
	for _, each := range deciders {
		if line, err := each.answers.ReadString('\n'); err != nil || line != "ready\n" {
			t.Fatalf("%s says %q, %v", each.name, line, err)
		}
	}
	for _, each := range deciders {
		if err := each.begin.Close(); err != nil {
			t.Fatal(err)
		}
	}
	winner, told := "", map[string]int{}
	for _, each := range deciders {
		switch answer := each.outcome(t); {
		case answer.Won && winner != "":
			t.Errorf("%s and %s won", winner, each.name)
		case answer.Won:
			winner = each.name
		case answer.By == "" || answer.At.IsZero():
			t.Errorf("%s is not told who decided, and when: %+v", each.name, answer)
		default:
			told[answer.By]++
		}
	}
	if winner == "" || told[winner] != processes-1 || len(told) != 1 {
		t.Errorf("%q won; the others were told of %v", winner, told)
	}
	stream, err := db.Stream(t.Context(), programme.FamilyPlan, "moi")
	if err != nil || len(stream) != 2 || stream[1].Actor != winner {
		t.Errorf("%+v, %v: want one more row, by %q", stream, err, winner)
	}
	if rows := rowsOf(t, db, "plan_fact"); rows != "2" {
		t.Errorf("the table has %s rows, want 2", rows)
	}
}

// rowsOf counts the rows of a table as they lie there: Stream would hide a second one at the same place.
func rowsOf(t *testing.T, db *clickhouse.DB, table string) string {
	t.Helper()
	question := url.Values{"query": {"SELECT count() FROM " + db.Database + "." + table}, "user": {"facts"}, "password": {db.Passwords["facts"]}}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, db.URL+"/?"+question.Encode(), http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(body))
}

func TestDecideAddsNothingAgainstTheRule(t *testing.T) {
	db := clickhousetest.New(t)
	refusal := errors.New("the rule says no")
	_, err := db.Decide(t.Context(), programme.FamilyPlan, "moi", func(stream []programme.Fact) (programme.Draft, error) {
		if len(stream) != 0 {
			t.Errorf("the stream has %d facts", len(stream))
		}
		return programme.Draft{}, refusal
	})
	if !errors.Is(err, refusal) {
		t.Error(err)
	}
	fact, err := db.Decide(t.Context(), programme.FamilyPlan, "moi", func([]programme.Fact) (programme.Draft, error) {
		return programme.Draft{Actor: "planner", Body: "first"}, nil
	})
	if err != nil || fact.Seq != 1 || fact.Family != programme.FamilyPlan || fact.Subject != "moi" {
		t.Errorf("%+v, %v", fact, err)
	}
}

// TestALateDecisionIsNone takes longer over a rule than a decision may lie about.
func TestALateDecisionIsNone(t *testing.T) {
	t.Parallel()
	db := clickhousetest.New(t)
	_, err := db.Decide(t.Context(), programme.FamilyPlan, "moi", func([]programme.Fact) (programme.Draft, error) {
		time.Sleep(5100 * time.Millisecond)
		return programme.Draft{Actor: "planner", Body: "late"}, nil
	})
	if !errors.Is(err, programme.ErrUnavailable) {
		t.Error(err)
	}
	if stream, err := db.Stream(t.Context(), programme.FamilyPlan, "moi"); err != nil || len(stream) != 0 {
		t.Errorf("%d facts, %v", len(stream), err)
	}
}
