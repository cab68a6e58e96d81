package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"mirsad/internal/browsertest"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser is a real Chromium that notes what a page must not do.
type browser struct {
	t      *testing.T
	ctx    context.Context
	host   string
	mu     sync.Mutex
	faults []string
}

func openBrowser(t *testing.T, base string) *browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		missing(t, "no chromium: make test installs it as root")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stop := chromedp.NewContext(allocator)
	ctx, stopTimer := context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(func() { stopTimer(); stop(); stopAllocator() })
	parsed, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{t: t, ctx: ctx, host: parsed.Host}
	chromedp.ListenTarget(ctx, b.note)
	if err := chromedp.Run(ctx); err != nil { // starts it for the whole test: what starts it in one step ends it with the step
		t.Fatal(err)
	}
	b.run(network.Enable(), log.Enable(), audits.Enable())
	return b
}

// note remembers scripts' faults, policy violations and requests to another host.
func (b *browser) note(event any) {
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		b.fault("exception: " + e.ExceptionDetails.Error())
	case *log.EventEntryAdded:
		if e.Entry.Level == log.LevelError {
			b.fault("log: " + e.Entry.Text + " " + e.Entry.URL)
		}
	case *audits.EventIssueAdded:
		if e.Issue.Details.ContentSecurityPolicyIssueDetails != nil {
			b.fault("policy: " + e.Issue.Details.ContentSecurityPolicyIssueDetails.ViolatedDirective)
		}
	case *network.EventRequestWillBeSent:
		if to, err := url.Parse(e.Request.URL); err == nil && to.Scheme != "data" && to.Host != b.host {
			b.fault("request to another host: " + e.Request.URL)
		}
	}
}

func (b *browser) fault(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.faults = append(b.faults, text)
}

// takeFaults returns and forgets what was noted.
func (b *browser) takeFaults() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	faults := b.faults
	b.faults = nil
	return faults
}

// stepTime is how long one step of a page may take.
const stepTime = time.Minute

func (b *browser) run(actions ...chromedp.Action) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, stepTime)
	defer cancel()
	err := chromedp.Run(ctx, browsertest.Steady(actions...)...)
	if ctx.Err() != nil {
		b.t.Fatalf("the page has not done within %s what this line waits for", stepTime)
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

// signIn fills in the form as a person would.
func (b *browser) signIn(base, email, password string) {
	b.t.Helper()
	b.run(
		chromedp.Navigate(base+"/en/sign-in"),
		chromedp.SendKeys(`input[name=email]`, email),
		chromedp.SendKeys(`input[name=password]`, password),
		chromedp.Submit(`input[name=password]`),
		chromedp.WaitVisible(`[data-figure="progress.counted"]`),
	)
}

// figures returns each data-figure of the open page with its raw value, as often as it stands there.
func (b *browser) figures() map[string][]string {
	b.t.Helper()
	var list [][2]string
	b.run(chromedp.Evaluate(`[...document.querySelectorAll("[data-figure]")].map(e => [e.dataset.figure, e.getAttribute("value") ?? ""])`, &list))
	found := map[string][]string{}
	for _, each := range list {
		found[each[0]] = append(found[each[0]], each[1])
	}
	return found
}

// axe returns what the accessibility rules find on the open page.
func (b *browser) axe() []string {
	b.t.Helper()
	const source = "../../internal/tools/proof/node_modules/axe-core/axe.min.js"
	script, err := os.ReadFile(source)
	if err != nil {
		missing(b.t, "no axe: run make proof-tools")
	}
	var ignored any
	var found []string
	b.run(
		chromedp.Evaluate(string(script)+";undefined", &ignored),
		chromedp.Evaluate(`axe.run(document).then(r => r.violations.map(v => v.id + ": " + v.nodes.map(n => n.target.join(" ")).join(", ")))`,
			&found, func(p *runtime.EvaluateParams) *runtime.EvaluateParams {
				return p.WithAwaitPromise(true).WithReturnByValue(true)
			}),
	)
	return found
}

// deadLinks follows the links of the open page that were not followed before and returns those that fail.
func (b *browser) deadLinks(followed map[string]bool) []string {
	b.t.Helper()
	var links, dead []string
	b.run(chromedp.Evaluate(`[...new Set([...document.links].map(a => a.href.split("#")[0]))]`, &links))
	for _, link := range links {
		if followed[link] {
			continue
		}
		followed[link] = true
		var status int
		b.run(chromedp.Evaluate(fmt.Sprintf(`fetch(%q).then(r => r.status)`, link), &status,
			func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
		if status != http.StatusOK {
			dead = append(dead, fmt.Sprintf("%s answers %d", link, status))
		}
	}
	return dead
}

// text returns the whole text of the open page.
func (b *browser) text() string {
	b.t.Helper()
	var text string
	b.run(chromedp.Evaluate(`document.body.innerText`, &text))
	return strings.TrimSpace(text)
}

// open loads a page and waits until it and its charts are drawn.
func (b *browser) open(page string) {
	b.t.Helper()
	b.run(chromedp.Navigate(page), chromedp.WaitReady("main"), chromedp.Sleep(300*time.Millisecond))
}
