package main

import (
	"io"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/engine"
	"mirsad/internal/programme"
	"mirsad/internal/sample"
)

// TestKilledInTheMiddleOfLoading pulls the plug on the service, then on the engine, while the sample goes in;
// after a restart and a second load every accepted row is there, once.
func TestKilledInTheMiddleOfLoading(t *testing.T) {
	data := t.TempDir()
	p := serve(t, data, "--sample")
	p.awaitAccepted(30_000)
	p.kill()

	p = serve(t, data, "--sample")
	p.awaitAccepted(60_000)
	endpoint, err := engine.ReadEndpoint(data)
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(endpoint.PID, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	p.awaitSample()
	p.settle()

	got := p.mustAgree()
	identities, statements := sampleTotals(t)
	if got.Identities != identities {
		t.Errorf("%d identities were accepted, %d are stored", identities, got.Identities)
	}
	if got.Statements != statements || got.StatementKeys != statements {
		t.Errorf("%d statements were accepted, %d versions of %d are stored", statements, got.Statements, got.StatementKeys)
	}
	if !strings.Contains(p.words.String(), "engine") {
		t.Error("the restart of the engine is not told")
	}
}

// accepted is the metric of rows acknowledged since the program's start.
var accepted = regexp.MustCompile(`(?m)^mirsad_ingest_accepted_rows_total(?:\{[^}]*\})? (\S+)$`)

// awaitAccepted waits until the service has acknowledged so many rows since its start.
func (p *program) awaitAccepted(rows float64) {
	p.t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if p.metric(accepted) >= rows {
			return
		}
	}
	p.t.Fatalf("fewer than %.0f rows were accepted:\n%s", rows, p.words)
}

// metric sums what the expression's first group matches on the metrics' own listener.
func (p *program) metric(line *regexp.Regexp) float64 {
	p.t.Helper()
	answer, err := p.client.Get(p.service.Metrics)
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	var sum float64
	for _, match := range line.FindAllSubmatch(content, -1) {
		value, err := strconv.ParseFloat(string(match[1]), 64)
		if err != nil {
			p.t.Fatal(err)
		}
		sum += value
	}
	return sum
}

// sampleTotals counts what the sample sends: distinct identities of usage events and distinct statements.
func sampleTotals(t *testing.T) (identities, statements int64) {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Qatar")
	if err != nil {
		t.Fatal(err)
	}
	type identity struct {
		source, id string
		day        civil.Date
	}
	used, stated := map[identity]bool{}, map[string]bool{}
	err = sample.New(sampleSeed).Events(func(event programme.CloudEvent, _ bool) error {
		at, err := time.Parse(time.RFC3339, event.Time)
		if err != nil {
			return err
		}
		switch data := event.Data.(type) {
		case programme.UsageData:
			used[identity{event.Source, event.ID, civil.DateOf(at.In(zone))}] = true
		case programme.StatementData:
			stated[event.Subject+" "+string(data.Channel)+" "+string(data.Measure)+" "+data.Period.String()] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return int64(len(used)), int64(len(stated))
}

func TestServeSaysWhatIsMissing(t *testing.T) {
	data := t.TempDir()
	command := mirsad(t.Context(), t, data, "serve")
	command.Env = append(command.Env, "MIRSAD_ENGINE_LIBRARY="+data+"/no-such-library.so")
	words, err := command.CombinedOutput()
	if err == nil {
		t.Fatal("it started without the engine's library")
	}
	if !strings.Contains(string(words), "make engine") || strings.Count(strings.TrimSpace(string(words)), "\n") > 0 {
		t.Errorf("it says %q", words)
	}
}

func TestWrongSettingsAreNamedAtOnce(t *testing.T) {
	command := mirsad(t.Context(), t, t.TempDir(), "serve")
	command.Env = append(command.Env, "MIRSAD_LISTN=:1", "MIRSAD_COLOUR=red")
	words, _ := command.CombinedOutput()
	if command.ProcessState.ExitCode() != exitWrongUse {
		t.Errorf("exit %d, want %d", command.ProcessState.ExitCode(), exitWrongUse)
	}
	for _, name := range []string{"MIRSAD_LISTN", "MIRSAD_COLOUR"} {
		if !strings.Contains(string(words), name) {
			t.Errorf("%s is not named in %q", name, words)
		}
	}
}
