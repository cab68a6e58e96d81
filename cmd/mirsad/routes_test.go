package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/guard"
	"mirsad/internal/route"
)

var update = flag.Bool("update", false, "write golden files anew")

// guarded are the program's routes behind the guard, each with a handler that says 200.
func guarded(t *testing.T) (http.Handler, *route.Registry) {
	t.Helper()
	return guardedBy(t, func(w http.ResponseWriter, _ *http.Request) error {
		_, err := io.WriteString(w, "passed")
		return err
	})
}

func guardedBy(t *testing.T, handler route.Handler) (http.Handler, *route.Registry) {
	t.Helper()
	routes := declared(t)
	for i := range routes {
		routes[i].Handler = handler
	}
	registry, err := route.NewRegistry(route.Problems{}, routes)
	if err != nil {
		t.Fatal(err)
	}
	const unbounded = 1 << 20 // requests a second: the pace has tests of its own
	guard, err := guard.New(guard.Configuration{RequestsPerSecond: unbounded}, guard.Dependencies{Routes: registry, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	return guard.Handler(), registry
}

func declared(t *testing.T) []route.Route {
	t.Helper()
	routes, err := declaredRoutes()
	if err != nil {
		t.Fatal(err)
	}
	return routes
}

// caller is one kind of who may ask; nobody has no principal.
type caller struct {
	name string
	who  *access.Principal
}

// lost is an agency person whose entity is missing.
const lost = "agency without an entity"

// callers are one of each: every role, scope and link; the agency, the bound tokens and the links belong to moi.
func callers() []caller {
	list := []caller{{name: "nobody"}}
	add := func(name string, who access.Principal) {
		who.ID = "test/" + name
		list = append(list, caller{name, &who})
	}
	for _, role := range access.Roles() {
		who := access.Principal{Role: role}
		if role == access.RoleAgency {
			who.Entity = "moi"
		}
		add(string(role), who)
	}
	add(lost, access.Principal{Role: access.RoleAgency})
	for _, scope := range access.Scopes() {
		who := access.Principal{Scopes: []access.Scope{scope}, Entity: "moi"}
		if scope == access.ScopeAdmin {
			who.Entity = ""
		}
		add("token "+string(scope), who)
	}
	for _, purpose := range access.SessionPurposes() {
		add("link "+string(purpose), access.Principal{Role: access.RoleAgency, Entity: "moi", Purpose: purpose})
	}
	return list
}

// ask sends a request as somebody.
func ask(t *testing.T, handler http.Handler, who *access.Principal, method, target string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, target, http.NoBody)
	if who != nil {
		r = r.WithContext(access.WithPrincipal(r.Context(), *who))
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w
}

// may reports whether a row of the matrix lets a caller in. An agency person without an entity may what an agency may,
// but for what belongs to an entity.
func may(who, target, name string) bool {
	people, tokens, _ := strings.Cut(who, "|")
	allowed := append(strings.Fields(people), strings.Split(strings.TrimSpace(tokens), ", ")...)
	if name == lost {
		return slices.Contains(allowed, string(access.RoleAgency)) && !strings.Contains(target, "/entities/")
	}
	return slices.Contains(allowed, name)
}

func TestWhoMayUseWhat(t *testing.T) {
	handler, _ := guarded(t)
	everyone := callers()
	var printed strings.Builder
	table := tabwriter.NewWriter(&printed, 0, 0, 1, ' ', 0)
	_, _ = fmt.Fprint(table, "status\t") // a builder takes everything
	for _, each := range everyone {
		_, _ = fmt.Fprint(table, each.name, "\t")
	}
	for _, row := range matrix {
		_, _ = fmt.Fprintf(table, "\n%s %s\t", row.method, row.target)
		for _, each := range everyone {
			w := ask(t, handler, each.who, row.method, row.target)
			_, _ = fmt.Fprint(table, w.Code, "\t")
			want := may(row.who, row.target, each.name)
			if got := w.Code == http.StatusOK; got != want {
				t.Errorf("%s %s as %s: %d, may it: %v", row.method, row.target, each.name, w.Code, want)
			}
			if want {
				continue
			}
			refusals := []int{http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed}
			if each.name == "nobody" {
				refusals = []int{http.StatusSeeOther, http.StatusUnauthorized}
			}
			if !slices.Contains(refusals, w.Code) {
				t.Errorf("%s %s as %s is refused with %d", row.method, row.target, each.name, w.Code)
			}
		}
	}
	_ = table.Flush()
	t.Logf("who may what; moi is the agency's and the tokens' own entity, moj another:\n%s", &printed)
}

// A password that somebody else chose opens nothing but the page where another is chosen.
func TestAFirstPasswordOpensOneDoor(t *testing.T) {
	handler, _ := guarded(t)
	admin := &access.Principal{ID: "user/admin@example.qa", Role: access.RoleAdmin, MustChange: true}
	for _, row := range matrix {
		door := strings.HasSuffix(row.target, "/account") || strings.Contains(row.target, "/account/")
		if w := ask(t, handler, admin, row.method, row.target); (w.Code == http.StatusOK) != door {
			t.Errorf("%s %s: %d", row.method, row.target, w.Code)
		}
	}
}

// Every route has a row in the matrix, so that none is opened without a word.
func TestTheMatrixCoversTheTable(t *testing.T) {
	_, registry := guarded(t)
	seen := map[string]bool{}
	for _, row := range matrix {
		if found, _, is := registry.Find(httptest.NewRequestWithContext(t.Context(), row.method, row.target, http.NoBody)); is {
			seen[found.Method+" "+found.Name()] = true
		}
	}
	for _, each := range declared(t) {
		if name := each.Method + " " + each.Name(); !each.Who.IsOpen() && !seen[name] {
			t.Errorf("%q is in no row of the matrix", name)
		}
	}
}

func TestEveryChangingRouteIsWrittenDown(t *testing.T) {
	for _, each := range declared(t) {
		events := each.Path == "/v1/events" // has receipts
		if each.Method != http.MethodGet && !each.Who.IsOpen() && !events && each.Action == "" {
			t.Errorf("%s %s changes something and has no name in the audit record", each.Method, each.Path)
		}
		if each.Action != "" && !slices.Contains(audit.Actions(), audit.Action(each.Action)) {
			t.Errorf("%s %s is written down as %q, which is no action", each.Method, each.Path, each.Action)
		}
	}
}

// TestTheTableOfRoutes holds who may use which address, as mirsad routes prints it, against a golden file.
func TestTheTableOfRoutes(t *testing.T) {
	var printed bytes.Buffer
	if err := (routesCommand{}).print(&printed); err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "routes.txt")
	if *update {
		if err := os.WriteFile(golden, printed.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, printed.Bytes()) {
		t.Errorf("the routes are not those of %s; when that is meant, run this test with -update. Now:\n%s", golden, &printed)
	}
}

// TestAWrongMethodIsToldTheRightOnes asks what may be asked where a PUT is allowed, and where not.
func TestAWrongMethodIsToldTheRightOnes(t *testing.T) {
	handler, _ := guarded(t)
	admin := &access.Principal{ID: "token/a", Scopes: []access.Scope{access.ScopeAdmin}}
	for target, want := range map[string][]string{
		"/v1/programme": {"GET", "PUT"}, "/v1/progress": {"GET"}, "/v1/events": {"OPTIONS", "POST"},
	} {
		w := ask(t, handler, admin, http.MethodDelete, target)
		if got := w.Header().Values("Allow"); w.Code != http.StatusMethodNotAllowed || !slices.Equal(got, want) {
			t.Errorf("DELETE %s: %d, allowed are %v, want %v", target, w.Code, got, want)
		}
	}
}

func TestAnothersObjectIsNotThere(t *testing.T) {
	handler, _ := guarded(t)
	for name, who := range map[string]access.Principal{
		"agency":     {Role: access.RoleAgency, Entity: "moi"},
		"token read": {Scopes: []access.Scope{access.ScopeRead}, Entity: "moi"},
		lost:         {Role: access.RoleAgency},
	} {
		if w := ask(t, handler, &who, http.MethodGet, "/v1/entities/moj"); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", name, w.Code)
		}
	}
}

func TestReportsAreForTokensOfNoEntity(t *testing.T) {
	handler, _ := guarded(t)
	for entity, want := range map[string]int{"": http.StatusOK, "moi": http.StatusForbidden} {
		who := &access.Principal{Scopes: []access.Scope{access.ScopeRead}, Entity: entity}
		w := ask(t, handler, who, http.MethodGet, "/v1/reports/2016-09/highlights.xlsx")
		if w.Code != want {
			t.Errorf("bound to %q: %d, want %d", entity, w.Code, want)
		}
		if want == http.StatusForbidden && !strings.Contains(w.Header().Get("WWW-Authenticate"), "insufficient_scope") {
			t.Errorf("it does not say why: %v", w.Header())
		}
	}
}

// addressOf is an address that a route's pattern matches.
func addressOf(pattern string) string {
	path := strings.NewReplacer("{$}", "", "{path...}", "x", "{entity}", "moi").Replace(pattern)
	for strings.Contains(path, "{") {
		from, rest, _ := strings.Cut(path, "{")
		_, rest, _ = strings.Cut(rest, "}")
		path = from + "x" + rest
	}
	return path
}

// TestEveryRouteBoundsItsBody sends to every route one byte more than it takes: with its length said before, and without.
func TestEveryRouteBoundsItsBody(t *testing.T) {
	var read error
	handler, _ := guardedBy(t, func(_ http.ResponseWriter, r *http.Request) error {
		buffer := make([]byte, 64<<10)
		for read = nil; read == nil; {
			_, read = r.Body.Read(buffer)
		}
		return nil
	})
	admin := access.Principal{ID: "user/admin", Role: access.RoleAdmin}
	sender := access.Principal{ID: "token/x", Entity: "moi", Scopes: []access.Scope{access.ScopeEvents}}
	tried := 0
	for _, each := range declared(t) {
		who := admin
		if !each.Who.Allows(admin) {
			who = sender
		}
		path := addressOf(each.Paths()[0])
		for _, length := range []int64{each.MostBody() + 1, -1} {
			body := strings.NewReader(strings.Repeat("x", int(each.MostBody())+1))
			r := httptest.NewRequestWithContext(access.WithPrincipal(t.Context(), who), each.Method, path, body)
			r.ContentLength = length
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, r)
			tried++
			if length > 0 && w.Code != http.StatusRequestEntityTooLarge {
				t.Errorf("%s %s with %d bytes: %d", each.Method, path, length, w.Code)
			}
			if length < 0 && (read == nil || !strings.Contains(read.Error(), "too large")) {
				t.Errorf("%s %s of unknown length is read to %v", each.Method, path, read)
			}
		}
	}
	if tried < 150 {
		t.Errorf("%d requests tried", tried)
	}
}
