package web

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mirsad/internal/access"
)

func TestTheBoardOfSubmissions(t *testing.T) {
	db := claimStore(t)
	office := storeSite(t, db, planner)
	_, body := get(t, office, "/en/submissions?month=2016-08")
	for _, want := range []string{
		"Submissions for August 2016", "10 September 2016", "20 days overdue", `data-figure="submissions.claims.overdue" value="1"`,
		`href="/v1/submissions.csv?lang=en&amp;month=2016-08"`, `href="/en/submissions?month=2016-07"`, "Justice &lt;img",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %q", want)
		}
	}
	if strings.Contains(body, "⟦") || strings.Contains(body, "<img src=x") {
		t.Error("a text is missing, or a name is no text")
	}
	if _, body := get(t, office, "/ar/submissions?month=2016-08&state=accepted"); !strings.Contains(body, "لا توجد جهة بهذا الوصف") {
		t.Error("the state does not filter")
	}
	if answer, _ := get(t, office, "/en/submissions?month=soon"); answer.StatusCode != http.StatusBadRequest {
		t.Errorf("no month: %d", answer.StatusCode)
	}
	if _, body := get(t, storeSite(t, db, mojAgency), "/en/submissions?month=2016-08"); strings.Contains(body, "Interior") {
		t.Error("an agency sees another's submissions")
	}
	for who, want := range map[*access.Principal]int{&auditor: http.StatusOK, &administrator: http.StatusOK, &moiAgency: http.StatusOK, &executive: http.StatusForbidden} {
		if answer, _ := get(t, storeSite(t, db, *who), "/en/submissions"); answer.StatusCode != want {
			t.Errorf("%s: %d, want %d", who.ID, answer.StatusCode, want)
		}
	}
}

func TestTheBoardOfSubmissionsInABrowser(t *testing.T) {
	axe, err := os.ReadFile(filepath.Join("..", "internal", "tools", "proof", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Skip(skipReason(t, "axe is not installed: run `make proof-tools`"))
	}
	server := storeSite(t, claimStore(t), planner)
	tab, heard := browser(t, server)
	for _, language := range []string{"en", "ar"} {
		address := server.URL + "/" + language + "/submissions?month=2016-08"
		if err := open(tab, address, 1440); err != nil {
			t.Fatal(err)
		}
		for _, finding := range accessible(tab, t, string(axe)) {
			t.Errorf("%s: axe: %s", language, finding)
		}
		noSidewaysScroll(tab, t, 320)
		if folder := os.Getenv("MIRSAD_SCREENSHOTS"); folder != "" {
			picture(tab, t, address, filepath.Join(folder, language+"_submissions.png"), 1440)
		}
	}
	for _, complaint := range heard.taken() {
		t.Error(complaint)
	}
}
