package main

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// hostileNames are names that would run, load or change something where a page, a chart or a spreadsheet is careless
// (docs/design.md#hostile-input). Each would leave its mark: window.hacked, or a request.
var hostileNames = []string{
	`__f__window.hacked=1__f__`, `</script><script>window.hacked=2</script>`, `<img src=x onerror="window.hacked=3">`,
	`=cmd|' /C calc'!A0`, `=HYPERLINK("http://evil.example/","here")`, `@SUM(1+1)*cmd`, `+1+1`, `-2+3`,
	"\u202egnp.exe\u202c", "\u2066left\u2069", `"><svg onload=window.hacked=4>`, `javascript:window.hacked=5`, `{{.}}{{"x"}}`, `${window.hacked=6}`,
	`<a href="https://evil.example/">x</a>`, `&lt;b&gt;`, `' OR 1=1 --`, `＝1+1`, `－2+3`, "\u2068=3+3\u2069", `وزارة <b>الداخلية</b>`, `{b}{c|x}`, `[[1,2]]`,
}

// TestHostileNames puts the corpus wherever a text can be entered and looks at everything that shows it.
func TestHostileNames(t *testing.T) {
	p := serve(t, t.TempDir())
	p.enterHostileNames(t)
	p.enterHostileDecisions(t)
	p.enterHostilePlans(t)
	b := openBrowser(t, p.service.URL)
	b.signIn(p.service.URL, "h1@example.qa", hostilePassword)
	b.takeFaults()
	var shown strings.Builder
	for _, language := range []string{"en", "ar"} {
		for _, path := range slices.Concat(everyPage(p), officePages, []string{"/services?status=all", "/quality", "/quality?entity=h0"}) {
			b.open(p.service.URL + "/" + language + path)
			shown.WriteString(b.text())
			if faults := b.takeFaults(); len(faults) > 0 {
				t.Errorf("/%s%s: %s", language, path, strings.Join(faults, "; "))
			}
			var hacked bool
			b.run(chromedp.Evaluate(`"hacked" in window`, &hacked))
			if hacked {
				t.Errorf("/%s%s: a script of a name has run", language, path)
			}
		}
	}
	for _, name := range []string{hostileNames[0], hostileNames[1], hostileNames[12]} {
		if !strings.Contains(shown.String(), name) {
			t.Errorf("no page shows %q as it is written", name)
		}
	}
	p.checkHostileTables(t)
	p.checkHostileWorkbooks(t)
}

// enterHostileNames makes an entity and a service of every name, with a launch and use, and refused rows.
func (p *program) enterHostileNames(t *testing.T) {
	t.Helper()
	folder := t.TempDir()
	files := map[string][][]string{
		"entities.csv": {{"code", "name", "name_ar"}},
		"services.csv": {{"code", "name", "name_ar", "entity", "description", "audience", "channels", "launched_on", "level"}},
	}
	var lines []string
	for n, name := range hostileNames {
		other := hostileNames[(n+7)%len(hostileNames)]
		entity, service := fmt.Sprintf("h%d", n), fmt.Sprintf("h%d-s", n)
		files["entities.csv"] = append(files["entities.csv"], []string{entity, name, other})
		files["services.csv"] = append(files["services.csv"], []string{service, name, other, entity, name, other, "web", "2016-01-01", "1"})
		lines = append(lines, usage("u", service, strconv.Itoa(n+1)), usage(quoted(name), service, "-1"))
	}
	var paths []string
	for _, file := range []string{"entities.csv", "services.csv"} {
		var content strings.Builder
		writer := csv.NewWriter(&content)
		if err := writer.WriteAll(files[file]); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(folder, file)
		if err := os.WriteFile(path, []byte(content.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	p.must("import", "catalogue", paths[0], paths[1])
	if got := p.send(lines...); got.Accepted != len(hostileNames) {
		t.Fatalf("%+v", got)
	}
	p.settle()
}

// quoted returns a text as it stands within the quotes of JSON.
func quoted(text string) string { return strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) }

// What a spreadsheet program may take for a formula, and the numbers that it may not be kept from.
var (
	likeFormula = regexp.MustCompile(`^(?:[\t\r\n]|[\s\p{Z}\p{C}]*[=+@＝＋－＠-])`)
	plainNumber = regexp.MustCompile(`^-?\d+(\.\d+)?$`)
)

// checkHostileTables reads every CSV: no cell may begin like a formula.
func (p *program) checkHostileTables(t *testing.T) {
	t.Helper()
	for _, path := range []string{
		"/v1/services.csv?status=all", "/v1/entities.csv", "/v1/progress/services.csv", "/v1/usage.csv?by=service&on=2016-08-31",
		"/v1/quality.csv", "/v1/quarantine.csv", "/v1/audit.csv",
		"/v1/submissions.csv", "/v1/milestones.csv", "/v1/progress/forecast.csv",
		"/charts/entities.csv", "/charts/plan-timeline.csv", "/charts/burn-up.csv?lang=ar", "/charts/service-use.csv?service=h0-s",
	} {
		status, body := p.request(http.MethodGet, path, "", nil)
		if status != http.StatusOK {
			t.Errorf("%s: %d %.200s", path, status, body)
			continue
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(body), "\ufeff"))).ReadAll()
		if err != nil {
			t.Errorf("%s: %v", path, err)
		}
		for _, row := range rows {
			for _, cell := range row {
				if likeFormula.MatchString(cell) && !plainNumber.MatchString(cell) {
					t.Errorf("%s: a cell reads %q", path, cell)
				}
			}
		}
	}
}

// checkHostileWorkbooks looks for formulas and links in the workbooks of both languages.
func (p *program) checkHostileWorkbooks(t *testing.T) {
	t.Helper()
	for _, language := range []string{"en", "ar"} {
		file := filepath.Join(t.TempDir(), language+".xlsx")
		p.must("report", "--month", "2016-08", "--lang", language, "--out", file)
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for name, part := range openWorkbook(t, content).parts {
			text := string(part)
			if strings.Contains(text, "<f>") && strings.Contains(text, "cmd|") {
				t.Errorf("%s %s holds a formula of a name", language, name)
			}
			if strings.HasSuffix(name, ".rels") && strings.Contains(text, "evil.example") {
				t.Errorf("%s %s links to where a name wants", language, name)
			}
		}
	}
}
