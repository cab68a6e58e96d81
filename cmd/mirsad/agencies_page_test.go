package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"mirsad/internal/programme"
)

// codeBlocks returns the blocks of a language in docs/agencies.md, in order.
func codeBlocks(t *testing.T, language string) []string {
	t.Helper()
	var blocks []string
	for _, match := range regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```$").FindAllStringSubmatch(agenciesPage(t), -1) {
		blocks = append(blocks, match[1])
	}
	return blocks
}

func agenciesPage(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile("../../docs/agencies.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// outside runs a program that an agency would, in a folder, and returns what it wrote.
func outside(t *testing.T, folder, eventsURL, token, name string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		missing(t, "no "+name)
	}
	command := exec.CommandContext(t.Context(), path, args...)
	command.Dir = folder
	command.Env = append(os.Environ(), "EVENTS_URL="+eventsURL, "EVENTS_TOKEN="+token)
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Run(); err != nil {
		t.Fatalf("%s %v: %v\n%s%s", name, args, err, stdout.String(), stderr.String())
	}
	return stdout.String()
}

// poorLine stands between sender and server: the first body is refused as busy, the answer to the second is lost on the way.
func poorLine(t *testing.T, server string) *httptest.Server {
	t.Helper()
	target, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	forward := httputil.NewSingleHostReverseProxy(target)
	var bodies atomic.Int64
	line := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch bodies.Add(1) {
		case 1:
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusServiceUnavailable)
		case 2:
			forward.ServeHTTP(httptest.NewRecorder(), r)
			panic(http.ErrAbortHandler)
		default:
			forward.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(line.Close)
	return line
}

// eventsFile writes n uses of a service, an event a line, and returns the file's name.
func eventsFile(t *testing.T, folder, source, service string, n int) string {
	t.Helper()
	var lines strings.Builder
	for i := range n {
		fmt.Fprintf(&lines, `{"specversion":"1.0","id":"%d","source":"%s","type":"mirsad.usage.v1","time":"2016-08-%02dT09:00:00+03:00","subject":"%s","data":{"channel":"web","stage":"complete"}}`+"\n",
			i, source, i%28+1, service)
	}
	name := filepath.Join(folder, "events.ndjson")
	if err := os.WriteFile(name, []byte(lines.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestAgenciesPageWorksAsWritten(t *testing.T) {
	p := serveCatalogue(t)
	token := p.token("--scope", "events", "--entity", "moi")
	t.Run("curl", func(t *testing.T) { p.tryCurlLines(t, token) })
	for _, c := range []struct{ language, file, program, verb string }{
		{"go", "send.go", "go", "run"},
		{"js", "send.mjs", "node", "--"},
	} {
		t.Run(c.language, func(t *testing.T) { p.trySender(t, token, c.language, c.file, c.program, c.verb) })
	}
}

// tryCurlLines runs the shell blocks in their order: a dry run, the same for good, and two statements packed.
func (p *program) tryCurlLines(t *testing.T, token string) {
	t.Helper()
	if _, err := exec.LookPath("curl"); err != nil {
		missing(t, "no curl")
	}
	before, folder := p.totals(), t.TempDir()
	blocks := codeBlocks(t, "sh")
	if len(blocks) != 3 {
		t.Fatalf("%d blocks of shell", len(blocks))
	}
	for i, want := range []int{1, 1, 2} {
		out := outside(t, folder, p.service.URL+"/v1/events", token, "sh", "-euc", blocks[i])
		var got answer
		if err := json.Unmarshal([]byte(out), &got); err != nil || got.Accepted != want || len(got.Rejected) != 0 || (got.Receipt == "") != (i == 0) {
			t.Errorf("block %d: %v, %s", i, err, out)
		}
	}
	p.settle()
	after := p.totals()
	if after.Identities != before.Identities+1 || after.Statements != before.Statements+2 {
		t.Errorf("%+v, then %+v", before, after)
	}
}

// trySender runs the one example of a language over a poor line: every event is stored, once.
func (p *program) trySender(t *testing.T, token, language, file, program, verb string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		missing(t, "no "+program)
	}
	const events = 2500
	blocks := codeBlocks(t, language)
	if len(blocks) != 1 {
		t.Fatalf("%d blocks of %s", len(blocks), language)
	}
	if lines := len(regexp.MustCompile(`(?m)^.*\S`).FindAllString(blocks[0], -1)); lines > 30 {
		t.Errorf("the example in %s has %d lines: at most 30 are read", language, lines)
	}
	before, folder := p.totals(), t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, file), []byte(blocks[0]), 0o600); err != nil {
		t.Fatal(err)
	}
	name := eventsFile(t, folder, "/moi/"+language, "moi-1", events)
	out := outside(t, folder, poorLine(t, p.service.URL).URL+"/v1/events", token, program, verb, file, name)
	if strings.Count(out, `"receipt"`) != 3 || strings.Contains(out, `"code"`) {
		t.Errorf("it prints %s", out)
	}
	p.settle()
	if after := p.mustAgree(); after.Identities != before.Identities+events || after.Uses != before.Uses+events {
		t.Errorf("%d events, yet %+v, then %+v", events, before, after)
	}
}

func TestAgenciesPageExplainsEveryCode(t *testing.T) {
	page := agenciesPage(t)
	listed := regexp.MustCompile("(?m)^\\| `([a-z_]+)` \\| [^|]+ \\| [^|]+ \\|$").FindAllStringSubmatch(page, -1)
	explained := map[string]bool{}
	for _, match := range listed {
		explained[match[1]] = true
	}
	for _, code := range programme.RefusalCodes() {
		if !explained[string(code)] {
			t.Errorf("no row for %s", code)
		}
	}
	for _, state := range programme.States() {
		if !explained[string(state)] {
			t.Errorf("no row for %s", state)
		}
	}
}

func TestAgenciesPageShowsTheAnswerAsItIs(t *testing.T) {
	for _, block := range codeBlocks(t, "json") {
		decoder := json.NewDecoder(strings.NewReader(block))
		decoder.DisallowUnknownFields()
		var shown answer
		if err := decoder.Decode(&shown); err != nil || shown.Receipt == "" || len(shown.Rejected) == 0 || shown.Rejected[0].RemedyAr == "" {
			t.Errorf("%v: %s", err, block)
		}
	}
}
