package web

import (
	"context"
	"html"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/audit"
)

// auditor reads the whole audit record.
var auditor = access.Principal{ID: "user/auditor@example.org", Name: "The Auditor", Role: access.RoleAuditor}

// recorded is an audit record that holds rows for good.
type recorded []audit.Row

func (recorded) AppendAudit(context.Context, []audit.Row) error { return nil }

func (recorded) AuditHeads(context.Context, string) ([]audit.Head, error) { return nil, nil }

func (r recorded) AuditRows(_ context.Context, f audit.Filter, after audit.Cursor, limit int) ([]audit.Row, error) {
	var rows []audit.Row
	for _, row := range slices.Backward(r) {
		fits := (f.Entity == "" || row.Entity == f.Entity) && (f.Action == "" || row.Action == f.Action) && (after.Seq == 0 || row.Seq < after.Seq)
		if fits && len(rows) < limit {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// auditRows are rows of every action, of both outcomes and of hostile text.
func auditRows() recorded {
	var rows recorded
	var head audit.Row
	actors := append([]string{"anonymous", "system", "operator/root", "token/T1"}, hostile...)
	reasons := []string{"", "forbidden", "status_409", "", hostile[0], "wrong_password"}
	for i := range 60 {
		action := audit.Actions()[i%len(audit.Actions())]
		row := audit.Row{
			RecordedAt: time.Date(2016, 9, 30, 21, 0, i, 123_000, time.UTC), Request: "0123456789abcdef", Actor: actors[i%len(actors)],
			Role: []string{"planner", "read,events", ""}[i%3], Entity: []string{"", "e01", "e02"}[i%3], Action: action, Object: hostile[i%len(hostile)],
			Before: `{"name":"` + hostile[i%len(hostile)] + `"}`, Outcome: audit.Done, Reason: reasons[i%len(reasons)],
		}
		if row.Reason != "" {
			row.Outcome = audit.Refused
		}
		row.Follow("CHAIN", head.Seq, head.Hash)
		head = row
		rows = append(rows, row)
	}
	return rows
}

func auditOf(t *testing.T) *audit.Recorder {
	t.Helper()
	audit, err := audit.New(audit.Configuration{Zone: qatar},
		audit.Dependencies{Store: auditRows(), Logger: slog.New(slog.DiscardHandler), Now: func() time.Time { return fixtureOn.Time() }})
	if err != nil {
		t.Fatal(err)
	}
	return audit
}

func TestTheAuditPage(t *testing.T) {
	t.Parallel()
	server := site(t, fixed{figures: fixture()}, &auditor)
	for language, want := range map[string][]string{
		"en": {"Audit record", "50 entries, newest first", "1 October 2016, 00:00:59", "Refused: answered with 409", "Operator root", "Nobody signed in", "Planner"},
		"ar": {"سجل التدقيق", "50 قيدًا، الأحدث أولًا", "مرفوض: كان الرد 409", "مشغّل النظام \u2068root\u2069", "تسجيل دخول"},
	} {
		answer, body := get(t, server, "/"+language+"/audit")
		if answer.StatusCode != http.StatusOK || answer.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d, %s", language, answer.StatusCode, answer.Header.Get("Cache-Control"))
		}
		for _, words := range want {
			if !strings.Contains(body, words) {
				t.Errorf("%s: %q is not on the page", language, words)
			}
		}
		for _, bad := range []string{"⟦", "<script>alert", "<img src=x", "%!"} {
			if strings.Contains(body, bad) {
				t.Errorf("%s: the page holds %s", language, bad)
			}
		}
	}
	_, body := get(t, server, "/en/audit?action=export&entity=&from=2016-09-01&on=2016-09-30")
	exports := 0
	for _, row := range auditRows() {
		if row.Action == audit.Export {
			exports++
		}
	}
	if got := strings.Count(body, "<time"); !strings.Contains(body, `href="/v1/audit.csv?action=export&amp;from=2016-09-01"`) || exports == 0 || got != exports {
		t.Errorf("a search finds %d of %d rows: %s", got, exports, body)
	}
}

func TestTheAuditPageGoesOn(t *testing.T) {
	server := site(t, fixed{figures: fixture()}, &auditor)
	_, body := get(t, server, "/en/audit")
	_, next, found := strings.Cut(body, `<a rel="next" href="`)
	next, _, _ = strings.Cut(next, `"`)
	if !found {
		t.Fatal("no way to older rows")
	}
	_, body = get(t, server, html.UnescapeString(next))
	if !strings.Contains(body, "10 older rows") || strings.Contains(body, `rel="next"`) || !strings.Contains(body, "Newest rows") {
		t.Error("the second page is not the last ten rows")
	}
}

func TestABadAuditSearchSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	server := site(t, fixed{figures: fixture()}, &auditor)
	for target, want := range map[string]string{
		"/en/audit?from=yesterday": "from is not one of the values", "/ar/audit?action=theft": "القيمة المذكورة في \u2068action\u2069", "/en/audit?after=x": "after is not",
	} {
		answer, body := get(t, server, target)
		if answer.StatusCode != http.StatusBadRequest || !strings.Contains(body, want) || strings.Contains(body, "<time") {
			t.Errorf("%s: %d", target, answer.StatusCode)
		}
	}
}

func TestWhoSeesWhichAuditRows(t *testing.T) {
	t.Parallel()
	agency := access.Principal{ID: "user/a@example.org", Name: "A", Role: access.RoleAgency, Entity: "e02"}
	server := site(t, fixed{figures: fixture()}, &agency)
	_, body := get(t, server, "/en/audit")
	if strings.Count(body, "<time") != 20 || strings.Contains(body, "<bdi>e01</bdi>") || strings.Contains(body, `name="entity"`) {
		t.Errorf("an agency sees %d rows", strings.Count(body, "<time"))
	}
	if answer, _ := get(t, server, "/en/audit?entity=e01"); answer.StatusCode != http.StatusNotFound {
		t.Errorf("another's rows: %d", answer.StatusCode)
	}
	_, home := get(t, server, "/en/")
	server = site(t, fixed{figures: fixture()}, &executive)
	answer, _ := get(t, server, "/en/audit")
	_, others := get(t, server, "/en/")
	if answer.StatusCode != http.StatusForbidden || strings.Contains(others, "/en/audit") || !strings.Contains(home, "/en/audit") {
		t.Errorf("an executive: %d; the menu leads there who may: %v", answer.StatusCode, strings.Contains(home, "/en/audit"))
	}
}

func TestTheAuditPageInABrowser(t *testing.T) {
	t.Parallel()
	axe, err := os.ReadFile(filepath.Join("..", "internal", "tools", "proof", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Skip(skipReason(t, "axe is not installed: run `make proof-tools`"))
	}
	server := site(t, fixed{figures: fixture()}, &auditor)
	tab, heard := browser(t, server)
	for _, target := range []string{"/en/audit", "/ar/audit", "/ar/audit?from=x", "/en/audit?action=administer&entity=none"} {
		if err := open(tab, server.URL+target, 1440); err != nil {
			t.Fatal(err)
		}
		for _, finding := range accessible(tab, t, string(axe)) {
			t.Errorf("%s: axe: %s", target, finding)
		}
		for _, width := range []int64{390, 320} {
			noSidewaysScroll(tab, t, width)
		}
		for _, complaint := range heard.taken() {
			if !strings.Contains(complaint, "400") { // the search that can't be read
				t.Errorf("%s: %s", target, complaint)
			}
		}
		if folder := os.Getenv("MIRSAD_SCREENSHOTS"); folder != "" {
			name := strings.NewReplacer("/", "_", "?", "_").Replace(target)
			picture(tab, t, server.URL+target, filepath.Join(folder, "audit"+name+".png"), 1440)
			picture(tab, t, server.URL+target, filepath.Join(folder, "audit"+name+"_390.png"), 390)
		}
	}
}
