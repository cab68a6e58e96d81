package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

var (
	firstPasswords = regexp.MustCompile(`[a-z2-7]{5}(-[a-z2-7]{5}){3}`)
	bearers        = regexp.MustCompile(`([0-9a-f]{18})\.[\w-]{43}`)
)

// TestPeoplePages makes a person and a token in the browser, uses both, and ends them again.
func TestPeoplePages(t *testing.T) {
	t.Parallel()
	p := serve(t, t.TempDir())
	p.enterHostileNames(t)
	for _, line := range [][2]string{{"admin@example.qa", "admin"}, {"auditor@example.qa", "auditor"}} {
		command := mirsad(t.Context(), t, p.data, "user", "create", "--email", line[0], "--name", hostileNames[1], "--role", line[1], "--keep-password")
		command.Stdin = strings.NewReader("a long password of the test\n")
		if words, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, words)
		}
	}
	b := openBrowser(t, p.service.URL)
	b.signIn(p.service.URL, "admin@example.qa", "a long password of the test")
	b.takeFaults()
	addPerson(t, p, b)
	addToken(t, p, b)
	for _, language := range []string{"en", "ar"} {
		for _, path := range []string{"/people", "/people?person=noor@example.qa", "/tokens", "/sessions"} {
			b.lookAt(t, p, language, path)
		}
	}
	b.open(p.service.URL + "/ar/people?person=noor@example.qa")
	b.run(chromedp.Click(`form[action="/ar/people/disable"] button`), chromedp.WaitVisible(`[role=status].remark`))
	if text := b.text(); !strings.Contains(text, "عُطّل الحساب") {
		t.Errorf("the page does not tell of the end: %s", text)
	}
	auditor := openBrowser(t, p.service.URL)
	auditor.signIn(p.service.URL, "auditor@example.qa", "a long password of the test")
	auditor.takeFaults()
	for _, path := range []string{"/people", "/tokens", "/sessions"} {
		auditor.lookAt(t, p, "en", path)
		var forms int
		auditor.run(chromedp.Evaluate(`document.querySelectorAll("main form[method=post]").length`, &forms))
		if forms != 0 {
			t.Errorf("%s offers an auditor %d forms", path, forms)
		}
	}
}

func addPerson(t *testing.T, p *program, b *browser) {
	t.Helper()
	b.open(p.service.URL + "/en/people")
	b.run(
		chromedp.SendKeys(`#new-email`, "noor@example.qa"), chromedp.SendKeys(`#new-name`, "Noor"),
		chromedp.SetValue(`#new-role`, "agency"),
		chromedp.Click(`form[action="/en/people"][method=post] button`), chromedp.WaitVisible(`#new-entity-fault`),
	)
	b.shoot(t, "people-fault")
	b.takeFaults() // the browser logs the 422
	b.run(chromedp.SetValue(`#new-entity`, "h2"), chromedp.Click(`form[action="/en/people"][method=post] button`), chromedp.WaitVisible(`.secret`))
	b.shoot(t, "people-once")
	password := firstPasswords.FindString(b.text())
	if status, location, _ := p.visitor().do("POST", "/en/sign-in", "email", "noor@example.qa", "password", password); status != 303 {
		t.Errorf("the first password %q opens nothing: %d %s", password, status, location)
	}
}

func addToken(t *testing.T, p *program, b *browser) {
	t.Helper()
	b.open(p.service.URL + "/ar/tokens")
	b.run(
		chromedp.Click(`input[value=read]`), chromedp.SetValue(`#new-days`, "30"),
		chromedp.Click(`form[action="/ar/tokens"][method=post] button`), chromedp.WaitVisible(`.secret`),
	)
	found := bearers.FindStringSubmatch(b.text())
	if found == nil {
		t.Fatalf("no bearer in %s", b.text())
	}
	read := func() int { return p.status(t.Context(), found[0], "/v1/progress") }
	if status := read(); status != 200 {
		t.Errorf("the new token is answered with %d", status)
	}
	b.open(p.service.URL + "/en/tokens?token=" + found[1])
	b.shoot(t, "token-open")
	b.run(chromedp.Click(`form[action="/en/tokens/revoke"] button`), chromedp.WaitVisible(`[role=status].remark`))
	eventually(t, "the revoked token to open nothing", func() bool { return read() == 401 })
}

// lookAt opens a page of the office and complains of what a reader or a browser would.
func (b *browser) lookAt(t *testing.T, p *program, language, path string) {
	t.Helper()
	b.open(p.service.URL + "/" + language + path)
	if strings.Contains(b.text(), "⟦") {
		t.Errorf("%s%s: a text is missing", language, path)
	}
	for _, fault := range append(b.axe(), b.takeFaults()...) {
		t.Errorf("%s%s: %s", language, path, fault)
	}
	var hacked bool
	if b.run(chromedp.Evaluate(`"hacked" in window`, &hacked)); hacked {
		t.Errorf("%s%s: a script of a name has run", language, path)
	}
	name := language + strings.NewReplacer("/", "-", "?", "-", "@", "-").Replace(path)
	for _, width := range []int64{390, 1440} {
		var over int64
		b.run(chromedp.EmulateViewport(width, 900),
			chromedp.Evaluate(`document.documentElement.scrollWidth - document.documentElement.clientWidth`, &over))
		if over > 0 {
			t.Errorf("%s%s: %d px wide, it is %d px too wide", language, path, width, over)
		}
		b.shoot(t, fmt.Sprintf("%s-%d", name, width))
	}
}

// shoot writes a picture of the open page into the folder named by PAGE_PICTURES, if any.
func (b *browser) shoot(t *testing.T, name string) {
	t.Helper()
	folder := os.Getenv("PAGE_PICTURES")
	if folder == "" {
		return
	}
	var shot []byte
	b.run(chromedp.FullScreenshot(&shot, 100))
	if err := os.WriteFile(filepath.Join(folder, name+".png"), shot, 0o600); err != nil {
		t.Fatal(err)
	}
}
