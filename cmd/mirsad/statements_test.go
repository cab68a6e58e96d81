package main

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestTotalsTypedInTheTrueProgram types an agency's totals in Arabic, confirms them, and looks for the figure where programs
// read, for the receipt and for the row of the audit record. Then somebody without an account does the same by a signed link.
func TestTotalsTypedInTheTrueProgram(t *testing.T) {
	t.Parallel()
	p := serve(t, t.TempDir(), "--sample")
	p.awaitSample()
	agency := openBrowser(t, p.service.URL)
	email, password := p.person("agency")
	agency.signIn(p.service.URL, email, password)
	agency.takeFaults()
	for _, language := range []string{"ar", "en"} {
		agency.lookAt(t, p, language, "/statements")
		agency.lookAt(t, p, language, "/statements?month=2016-08&page=2")
	}
	agency.open(p.service.URL + "/ar/statements?month=2016-08")
	service := agency.typeTotal("٤٬٣٢١")
	if text := agency.text(); !strings.Contains(text, "4,321") || !strings.Contains(text, "لم يُرسل شيء بعد") {
		t.Errorf("the check:\n%s", text)
	}
	entity := p.ownerOf(service)
	receipt := agency.confirmTotals(t)
	p.awaitTotal(service, "2016-08", 4321)
	var kept struct {
		Entity   string
		Accepted int
	}
	if p.get("/v1/receipts/"+receipt, &kept); kept.Entity != entity || kept.Accepted != 1 {
		t.Errorf("the receipt: %+v", kept)
	}
	p.awaitAudit("action=submit&object="+url.QueryEscape("statements/"+entity+"/2016-08"), 2) // what was checked, and what was sent

	made := p.makeLink(t, `{"purpose":"statements","entity":"`+entity+`","month":"2016-07","email":"noor@example.qa","language":"en"}`)
	reader := openBrowser(t, p.service.URL)
	reader.open(p.service.URL + made.Address[strings.Index(made.Address, "/en/link/"):])
	reader.run(chromedp.Click(`main form button[type=submit]`), chromedp.WaitNotPresent(`form[action*="/link/"]`))
	reader.open(p.service.URL + "/en/statements")
	service = reader.typeTotal("1234")
	reader.confirmTotals(t)
	if !strings.Contains(reader.text(), "The link has been used") {
		t.Errorf("the last page:\n%s", reader.text())
	}
	p.awaitTotal(service, "2016-07", 1234)
	p.awaitAudit("action=submit&object="+url.QueryEscape("statements/"+entity+"/2016-07"), 2)
	p.awaitAudit("action=link_use", 1)
}

// typeTotal types the completed uses of the web channel of the first service that has one, has them checked, and returns
// the service.
func (b *browser) typeTotal(value string) (service string) {
	var name string
	field := `input[name^="value.web.completed."]`
	b.run(chromedp.AttributeValue(field, "name", &name, nil), chromedp.SendKeys(field, value),
		chromedp.Click(`form.totals button[type=submit]`), chromedp.WaitVisible(`form.stack button[type=submit]`))
	return strings.TrimPrefix(name, "value.web.completed.")
}

var wholeReceipt = regexp.MustCompile(`^[0-9a-f]{32}$`)

// confirmTotals confirms what was checked and returns the receipt.
func (b *browser) confirmTotals(t *testing.T) (receipt string) {
	t.Helper()
	b.run(chromedp.Evaluate(`document.querySelector("form.stack [name=sure]")?.click()`, nil)) // it is far from the months before
	b.run(chromedp.Click(`form.stack button[type=submit]`), chromedp.WaitVisible(`.receipt`), chromedp.Text(`.receipt`, &receipt))
	if receipt = strings.TrimSpace(receipt); !wholeReceipt.MatchString(receipt) {
		t.Fatalf("receipt %q", receipt)
	}
	return receipt
}

func (p *program) ownerOf(service string) string {
	var found struct{ Entity string }
	p.get("/v1/services/"+url.PathEscape(service), &found)
	return found.Entity
}

// awaitTotal waits until /v1/usage answers a service's completed uses on the web in a month with a value.
func (p *program) awaitTotal(service, month string, want int64) {
	p.t.Helper()
	var got struct {
		Series []struct {
			Key    string
			Points []struct{ Total struct{ Value *int64 } }
		}
	}
	eventually(p.t, fmt.Sprintf("%d uses of %s in %s", want, service, month), func() bool {
		p.get("/v1/usage?grain=month&by=channel&from="+month+"-01&to="+month+"-28&service="+url.QueryEscape(service), &got)
		for _, series := range got.Series {
			if series.Key == "web" && len(series.Points) == 1 && series.Points[0].Total.Value != nil && *series.Points[0].Total.Value == want {
				return true
			}
		}
		return false
	})
}
