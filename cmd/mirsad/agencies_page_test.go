package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"mirsad/internal/programme"
)

func agenciesPage(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile("../../docs/agencies.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// outside runs a program that an agency would, in a folder and with these settings, and returns what it wrote.
func outside(t *testing.T, folder string, settings []string, name string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		missing(t, "no "+name)
	}
	command := exec.CommandContext(t.Context(), path, args...)
	command.Dir = folder
	command.Env = append(os.Environ(), settings...)
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Run(); err != nil {
		t.Fatalf("%s %v: %v\n%s%s", name, args, err, stdout.String(), stderr.String())
	}
	return stdout.String()
}

// poorLine is between sender and server: the first body is refused as busy, the answer to the second is lost on the way.
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

func TestAgenciesPageSendersWork(t *testing.T) {
	p := serveCatalogue(t)
	token := p.token("--scope", "events", "--entity", "moi")
	for _, c := range []struct{ language, file, program, verb string }{
		{"go", "send.go", "go", "run"},
		{"js", "send.mjs", "node", "--"},
	} {
		t.Run(c.language, func(t *testing.T) { p.trySender(t, token, c.language, c.file, c.program, c.verb) })
	}
}

// trySender runs the one example of a language over a poor line: every event is stored, once.
func (p *program) trySender(t *testing.T, token, language, file, program, verb string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		missing(t, "no "+program)
	}
	const events = 2500
	blocks := slices.DeleteFunc(blocksOf(agenciesPage(t)), func(b block) bool { return b.language != language })
	if len(blocks) != 1 {
		t.Fatalf("%d blocks of %s", len(blocks), language)
	}
	if lines := len(regexp.MustCompile(`(?m)^.*\S`).FindAllString(blocks[0].text, -1)); lines > 30 {
		t.Errorf("the example in %s has %d lines: at most 30 are read", language, lines)
	}
	before, folder := p.totals(), t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, file), []byte(blocks[0].text), 0o600); err != nil {
		t.Fatal(err)
	}
	name := eventsFile(t, folder, "/moi/"+language, "moi-1", events)
	line := poorLine(t, p.service.URL)
	settings := []string{"EVENTS_URL=" + line.URL + "/v1/events", "EVENTS_TOKEN=" + token}
	out := outside(t, folder, settings, program, verb, file, name)
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
