package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestSampleProgramme starts the program as `make run` does and looks at it as its users do.
func TestSampleProgramme(t *testing.T) {
	t.Parallel()
	began := time.Now()
	p := serve(t, t.TempDir(), "--sample")
	p.awaitSample()
	t.Logf("the sample programme showed after %s", time.Since(began).Round(100*time.Millisecond))
	p.settle()
	t.Run("calibrated to the published points", func(t *testing.T) { checkPublishedPoints(t, p) })
	t.Run("pages, API and workbook agree", func(t *testing.T) { checkAgreement(t, p) })
	t.Run("pages, API and workbook say one status", func(t *testing.T) { checkStandings(t, p) })
	t.Run("the audit page", func(t *testing.T) { checkAuditPage(t, p) })
	t.Run("nothing is open without signing in", func(t *testing.T) { checkClosed(t, p) })
	t.Run("bad rows are refused and explained", func(t *testing.T) { checkBadRows(t, p, anyService(p)) })
	t.Run("one id on two days and a statement apart are found", func(t *testing.T) { checkFindings(t, p, anyService(p)) })
	t.Run("sending again changes no figure", func(t *testing.T) { checkTwiceIsOnce(t, p, anyService(p)) })
	t.Run("levels are claimed and verified", func(t *testing.T) { checkClaims(t, p) })
	t.Run("the programme is administered", func(t *testing.T) { checkAdministration(t, p) })
}

// signIns matches a line of the sign-ins that the sample prints: role, email, password.
var signIns = regexp.MustCompile(`(?m)^\s*(executive|planner|agency|auditor|admin)\s+(\S+@\S+)\s+(\S+)`)

// awaitSample waits until the program says that the sample is loaded.
func (p *program) awaitSample() {
	p.t.Helper()
	eventually(p.t, "the sample programme", func() bool {
		select {
		case <-p.done:
			p.t.Fatalf("mirsad serve --sample ended:\n%s", p.words)
		default:
		}
		return signIns.MatchString(p.words.String()) && strings.Contains(p.words.String(), sampleReady)
	})
}

// person returns the sample's sign-in of a role.
func (p *program) person(role string) (email, password string) {
	p.t.Helper()
	for _, match := range signIns.FindAllStringSubmatch(p.words.String(), -1) {
		if match[1] == role {
			return match[2], match[3]
		}
	}
	p.t.Fatalf("no sign-in of %s in\n%s", role, p.words)
	return "", ""
}

func anyService(p *program) string {
	var list struct {
		Items []struct {
			Code string `json:"code"`
		} `json:"items"`
	}
	p.get("/v1/services", &list)
	if len(list.Items) == 0 {
		p.t.Fatal("no service is live")
	}
	return list.Items[0].Code
}

// checkPublishedPoints compares with what was stated in public about such a programme (docs/rules.md#counted).
func checkPublishedPoints(t *testing.T, p *program) {
	t.Helper()
	for on, want := range map[string]struct {
		counted int
		plan    float64
	}{"2014-01-01": {194, 0}, "2015-05-31": {459, 0}, "2015-12-31": {681, 711}, "2016-12-31": {0, 1000}} {
		var got struct {
			Counted       int    `json:"counted"`
			Plan          number `json:"plan"`
			ScheduleIndex number `json:"schedule_index"`
			RequiredRate  number `json:"required_rate"`
		}
		p.get("/v1/progress?on="+on, &got)
		if want.counted != 0 && got.Counted != want.counted {
			t.Errorf("on %s: counted %d, want %d", on, got.Counted, want.counted)
		}
		if want.plan != 0 && !got.Plan.is(want.plan) {
			t.Errorf("on %s: plan %v, want %v", on, got.Plan, want.plan)
		}
		if on == "2015-12-31" && (!got.ScheduleIndex.is(0.958) || !got.RequiredRate.is(26.6)) {
			t.Errorf("on %s: index %v, required rate %v; want 0.958 and 26.6", on, got.ScheduleIndex, got.RequiredRate)
		}
	}
}

// everyPage lists the pages of the dashboard, below the language.
func everyPage(p *program) []string {
	var entities struct {
		Items []struct {
			Code string `json:"code"`
		} `json:"items"`
	}
	p.get("/v1/entities", &entities)
	return []string{"/", "/entities", "/entities/" + entities.Items[0].Code, "/services", "/services/" + anyService(p), "/usage", "/plans", "/plans?milestones=due&shift=" + askedScenario, "/quality", "/definitions"}
}

// askedScenario is the scenario whose figures are compared with the API's, the one of everyPage.
const askedScenario = "level:4:-10"

// checkAgreement opens every page in both languages and compares each number with the API and the workbook.
func checkAgreement(t *testing.T, p *program) {
	t.Helper()
	want := apiFigures(p)
	b := openBrowser(t, p.service.URL)
	email, password := p.person("executive")
	b.signIn(p.service.URL, email, password)
	b.takeFaults()
	compared, followed := 0, map[string]bool{}
	for _, language := range []string{"en", "ar"} {
		for _, path := range everyPage(p) {
			page := p.service.URL + "/" + language + path
			b.open(page)
			for name, values := range b.figures() {
				for _, value := range values {
					if expected, found := want[name]; found {
						compared++
						if !sameNumber(value, expected) {
							t.Errorf("%s: %s is %q, the API says %q", page, name, value, expected)
						}
					}
				}
			}
			if strings.Contains(b.text(), "⟦") {
				t.Errorf("%s: a text is missing", page)
			}
			for _, dead := range b.deadLinks(followed) {
				t.Errorf("%s: a link leads nowhere: %s", page, dead)
			}
			for _, fault := range b.axe() {
				t.Errorf("%s: axe: %s", page, fault)
			}
			for _, fault := range b.takeFaults() {
				t.Errorf("%s: %s", page, fault)
			}
		}
		checkWorkbook(t, p, language, want)
	}
	if compared < 40 {
		t.Errorf("only %d numbers were compared", compared)
	}
	t.Logf("%d numbers on the pages equal the API's", compared)
}

func checkWorkbook(t *testing.T, p *program, language string, want map[string]string) {
	t.Helper()
	status, content := p.request(http.MethodGet, "/v1/reports/2016-09/highlights.xlsx?lang="+language, "", nil)
	if status != http.StatusOK {
		t.Fatalf("workbook: %d %s", status, content)
	}
	book := openWorkbook(t, content)
	if book.rightToLeft() != (language == "ar") {
		t.Errorf("%s: right to left is %v", language, book.rightToLeft())
	}
	compared := 0
	for name, expected := range want {
		cell := strings.ReplaceAll(name, ".", "_")
		if _, found := book.names[cell]; !found {
			continue
		}
		compared++
		if got := book.value(cell); !sameNumber(got, expected) {
			t.Errorf("workbook %s: %s is %q, the API says %q", language, cell, got, expected)
		}
	}
	if compared < 12 {
		t.Errorf("workbook %s: only %d numbers were compared", language, compared)
	}
	t.Logf("workbook %s: %d numbers equal the API's", language, compared)
}

// apiFigures flattens the API's answers: progress.by_level.1 → 312, usage.growth.naive → 0.031; "" where there is no value.
func apiFigures(p *program) map[string]string {
	flat := map[string]string{}
	for prefix, path := range map[string]string{
		"progress": "/v1/progress", "usage.growth": "/v1/usage/growth?period=2016-09", "usage.take_up": "/v1/usage/take-up?period=2016-09",
		"milestones": "/v1/milestones?limit=1", "what_if": "/v1/progress/what-if?shift=" + askedScenario,
	} {
		var answer map[string]any
		p.get(path, &answer)
		flatten(prefix, answer, flat)
		flattenList("platforms", "entity", answer["platforms"], flat)
		flattenList("plans", "entity", answer["entities"], flat)
	}
	var tested map[string]any
	p.get("/v1/progress/forecast?limit=1", &tested)
	flattenList("forecast.horizons", "months", tested["horizons"], flat)
	var milestones struct {
		Items []map[string]any `json:"items"`
	}
	p.get("/v1/milestones?limit=1000", &milestones)
	for _, each := range milestones.Items {
		flatten("milestones."+fmt.Sprint(each["service"])+".slip", each["slip"], flat)
	}
	return flat
}

// flattenList flattens a list's items, each under the value of one of its names.
func flattenList(name, key string, list any, into map[string]string) {
	items, _ := list.([]any)
	for _, item := range items {
		if each, is := item.(map[string]any); is {
			flatten(name+"."+fmt.Sprint(each[key]), each, into)
		}
	}
}

func flatten(name string, value any, into map[string]string) {
	switch v := value.(type) {
	case map[string]any:
		if state, isNumber := v["state"]; isNumber && state != nil {
			into[name] = ""
			if v["value"] != nil {
				flatten(name, v["value"], into)
			}
			return
		}
		for key, each := range v {
			flatten(name+"."+key, each, into)
		}
	case float64:
		into[name] = strconv.FormatFloat(v, 'f', -1, 64)
	}
}

// sameNumber compares two numbers as numbers: 0.95 and 0.950 are the same, "" equals only "".
func sameNumber(a, b string) bool {
	x, errA := strconv.ParseFloat(a, 64)
	y, errB := strconv.ParseFloat(b, 64)
	if errA != nil || errB != nil {
		return a == b
	}
	return x == y
}

// checkClosed asks for everything without signing in.
func checkClosed(t *testing.T, p *program) {
	t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for path, want := range map[string]int{
		"/en/": http.StatusSeeOther, "/ar/entities": http.StatusSeeOther, "/en/usage": http.StatusSeeOther,
		"/ar/plans": http.StatusSeeOther, "/charts/plan-timeline.csv": http.StatusUnauthorized,
		"/ar/quality": http.StatusSeeOther, "/v1/quality": http.StatusUnauthorized, "/v1/quality.csv": http.StatusUnauthorized,
		"/v1/progress": http.StatusUnauthorized, "/v1/services": http.StatusUnauthorized, "/v1/usage/growth": http.StatusUnauthorized,
		"/en/audit": http.StatusSeeOther, "/v1/audit": http.StatusUnauthorized, "/v1/audit.csv": http.StatusUnauthorized,
		"/v1/reports/2016-09/highlights.xlsx": http.StatusUnauthorized, "/v1/quarantine": http.StatusUnauthorized, "/healthz": http.StatusOK,
	} {
		answer, err := client.Get(p.service.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != want {
			t.Errorf("GET %s without signing in: %d, want %d", path, answer.StatusCode, want)
		}
	}
}

// checkTwiceIsOnce sends the same body three times and its events in other batches.
func checkTwiceIsOnce(t *testing.T, p *program, service string) {
	t.Helper()
	lines := make([]string, 30)
	for i := range lines {
		lines[i] = usage(fmt.Sprintf("again-%d", i), service, strconv.Itoa(i))
	}
	p.send(lines...)
	p.settle()
	before, progress := p.mustAgree(), p.answer("/v1/usage?grain=month")
	p.send(lines...)
	p.send(lines...)
	for start := 0; start < len(lines); start += 7 {
		p.send(lines[start:min(start+7, len(lines))]...)
	}
	p.settle()
	after := p.mustAgree()
	if before != after {
		t.Errorf("before %+v, after %+v", before, after)
	}
	if again := p.answer("/v1/usage?grain=month"); again != progress {
		t.Errorf("figures changed:\n%s\n%s", progress, again)
	}
}

// answer returns an answer's figures as text, without the stamp, which names the newest data.
func (p *program) answer(path string) string {
	p.t.Helper()
	var content map[string]any
	p.get(path, &content)
	delete(content, "as_at")
	delete(content, "data_version")
	text, err := json.Marshal(content)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(text)
}
