package account

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"mirsad/internal/clocktest"
	"mirsad/internal/i18n"
)

// addressOf is an address that a route's pattern matches.
func addressOf(pattern string) (method, path string) {
	method, path = splitPattern(pattern)
	path = strings.NewReplacer("{$}", "", "{path...}", "x", "{entity}", "moi").Replace(path)
	for strings.Contains(path, "{") {
		from, rest, _ := strings.Cut(path, "{")
		_, rest, _ = strings.Cut(rest, "}")
		path = from + "x" + rest
	}
	return method, path
}

// TestEveryRouteBoundsItsBody sends to every route of the table one byte more than it takes: with its length said before,
// and without.
func TestEveryRouteBoundsItsBody(t *testing.T) {
	f := newFixture(t, "")
	f.accounts.caps.pace = 1 << 20
	var read error
	guarded := f.accounts.Guard(readsAll(&read))
	f.user("admin@example.qa", RoleAdmin, "")
	admin := f.as("admin@example.qa")
	sender := WithPrincipal(t.Context(), Principal{ID: "token/x", Entity: "moi", Scopes: []Scope{ScopeEvents}})
	tried := 0
	for _, each := range table() {
		most := max(each.access.body, defaultBody)
		for i, pattern := range append(append([]string{}, each.routes...), each.pages...) {
			method, path := addressOf(pattern)
			if i >= len(each.routes) {
				path = "/" + string(i18n.English) + path
			}
			for _, length := range []int64{most + 1, -1} {
				who := admin
				if len(each.access.roles) == 0 {
					who = sender
				}
				r := httptest.NewRequestWithContext(who, method, path, strings.NewReader(strings.Repeat("x", int(most)+1)))
				r.ContentLength = length
				w := httptest.NewRecorder()
				guarded.ServeHTTP(w, r)
				tried++
				if length > 0 && w.Code != http.StatusRequestEntityTooLarge {
					t.Errorf("%s %s with %d bytes: %d", method, path, length, w.Code)
				}
				if length < 0 && (read == nil || !strings.Contains(read.Error(), "too large")) {
					t.Errorf("%s %s of unknown length is read to %v", method, path, read)
				}
			}
		}
	}
	if tried < 150 {
		t.Errorf("%d requests tried", tried)
	}
}

// readsAll reads the whole body and keeps why it ended.
func readsAll(read *error) http.Handler {
	return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		buffer := make([]byte, 64<<10)
		for *read = nil; *read == nil; {
			_, *read = r.Body.Read(buffer)
		}
	})
}

func TestOneAccountDoesNotTakeWhatIsForAll(t *testing.T) {
	f := newFixtureWith(t, &memory{now: newClock().now}, newClock(), Configuration{RequestsPerSecond: 2})
	bearer, _ := f.token("", ScopeRead)
	another, _ := f.token("", ScopeRead)
	f.user("planner@example.qa", RolePlanner, "")
	person := &browser{fixture: f}
	person.signIn("planner@example.qa", password)
	for name, b := range map[string]*browser{"/v1/services": {fixture: f, bearer: bearer}, "/en/services": person} {
		for n := range 2 * paceBurst {
			if w := b.get(name); w.Code != http.StatusOK {
				t.Fatalf("%s, request %d: %d", name, n, w.Code)
			}
		}
		w := b.get(name)
		if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") != "1" {
			t.Errorf("%s: %d, Retry-After %q", name, w.Code, w.Header().Get("Retry-After"))
		}
	}
	if w := (&browser{fixture: f, bearer: another}).get("/v1/services"); w.Code != http.StatusOK {
		t.Errorf("another account waits too: %d", w.Code)
	}
	f.clock.pass(time.Second)
	if w := person.get("/en/services"); w.Code != http.StatusOK {
		t.Errorf("a second later: %d", w.Code)
	}
	caps := f.accounts.caps
	for n := range mostPaced + 10 {
		caps.wait(strconv.Itoa(n))
		f.clock.pass(time.Second)
	}
	if len(caps.paces) > mostPaced {
		t.Errorf("%d accounts are remembered", len(caps.paces))
	}
	for range 1000 {
		if caps.wait("operator/local") > 0 {
			t.Fatal("the operator waits")
		}
	}
}

func TestExportsAtOnceAreBounded(t *testing.T) {
	f := newFixture(t, "")
	var bearers []string
	for range defaultExports/defaultOwnExports + 1 {
		bearer, _ := f.token("", ScopeRead)
		bearers = append(bearers, bearer)
	}
	begun, release := make(chan bool), make(chan bool)
	f.site = f.accounts.Middleware(f.accounts.Guard(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		begun <- true
		<-release
	})))
	ended := make(chan bool)
	for n := range defaultExports {
		b := &browser{fixture: f, bearer: bearers[n/defaultOwnExports]}
		go func() {
			b.get("/v1/services.csv")
			ended <- true
		}()
		clocktest.Await(t, begun, "an export to begin")
	}
	for bearer, want := range map[string]int{bearers[0]: http.StatusTooManyRequests, bearers[len(bearers)-1]: http.StatusServiceUnavailable} {
		w := (&browser{fixture: f, bearer: bearer}).get("/v1/services.csv")
		if w.Code != want || w.Header().Get("Retry-After") != "5" {
			t.Errorf("%d, want %d; Retry-After %q", w.Code, want, w.Header().Get("Retry-After"))
		}
	}
	close(release)
	for range defaultExports {
		clocktest.Await(t, ended, "an export to end")
	}
	go func() { <-begun }()
	if w := (&browser{fixture: f, bearer: bearers[0]}).get("/v1/services.csv"); w.Code != http.StatusOK {
		t.Errorf("when the others have ended: %d", w.Code)
	}
}
