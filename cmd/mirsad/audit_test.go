package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"mirsad/internal/audit"
	"mirsad/internal/engine"
)

// auditList is what /v1/audit answers.
type auditList struct {
	Items []struct {
		Chain   string          `json:"chain"`
		Seq     uint64          `json:"seq"`
		Request string          `json:"request"`
		Actor   string          `json:"actor"`
		Action  string          `json:"action"`
		Object  string          `json:"object"`
		Outcome string          `json:"outcome"`
		Before  json.RawMessage `json:"before"`
		After   json.RawMessage `json:"after"`
		Detail  json.RawMessage `json:"detail"`
	} `json:"items"`
	Next string `json:"next"`
}

// proven is verify --json, with the exit code.
func (p *program) proven() (auditVerdict, int) {
	p.t.Helper()
	out, words, code := runWith(p.t, p.data, p.environ, "verify", "--json")
	var found auditVerdict
	if err := json.Unmarshal([]byte(out), &found); err != nil {
		p.t.Fatalf("verify: exit %d, %v\n%s%s", code, err, out, words)
	}
	return found, code
}

// alter changes the audit table as the database's administrator.
func (p *program) alter(statement string) {
	p.t.Helper()
	endpoint, err := engine.ReadEndpoint(p.data)
	if err != nil {
		p.t.Fatal(err)
	}
	target := endpoint.URL + "/?" + url.Values{"database": {"mirsad"}, "mutations_sync": {"1"}}.Encode()
	request, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, target, strings.NewReader(statement))
	if err != nil {
		p.t.Fatal(err)
	}
	request.SetBasicAuth(engine.UserAdmin, endpoint.Passwords[engine.UserAdmin])
	answer, err := p.client.Do(request)
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if words, _ := io.ReadAll(answer.Body); answer.StatusCode != http.StatusOK {
		p.t.Fatalf("%s: %s", statement, words)
	}
}

// awaitAudit asks until a search finds at least so many rows.
func (p *program) awaitAudit(query string, least int) auditList {
	p.t.Helper()
	var list auditList
	eventually(p.t, fmt.Sprintf("%d rows of the audit with %s", least, query), func() bool {
		p.get("/v1/audit?"+query, &list)
		return len(list.Items) >= least
	})
	return list
}

// TestAuditOfTheTrueProgram does what is written down, kills the program, and alters the record as only the database's
// administrator can.
func TestAuditOfTheTrueProgram(t *testing.T) {
	t.Parallel()
	p := serve(t, t.TempDir())
	bearer := strings.TrimSpace(firstLine(p.must("token", "create", "--scope", "read", "--entity", "moi")))
	id, _, _ := strings.Cut(bearer, ".")
	p.awaitToken(bearer)
	if got := p.status(t.Context(), bearer, "/v1/ingest/lag"); got != http.StatusForbidden {
		t.Fatalf("a route of another scope: %d", got)
	}
	refused := p.awaitAudit("outcome=refused&actor="+id, 1).Items[0]
	if refused.Actor != "token/"+id || refused.Object != "GET /v1/ingest/lag" || refused.Request == "" {
		t.Errorf("the refusal: %+v", refused)
	}
	made := p.awaitAudit("action=token_create", 1).Items[0]
	if made.Actor != "operator/"+operatorName() || made.Object != "token/"+id || made.Chain == refused.Chain {
		t.Errorf("the command: %+v", made)
	}
	p.changeGoal(1_200)
	changed := p.awaitAudit("action=administer", 1).Items[0]
	if changed.Object != "programme/programme" || !strings.Contains(string(changed.Before), `"goal":1000`) || !strings.Contains(string(changed.After), `"goal":1200`) {
		t.Errorf("the change: %+v", changed)
	}
	p.kill()
	p.start()
	first := p.awaitAudit("action=anchor", 3) // the server's, the command's, the new server's
	if found, code := p.proven(); code != exitDone || len(found.Audit) != 0 || found.AuditChains != 3 || found.AuditAnchor == nil {
		t.Errorf("after a kill: exit %d, %+v", code, found)
	}
	if chain := first.Items[0].Chain; chain == refused.Chain || !strings.Contains(string(first.Items[0].Detail), refused.Chain) {
		t.Errorf("the new chain %s begins with %s", chain, first.Items[0].Detail)
	}
	p.stop()
	p.start()

	p.alter(fmt.Sprintf("ALTER TABLE audit UPDATE actor = 'user/somebody@example.qa' WHERE chain = '%s' AND seq = %d", made.Chain, made.Seq))
	p.alter(fmt.Sprintf("ALTER TABLE audit DELETE WHERE chain = '%s' AND seq >= %d", refused.Chain, refused.Seq))
	found, code := p.proven()
	kinds := map[string]audit.FaultKind{}
	for _, fault := range found.Audit {
		kinds[fmt.Sprintf("%s/%d", fault.Chain, fault.Seq)] = fault.Kind
	}
	want := map[string]audit.FaultKind{
		fmt.Sprintf("%s/%d", made.Chain, made.Seq): audit.Altered, fmt.Sprintf("%s/%d", refused.Chain, refused.Seq): audit.Cut,
	}
	if code != exitFailed || fmt.Sprint(kinds) != fmt.Sprint(want) {
		t.Errorf("exit %d, faults %v, want %v", code, kinds, want)
	}
	out, words, code := runBeside(t, p.data, "verify")
	if code != exitFailed || !strings.Contains(out, "first audit fault: cut: chain "+refused.Chain) ||
		!strings.Contains(out, "audit fault: altered: chain "+made.Chain) || !strings.Contains(words, errAudit.Error()) {
		t.Errorf("exit %d\n%s%s", code, out, words)
	}
}

// changeGoal records another goal over the API.
func (p *program) changeGoal(goal int) {
	p.t.Helper()
	var settings map[string]any
	p.get("/v1/programme", &settings)
	settings["goal"], settings["reason"] = goal, "decided by the council"
	p.record("/v1/programme", settings)
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// checkAuditPage reads the record as the auditor does, in both languages, and finds what the tests before did.
func checkAuditPage(t *testing.T, p *program) {
	t.Helper()
	b := openBrowser(t, p.service.URL)
	email, password := p.person("auditor")
	b.signIn(p.service.URL, email, password)
	b.takeFaults()
	followed := map[string]bool{}
	for language, words := range map[string][]string{
		"en": {"Sign-in", "Account created", "Workbook downloaded"},
		"ar": {"تسجيل دخول", "إنشاء حساب", "تنزيل تقرير Excel"},
	} {
		page := p.service.URL + "/" + language + "/audit"
		b.open(page)
		text := b.text()
		for _, each := range append(words, email) {
			if !strings.Contains(text, each) {
				t.Errorf("%s does not show %q", page, each)
			}
		}
		if strings.Contains(text, "⟦") {
			t.Errorf("%s: a text is missing", page)
		}
		for _, dead := range b.deadLinks(followed) {
			t.Errorf("%s: a link leads nowhere: %s", page, dead)
		}
		for _, fault := range append(b.axe(), b.takeFaults()...) {
			t.Errorf("%s: %s", page, fault)
		}
	}
	// Other tests write rows meanwhile: the newest need not be the operator's.
	b.open(p.service.URL + "/en/audit?actor=" + url.QueryEscape("operator/"+operatorName()))
	if want := "Operator " + operatorName(); !strings.Contains(b.text(), want) {
		t.Errorf("the audit page does not show %q", want)
	}
	checkAnothersService(t, p)
	if found, _ := p.proven(); len(found.Audit) != 0 || found.AuditRows < 10 {
		t.Errorf("%d rows, faults %v", found.AuditRows, found.Audit)
	}
}

// checkAnothersService asks for a service of another entity: it is not there, and that is written down.
func checkAnothersService(t *testing.T, p *program) {
	t.Helper()
	var list struct {
		Items []struct {
			Code   string `json:"code"`
			Entity string `json:"entity"`
		} `json:"items"`
	}
	p.get("/v1/services", &list)
	own := list.Items[0].Entity
	bearer := strings.TrimSpace(firstLine(p.must("token", "create", "--scope", "read", "--entity", own)))
	id, _, _ := strings.Cut(bearer, ".")
	p.awaitToken(bearer)
	for _, service := range list.Items {
		if service.Entity == own {
			continue
		}
		if got := p.status(t.Context(), bearer, "/v1/services/"+service.Code); got != http.StatusNotFound {
			t.Errorf("another's service: %d", got)
		}
		refused := p.awaitAudit("outcome=refused&actor="+id, 1).Items[0]
		if refused.Object != "GET /v1/services/"+service.Code {
			t.Errorf("written down is %+v", refused)
		}
		return
	}
	t.Error("the sample has one entity only")
}
