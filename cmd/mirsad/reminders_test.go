package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/clocktest"
)

var linkAddress = regexp.MustCompile(`http://mirsad\.example(/(?:en|ar)/link/\S+)`)

// TestWhoIsOverdueIsRemindedAndTheLinkSubmits lets a planner remind who owes a month: the letter's link claims a level, and
// another submits a plan, each once and without signing in.
func TestWhoIsOverdueIsRemindedAndTheLinkSubmits(t *testing.T) {
	t.Parallel()
	port, letters := letterBox(t)
	p := serveWith(t, t.TempDir(), []string{
		"MIRSAD_SMTP_HOST=127.0.0.1", "MIRSAD_SMTP_PORT=" + port, "MIRSAD_SMTP_FROM=mirsad@example.org", "MIRSAD_BASE_URL=http://mirsad.example",
	})
	p.enterOverdueEntities(t)
	planner := p.visitor()
	planner.do("POST", "/en/sign-in", "email", "planner@example.qa", "password", hostilePassword)
	month := p.overdueMonth(t)
	remind := func() string {
		t.Helper()
		status, _, body := planner.do("POST", "/en/submissions/remind", "month", month.String(), "kind", "claims")
		if status != 200 {
			t.Fatalf("%d %s", status, body)
		}
		return body
	}
	if body := remind(); !strings.Contains(body, "1 reminder was sent.") || !strings.Contains(body, "Justice") || !strings.Contains(body, "has an account: invite") {
		t.Errorf("the planner is told: %s", body)
	}
	header, plain, _ := readLetter(t, clocktest.Await(t, letters, "a letter"))
	if header.Get("To") != "<noor@example.qa>" {
		t.Errorf("a letter to %s", header.Get("To"))
	}
	if body := remind(); !strings.Contains(body, "No reminder was sent.") || !strings.Contains(body, "already has a valid link") {
		t.Errorf("a second press: %s", body)
	}
	claiming := []string{"level", "1", "effective_on", "2016-05-01", "answers.info", "yes", "answers.info.url", "https://moi.example/info"}
	p.useLinkOnce(t, linkAddress.FindStringSubmatch(plain)[1], "/en/claims", "The level is claimed", "/en/claims/s0", claiming...)
	p.makeLink(t, `{"purpose":"plan","entity":"moi","month":"2016-09","email":"noor@example.qa","language":"en"}`)
	_, plain, _ = readLetter(t, clocktest.Await(t, letters, "a letter"))
	p.submitPlanByLink(t, linkAddress.FindStringSubmatch(plain)[1])
	p.awaitAudit("action=link_use", 2)
}

// useLinkOnce opens a link, lands where it leads, and submits a form twice: the second time nobody is signed in any more.
func (p *program) useLinkOnce(t *testing.T, link, lands, done, form string, values ...string) {
	t.Helper()
	reader := p.visitor()
	if status, location, body := reader.do("POST", link); status != 303 || location != lands {
		t.Fatalf("opening: %d to %s, want %s: %s", status, location, lands, body)
	}
	if status, _, body := reader.do("GET", lands); status != 200 {
		t.Fatalf("landing: %d %s", status, body)
	}
	if status, _, body := reader.do("POST", form, values...); status != 200 || !strings.Contains(body, done) {
		t.Fatalf("submitting: %d %s", status, body)
	}
	if status, location, _ := reader.do("POST", form, values...); status != 303 || !strings.HasPrefix(location, "/en/sign-in") {
		t.Errorf("submitting again: %d to %s", status, location)
	}
	if status, _, _ := p.visitor().do("POST", link); status != 410 {
		t.Errorf("opening it again: %d", status)
	}
}

// submitPlanByLink drafts a milestone in the session of a link, then confirms.
func (p *program) submitPlanByLink(t *testing.T, link string) {
	t.Helper()
	drafting := p.visitor()
	if status, location, body := drafting.do("POST", link); status != 303 || location != "/en/submit" {
		t.Fatalf("opening: %d to %s: %s", status, location, body)
	}
	status, location, body := drafting.do("POST", "/en/submit/milestone", "service", "s1", "level", "3", "planned_on", civil.DateOf(now(t)).AddDays(200).String(), "version", "0")
	if status != 303 || !strings.HasPrefix(location, "/en/submit/draft") {
		t.Fatalf("a milestone: %d to %s: %s", status, location, body)
	}
	if status, _, _ := drafting.do("GET", "/en/entities/moi"); status != 403 {
		t.Errorf("a page that the link is not for: %d", status)
	}
	// The session before ends as the link is opened again elsewhere; the draft stays.
	p.useLinkOnce(t, link, "/en/submit", "The plan is submitted", "/en/submit/confirm", "revision", "1", "version", "1", "comment", "By the link.")
}

// enterOverdueEntities makes two entities with a live service that nobody claimed a level of; one has somebody to write to.
func (p *program) enterOverdueEntities(t *testing.T) {
	t.Helper()
	folder := t.TempDir()
	files := map[string]string{
		"entities.csv": "code,name,name_ar\nmoi,Interior,الداخلية\nmoj,Justice,العدل\n",
		"services.csv": "code,name,name_ar,entity,channels,launched_on\ns0,A,أ,moi,web,2016-01-01\ns1,B,ب,moi,web,\ns2,C,ج,moj,web,2016-01-01\n",
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p.must("import", "catalogue", filepath.Join(folder, "entities.csv"), filepath.Join(folder, "services.csv"))
	for _, person := range [][]string{{"noor@example.qa", "agency", "--entity", "moi"}, {"planner@example.qa", "planner"}} {
		command := mirsad(t.Context(), t, p.data, append([]string{"user", "create", "--email", person[0], "--name", "x", "--keep-password", "--role"}, person[1:]...)...)
		command.Stdin = strings.NewReader(hostilePassword + "\n")
		if words, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, words)
		}
	}
	p.settle()
}

// overdueMonth is the newest month whose due day is over: the last ended one from its due day on, the one before until then.
func (p *program) overdueMonth(t *testing.T) civil.Month {
	t.Helper()
	var answer struct {
		On    civil.Date  `json:"on"`
		Month civil.Month `json:"month"`
		DueOn civil.Date  `json:"due_on"`
	}
	p.get("/v1/submissions", &answer)
	today := civil.DateOf(now(t).In(clocktest.Zone))
	ended := answer.Month
	if ended.Last() >= today || (ended+1).Last() < today {
		t.Fatalf("on %s the board is of %s, which is not the last ended month", today, ended)
	}
	if answer.DueOn >= today {
		return ended - 1
	}
	return ended
}
