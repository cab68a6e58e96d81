package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mirsad/internal/clocktest"
	"mirsad/internal/config"
)

// serveCatalogue starts the program with two entities and their services.
func serveCatalogue(t *testing.T) *program {
	t.Helper()
	p := serve(t, t.TempDir())
	folder := t.TempDir()
	entities := filepath.Join(folder, "entities.csv")
	services := filepath.Join(folder, "services.csv")
	for file, text := range map[string]string{
		entities: "code,name,name_ar\nmoi,Ministry of Interior,وزارة الداخلية\nmoph,Ministry of Public Health,وزارة الصحة العامة\n",
		services: "code,name,name_ar,entity,channels,launched_on\n" +
			"moi-1,Renew a permit,تجديد رخصة,moi,web;counter,2015-03-01\nmoph-1,Book a visit,حجز موعد,moph,web,2015-03-01\n",
	} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p.must("import", "catalogue", entities, services)
	p.settle()
	return p
}

// token makes a token by the command line and returns its bearer.
func (p *program) token(args ...string) string {
	p.t.Helper()
	out, words, code := runBeside(p.t, p.data, append([]string{"token", "create"}, args...)...)
	if code != 0 {
		p.t.Fatalf("token create: exit %d\n%s", code, words)
	}
	return strings.TrimSpace(out)
}

func TestDoctorAgency(t *testing.T) {
	p := serveCatalogue(t)
	before := p.totals()
	events := p.token("--scope", "events", "--entity", "moi")
	both := p.token("--scope", "events,read", "--entity", "moi")
	for _, c := range []struct {
		name string
		args []string
		code int
		says []string
	}{
		{"service named", []string{"--token", events, "--service", "moi-1"}, exitDone, []string{
			"ok  server http://127.0.0.1:", "ok  clock: within a minute of the server's", "ok  token", "ok  usage event for moi-1", "ok  statement for moi-1",
			"ok  body packed with gzip", "ok  body packed with zstd", "ok  unknown field is refused as unknown_field",
			"ok  time an hour ahead is refused as future_time", "ok  time without a zone is refused as bad_time",
			"ok  service that is not in the catalogue is refused as unknown_service", "ok  answer time: ",
		}},
		{"service found, server named", []string{"--token", both, "--url", p.service.URL + "/"}, exitDone, []string{"ok  usage event for moi-1", "ok  answer time: "}},
		{"may not read", []string{"--token", events}, exitFailed, []string{"ok  token", "NO  service: this token may send events and not read", "--service CODE"}},
		{"another's service", []string{"--token", events, "--service", "moph-1"}, exitFailed, []string{
			`NO  usage event for moph-1: refused as entity_mismatch at "subject": The service belongs to another entity.: Use the token`,
		}},
		{"no such token", []string{"--token", "nobody.x"}, exitFailed, []string{"NO  token: it is not accepted (401): check that it was copied whole"}},
		{"wrong scope", []string{"--token", p.token("--scope", "read", "--entity", "moi")}, exitFailed, []string{"NO  token: it may not send events (403): ask the programme office"}},
		{"nobody there", []string{"--token", events, "--url", "http://127.0.0.1:9"}, exitFailed, []string{"NO  server http://127.0.0.1:9: ", "check --url"}},
		{"no token", nil, exitWrongUse, []string{"--token"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, words, code := runBeside(t, p.data, append([]string{"doctor", "agency"}, c.args...)...)
			if code != c.code || strings.Contains(out, "NO  ") != (c.code == exitFailed) {
				t.Errorf("exit %d\n%s%s", code, out, words)
			}
			for _, line := range c.says {
				if !strings.Contains(out+words, line) {
					t.Errorf("%q is not in\n%s%s", line, out, words)
				}
			}
		})
	}
	if after := p.totals(); after != before {
		t.Errorf("a dry run was stored: %+v, then %+v", before, after)
	}
}

func TestDoctorAgencyTakesTheTokenFromElsewhere(t *testing.T) {
	var got string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r.Header.Get("Authorization")
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	defer server.Close()
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte("from.file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		variable, value, option, want string
	}{
		{"MIRSAD_TOKEN", "from.variable", "", "from.variable"},
		{"MIRSAD_TOKEN_FILE", file, "", "from.file"},
		{"MIRSAD_LOG_FORMAT", "text", "--token=-", "from.input"},
	} {
		t.Run(c.want, func(t *testing.T) {
			args := []string{"doctor", "agency", "--url", server.URL}
			if c.option != "" {
				args = append(args, c.option)
			}
			command := mirsad(t.Context(), t, t.TempDir(), args...)
			command.Env = append(command.Env, c.variable+"="+c.value)
			command.Stdin = strings.NewReader("from.input\n")
			out, _ := command.CombinedOutput() // it fails: the server is not ready
			if got != "Bearer "+c.want || !strings.Contains(string(out), "it is not ready (503)") {
				t.Errorf("sent %q\n%s", got, out)
			}
		})
	}
}

// examined is what the check says of a server that answers as told.
func examined(t *testing.T, handler http.HandlerFunc) []finding {
	t.Helper()
	server := httptest.NewServer(handler)
	defer server.Close()
	e := examination{server: newDryRuns(server.URL, "a.b", clocktest.Now)}
	return e.examine(t.Context())
}

func TestDoctorAgencyComparesClocks(t *testing.T) {
	for _, c := range []struct {
		ahead time.Duration
		says  string
		fault bool
	}{
		{0, "clock: within a minute", false},
		{2 * time.Minute, "clock: warning: 2m0s ahead of the server", false},
		{-2 * time.Minute, "clock: warning: 2m0s behind the server", false},
		{10 * time.Minute, "clock", true},
	} {
		findings := examined(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Date", clocktest.Now().Add(-c.ahead).UTC().Format(http.TimeFormat))
		})
		if got := findings[1]; !strings.HasPrefix(strings.ReplaceAll(got.what, "1m59s", "2m0s"), c.says) || (got.fault != nil) != c.fault {
			t.Errorf("%s ahead: %+v", c.ahead, got)
		}
	}
}

func TestDoctorAgencyNamesWhatIsInTheWay(t *testing.T) {
	answer := func(status int, header, value, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/readyz" && status != http.StatusMovedPermanently {
				return
			}
			w.Header().Set(header, value)
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		}
	}
	for _, c := range []struct {
		handler http.HandlerFunc
		says    string
	}{
		{answer(http.StatusMovedPermanently, "Location", "https://elsewhere.example/", ""), "it sends on to https://elsewhere.example/: give that address"},
		{answer(http.StatusOK, "Content-Type", "text/html", "<p>Welcome"), "the answer (200) is not JSON: check --url"},
		{answer(http.StatusNotFound, "Content-Type", "text/html", "no"), "there is no events API at this address (404): check --url"},
		{answer(http.StatusServiceUnavailable, "Retry-After", "7", `{"title":"Not now"}`), "Not now (503): try again after 7 seconds"},
		{answer(http.StatusOK, "X", "", `{"accepted":1,"rejected":[]}`), "it was accepted: tell the programme office"},
	} {
		findings := examined(t, c.handler)
		last := findings[len(findings)-1]
		if last.fault == nil || !strings.Contains(last.fault.Error()+": "+last.remedy, c.says) {
			t.Errorf("%+v, want %s", last, c.says)
		}
	}
}

func TestDoctorAgencyNeedsAnAddress(t *testing.T) {
	err := doctorAgency{Token: "a.b"}.Run(context.Background(), config.Settings{DataDir: t.TempDir()}, streams{out: io.Discard, now: clocktest.Now})
	if err == nil || !strings.Contains(err.Error(), "--url") {
		t.Error(err)
	}
	settings := config.Settings{DataDir: t.TempDir(), BaseURL: "http://127.0.0.1:9"}
	if err := (doctorAgency{Token: "a.b"}).Run(context.Background(), settings, streams{out: io.Discard, now: clocktest.Now}); !errors.Is(err, errNotConforming) {
		t.Error(err)
	}
	if err := (doctorAgency{Token: "a b"}).Run(context.Background(), settings, streams{out: io.Discard, now: clocktest.Now}); err == nil {
		t.Error("a token of two words is taken")
	}
}

func TestDoctorOfTheMachineIsTheDefault(t *testing.T) {
	for _, args := range [][]string{{"doctor"}, {"doctor", "machine"}} {
		command := mirsad(t.Context(), t, t.TempDir(), args...)
		out, _ := command.CombinedOutput() // whether the engine is there is not the question
		if !strings.Contains(string(out), "ok  data folder\n") || !strings.Contains(string(out), "  engine library") {
			t.Errorf("%v:\n%s", args, out)
		}
	}
}
