package main

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"mirsad/internal/i18n"
)

// standings are the statuses that the API says on a date: of milestones by entity and code, of entities by name, of
// headline figures.
type standings struct {
	on         string
	milestones map[string]map[string]milestoneSaid
	entities   map[string]string
	headlines  []headlineSaid
}

type milestoneSaid struct {
	Service   string `json:"service"`
	Milestone string `json:"milestone"`
	Entity    string `json:"entity"`
	Status    string `json:"status"`
	Standing  string `json:"standing"`

	OriginalOn string `json:"original_on"`
	ActualOn   string `json:"actual_on"`
}

type headlineSaid struct {
	Kind      string `json:"kind"`
	Status    string `json:"status"`
	Direction string `json:"direction"`
}

// headlineFigures are the headlines' names as pages and workbook have them; take-up is no tile of the overview.
var headlineFigures = map[string]string{
	"counted": "progress.counted", "end_to_end": "progress.end_to_end", "required_rate": "progress.required_rate",
	"coverage": "coverage.share", "completed": "usage.completed", "like_for_like": "usage.growth.like_for_like",
	"take_up": "usage.take_up.value",
}

// checkStandings asks every milestone's, entity's and headline figure's status wherever it is shown: they agree, today
// and at the end of a year in which the count was at risk.
func checkStandings(t *testing.T, p *program) {
	t.Helper()
	email, password := p.person("auditor")
	reader := p.signInPlainly(t, email, password)
	seen := map[string]int{}
	for _, on := range []string{"2016-09-30", "2015-12-31"} {
		said := p.standingsOn(on)
		for entity := range said.milestones {
			reader.checkPlanOf(t, said, entity, seen)
		}
		reader.checkMilestones(t, said)
		reader.checkReach(t, p, said)
		reader.checkEntities(t, said)
		for _, language := range []i18n.Language{i18n.English, i18n.Arabic} {
			reader.checkTiles(t, said, language)
			p.checkHighlights(t, said, language)
		}
	}
	t.Logf("standings that agreed: %v", seen)
	for _, status := range []string{"done", "awaiting_verification", "late", "at_risk", "due", "planned"} {
		if seen[status] == 0 {
			t.Errorf("no milestone of the sample is %s", status)
		}
	}
}

// standingsOn asks the API.
func (p *program) standingsOn(on string) *standings {
	said := &standings{on: on, milestones: map[string]map[string]milestoneSaid{}, entities: map[string]string{}}
	for next := ""; ; {
		var list struct {
			Items []milestoneSaid `json:"items"`
			Next  string          `json:"next"`
		}
		p.get("/v1/milestones?limit=500&on="+on+"&next="+url.QueryEscape(next), &list)
		for _, m := range list.Items {
			if said.milestones[m.Entity] == nil {
				said.milestones[m.Entity] = map[string]milestoneSaid{}
			}
			said.milestones[m.Entity][m.Milestone] = m
		}
		if next = list.Next; next == "" {
			break
		}
	}
	var entities struct {
		Items []struct {
			Name   string `json:"name"`
			Status string `json:"status"`
		} `json:"items"`
	}
	p.get("/v1/entities?limit=500&on="+on, &entities)
	for _, e := range entities.Items {
		said.entities[e.Name] = e.Status
	}
	var progress struct {
		Headlines []headlineSaid `json:"headlines"`
	}
	p.get("/v1/progress?on="+on, &progress)
	said.headlines = progress.Headlines
	return said
}

// page opens a page of the date.
func (v *asker) page(t *testing.T, said *standings, path string, pairs ...string) *html.Node {
	t.Helper()
	query := url.Values{"on": {said.on}}
	for i := 0; i < len(pairs); i += 2 {
		query.Set(pairs[i], pairs[i+1])
	}
	answer, body := v.ask(t, path+"?"+query.Encode(), "")
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d", path, answer.StatusCode)
	}
	document, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return document
}

// checkPlanOf compares an entity's plan as it reads it itself, and as its own page shows it.
func (v *asker) checkPlanOf(t *testing.T, said *standings, entity string, seen map[string]int) {
	t.Helper()
	want := said.milestones[entity]
	submitted := statusesIn(v.page(t, said, "/en/submit", "entity", entity), "plan", codeOf)
	public := statusesIn(v.page(t, said, "/en/entities/"+entity), "milestones", codeOf)
	for code, m := range want {
		seen[m.Standing]++
		if got := public[m.Service]; got != m.Standing {
			t.Errorf("on %s, /entities/%s: %s is %q, the API says %q", said.on, entity, m.Service, got, m.Standing)
		}
		got, planned := submitted[code]
		if planned && got != m.Standing {
			t.Errorf("on %s, /submit of %s: %s is %q, the API says %q", said.on, entity, code, got, m.Standing)
		}
		if planned {
			seen["on /submit"]++
		}
	}
}

// checkMilestones turns the pages of the programme's milestones, of each kind.
func (v *asker) checkMilestones(t *testing.T, said *standings) {
	t.Helper()
	on, err := time.Parse(time.DateOnly, said.on)
	if err != nil {
		t.Fatal(err)
	}
	soon, lately := on.AddDate(0, 0, 90).Format(time.DateOnly), on.AddDate(0, 0, -90).Format(time.DateOnly)
	for kind, is := range map[string]func(milestoneSaid) bool{
		"late":                  func(m milestoneSaid) bool { return m.Status == "late" },
		"awaiting_verification": func(m milestoneSaid) bool { return m.Status == "awaiting_verification" },
		"due":                   func(m milestoneSaid) bool { return m.Status == "open" && m.OriginalOn <= soon },
		"done":                  func(m milestoneSaid) bool { return m.Status == "done" && m.ActualOn > lately },
	} {
		want := map[string]string{}
		for _, milestones := range said.milestones {
			for _, m := range milestones {
				if is(m) {
					want[m.Service] = m.Standing
				}
			}
		}
		const onPage = 25
		got := map[string]string{}
		for page := 1; (page-1)*onPage < len(want); page++ {
			list := v.page(t, said, "/en/plans", "milestones", kind, "page", strconv.Itoa(page))
			maps.Copy(got, statusesIn(list, "milestones", codeOf))
		}
		if !maps.Equal(got, want) {
			t.Errorf("on %s, /plans lists %d milestones as %s, the API says %d: %v, want %v", said.on, len(got), kind, len(want), got, want)
		}
	}
}

func (v *asker) checkEntities(t *testing.T, said *standings) {
	t.Helper()
	nameOf := func(row *html.Node) string { return textOf(first(row, isElement("th"))) }
	got := statusesIn(v.page(t, said, "/en/entities"), "entities", nameOf)
	for name, status := range said.entities {
		if got[name] != status {
			t.Errorf("on %s, /entities: %s is %q, the API says %q", said.on, name, got[name], status)
		}
	}
}

// checkTiles compares the tiles of the overview.
func (v *asker) checkTiles(t *testing.T, said *standings, language i18n.Language) {
	t.Helper()
	tiles := map[string]*html.Node{}
	for _, tile := range all(v.page(t, said, "/"+string(language)+"/"), hasClass("tile")) {
		figure := first(first(tile, hasClass("tile__figure")), isElement("data"))
		tiles[attribute(figure, "data-figure")] = tile
	}
	for _, h := range said.headlines {
		tile := tiles[headlineFigures[h.Kind]]
		if tile == nil && h.Kind == "take_up" {
			continue
		}
		if tile == nil {
			t.Errorf("on %s, /%s/: no tile shows %s", said.on, language, h.Kind)
			continue
		}
		if got := statusOf(tile); got != h.Status {
			t.Errorf("on %s, /%s/: %s is %q, the API says %q", said.on, language, h.Kind, got, h.Status)
		}
	}
}

// checkHighlights compares the rows of the workbook's headline figures and, in English, its entities.
func (p *program) checkHighlights(t *testing.T, said *standings, language i18n.Language) {
	t.Helper()
	bundle, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	words := bundle.In(language)
	path := "/v1/reports/" + said.on[:7] + "/highlights.xlsx?lang=" + string(language)
	status, content := p.request(http.MethodGet, path, "", nil)
	if status != http.StatusOK {
		t.Fatalf("workbook of %s: %d", said.on, status)
	}
	book := openWorkbook(t, content)
	highlights := book.cells(words.T("reports.sheet.highlights"))
	for _, h := range said.headlines {
		_, cell, _ := strings.Cut(book.names[strings.ReplaceAll(headlineFigures[h.Kind], ".", "_")], "!")
		row := strings.TrimLeft(strings.ReplaceAll(cell, "$", ""), "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
		got, want := highlights["G"+row], words.Standing(h.Status, h.Direction)
		if want == "" || !strings.HasSuffix(got, want) {
			t.Errorf("on %s, workbook %s: %s is %q, the API says %q", said.on, language, h.Kind, got, want)
		}
	}
	if language != i18n.English {
		return
	}
	entities := book.cells(words.T("reports.sheet.entities"))
	found := 0
	for cell, name := range entities {
		row, isName := strings.CutPrefix(cell, "B")
		want, known := said.entities[name]
		if !isName || !known {
			continue
		}
		found++
		if got := entities["C"+row]; !strings.HasSuffix(got, words.Status(want)) {
			t.Errorf("on %s, workbook: %s is %q, the API says %q", said.on, name, got, want)
		}
	}
	if found != len(said.entities) {
		t.Errorf("on %s, workbook: %d of %d entities", said.on, found, len(said.entities))
	}
}

// statusesIn reads the statuses of a table's rows, each under what names the row.
func statusesIn(document *html.Node, table string, name func(*html.Node) string) map[string]string {
	statuses := map[string]string{}
	for _, each := range all(document, func(n *html.Node) bool { return n.Data == "table" && hasClass(table)(n) }) {
		for _, row := range all(each, isElement("tr")) {
			if key := name(row); key != "" && first(row, isElement("td")) != nil {
				statuses[key] = statusOf(row)
			}
		}
	}
	return statuses
}

func codeOf(row *html.Node) string { return textOf(first(row, hasClass("code"))) }

// statusOf is the code of the first status that is shown; empty for none.
func statusOf(n *html.Node) string {
	shown := first(n, hasClass("status"))
	for each := range strings.FieldsSeq(attribute(shown, "class")) {
		if code, is := strings.CutPrefix(each, "status--"); is {
			return code
		}
	}
	return ""
}

func isElement(name string) func(*html.Node) bool {
	return func(n *html.Node) bool { return n.Type == html.ElementNode && n.Data == name }
}

func hasClass(name string) func(*html.Node) bool {
	return func(n *html.Node) bool {
		return n.Type == html.ElementNode && slices.Contains(strings.Fields(attribute(n, "class")), name)
	}
}

func attribute(n *html.Node, name string) string {
	if n == nil {
		return ""
	}
	for _, each := range n.Attr {
		if each.Key == name {
			return each.Val
		}
	}
	return ""
}

func all(n *html.Node, is func(*html.Node) bool) []*html.Node {
	var found []*html.Node
	if n != nil {
		for each := range n.Descendants() {
			if is(each) {
				found = append(found, each)
			}
		}
	}
	return found
}

func first(n *html.Node, is func(*html.Node) bool) *html.Node {
	if found := all(n, is); len(found) > 0 {
		return found[0]
	}
	return nil
}

func textOf(n *html.Node) string {
	var text strings.Builder
	for _, each := range all(n, func(n *html.Node) bool { return n.Type == html.TextNode }) {
		text.WriteString(each.Data)
	}
	return strings.TrimSpace(text.String())
}
