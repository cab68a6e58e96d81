package web

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"mirsad/internal/browsertest"
)

// TestThePageOfTotalsInABrowser looks at the page empty, with faults and what is to be confirmed, and with its receipt,
// as axe and a narrow screen do.
func TestThePageOfTotalsInABrowser(t *testing.T) {
	t.Parallel()
	axe, err := os.ReadFile(filepath.Join("..", "internal", "tools", "proof", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Skip(skipReason(t, "axe is not installed: run `make proof-tools`"))
	}
	s := totalsSiteOf(t)
	tab, heard := browser(t, s.server)
	field := func(name string) string { return `[name="` + name + `"]` }
	for _, language := range []string{"en", "ar"} {
		if err := open(tab, s.server.URL+"/"+language+"/statements", 1440); err != nil {
			t.Fatal(err)
		}
		looked(tab, t, string(axe), language+"_totals")
		value := map[string]string{"en": "141", "ar": "١٤٢"}[language]
		err := chromedp.Run(tab, browsertest.Steady(chromedp.SendKeys(field("value.web.started.visa"), value),
			chromedp.SendKeys(field("value.counter.started.permit"), "many"),
			chromedp.SetValue(field("state.counter.started.visa"), map[string]string{
				"en": "not_applicable",
				"ar": "not_provided",
			}[language]),
			chromedp.Click(`form.totals button[type=submit]`), chromedp.WaitVisible(`[role=alert]`))...)
		if err != nil {
			t.Fatal(err)
		}
		looked(tab, t, string(axe), language+"_totals_faults")
		for _, complaint := range heard.taken() {
			if !strings.Contains(complaint, "422") {
				t.Error(complaint)
			}
		}
		var receipt string
		err = chromedp.Run(tab, browsertest.Steady(chromedp.Click(`form.stack button[type=submit]`),
			chromedp.WaitVisible(`.receipt`), chromedp.Text(`.receipt`, &receipt))...)
		if err != nil || len(receipt) != 32 {
			t.Fatalf("receipt %q, %v", receipt, err)
		}
		looked(tab, t, string(axe), language+"_totals_receipt")
		for _, complaint := range heard.taken() {
			t.Error(complaint)
		}
		s.settle()
	}
}
