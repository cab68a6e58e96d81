package web

import (
	"context"
	"fmt"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"mirsad/internal/browsertest"
)

// browsed are the pages that the browser visits, without their language.
var browsed = []string{
	"/",
	"/entities",
	"/entities/e01",
	"/services",
	"/services/s0001",
	"/usage",
	"/plans",
	"/plans?shift=entity:e02:30,level:4:-10&milestones=due",
	"/quality",
	"/reports",
	"/definitions",
	"/sign-in",
	"/account",
	"/entities/none",
}

// skipReason fails where everything must run, and says at a desk why a test is skipped.
func skipReason(t *testing.T, reason string) string {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(reason)
	}
	return reason
}

// complaints collects what a browser has against a page.
type complaints struct {
	mu   sync.Mutex
	list []string
}

func (c *complaints) add(format string, values ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = append(c.list, fmt.Sprintf(format, values...))
}

// taken returns what was collected and begins anew.
func (c *complaints) taken() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	list := c.list
	c.list = nil
	return list
}

// tabTime is how long a tab may be open: some tests look at every page in it.
const tabTime = 4 * time.Minute

// browser opens a tab that listens for violations, errors and requests to other hosts.
func browser(t *testing.T, server *httptest.Server) (context.Context, *complaints) {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: needs a browser")
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip(skipReason(t, "no Chromium: "+err.Error()))
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	// The test's own context ends before its clean-up, which would kill the browser while it writes.
	allocator, stop := chromedp.NewExecAllocator(context.WithoutCancel(t.Context()), options...)
	t.Cleanup(stop)
	late := time.AfterFunc(tabTime, func() {
		t.Errorf("the browser is still at it after %s: it is closed, and what waits for it fails", tabTime)
		stop()
	})
	t.Cleanup(func() { late.Stop() })
	tab, closeTab := chromedp.NewContext(allocator)
	t.Cleanup(func() {
		_ = chromedp.Cancel(tab) // waits until the browser has left its folder
		closeTab()
	})
	heard := &complaints{}
	own := strings.TrimPrefix(server.URL, "http://")
	chromedp.ListenTarget(tab, func(event any) { heard.hear(event, own) })
	if err := chromedp.Run(tab, browsertest.Steady(log.Enable(), audits.Enable(), network.Enable())...); err != nil {
		t.Fatal(err)
	}
	return tab, heard
}

func (c *complaints) hear(event any, own string) {
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.APITypeError || e.Type == runtime.APITypeWarning {
			c.add("console %s: %v", e.Type, e.Args)
		}
	case *runtime.EventExceptionThrown:
		c.add("exception: %s", e.ExceptionDetails.Error())
	case *log.EventEntryAdded:
		if e.Entry.Level == log.LevelError && !strings.Contains(e.Entry.Text, "404") {
			c.add("log: %s %s", e.Entry.Source, e.Entry.Text)
		}
	case *audits.EventIssueAdded:
		if e.Issue.Details != nil && e.Issue.Details.ContentSecurityPolicyIssueDetails != nil {
			c.add("content security policy: %s", e.Issue.Details.ContentSecurityPolicyIssueDetails.ViolatedDirective)
		}
	case *network.EventRequestWillBeSent:
		if to, err := url.Parse(e.Request.URL); err == nil && to.Host != own && to.Scheme != "data" && to.Scheme != "about" {
			c.add("request to another host: %s", e.Request.URL)
		}
	}
}

// open visits a page at a width and waits until its charts are drawn.
func open(tab context.Context, address string, width int64) error {
	return chromedp.Run(tab, browsertest.Steady(chromedp.EmulateViewport(width, 900),
		chromedp.Navigate(address),
		chromedp.Poll(`document.documentElement.dataset.drawn === "true"`, nil, chromedp.WithPollingTimeout(10*time.Second)))...)
}

func TestPagesInABrowser(t *testing.T) {
	t.Parallel()
	axe, err := os.ReadFile(filepath.Join("..", "internal", "tools", "proof", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Skip(skipReason(t, "axe is not installed: run `make proof-tools`"))
	}
	server := site(t, fixed{figures: fixture()}, &executive)
	tab, heard := browser(t, server)
	for _, language := range []string{"en", "ar"} {
		for _, path := range browsed {
			t.Run(language+path, func(t *testing.T) {
				if err := open(tab, server.URL+"/"+language+path, 1440); err != nil {
					t.Fatal(err)
				}
				for _, finding := range accessible(tab, t, string(axe)) {
					t.Error("axe: " + finding)
				}
				for _, width := range []int64{390, 320} {
					noSidewaysScroll(tab, t, width)
				}
				for _, complaint := range heard.taken() {
					t.Error(complaint)
				}
			})
		}
	}
}

// accessible returns what axe finds on the open page.
func accessible(tab context.Context, t *testing.T, axe string) []string {
	t.Helper()
	var findings []string
	const run = `axe.run().then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ": " + n.html.slice(0, 160) + " " + (n.any[0]?.message ?? ""))))`
	err := chromedp.Run(tab, browsertest.Steady(chromedp.Evaluate(axe+";undefined", nil),
		chromedp.Evaluate(run, &findings, func(p *runtime.EvaluateParams) *runtime.EvaluateParams {
			return p.WithAwaitPromise(true).WithReturnByValue(true)
		}))...)
	if err != nil {
		t.Fatal(err)
	}
	return findings
}

func noSidewaysScroll(tab context.Context, t *testing.T, width int64) {
	t.Helper()
	var over int64
	err := chromedp.Run(tab, browsertest.Steady(chromedp.EmulateViewport(width, 800), chromedp.Sleep(60*time.Millisecond),
		chromedp.Evaluate(`document.documentElement.scrollWidth - document.documentElement.clientWidth`, &over))...)
	if err != nil {
		t.Fatal(err)
	}
	if over > 0 {
		t.Errorf("%d px wide, the page is %d px wider than the screen", width, over)
	}
}

func TestFirstLoadIsSmall(t *testing.T) {
	t.Parallel()
	server := site(t, fixed{figures: fixture()}, &executive)
	tab, _ := browser(t, server)
	var sent float64
	var mu sync.Mutex
	chromedp.ListenTarget(tab, func(event any) {
		if e, ok := event.(*network.EventLoadingFinished); ok {
			mu.Lock()
			defer mu.Unlock()
			sent += e.EncodedDataLength
		}
	})
	if err := open(tab, server.URL+"/ar/", 1440); err != nil {
		t.Fatal(err)
	}
	mu.Lock()
	defer mu.Unlock()
	t.Logf("first load: %.0f KB", sent/1024)
	if sent > 350*1024 {
		t.Errorf("the first load is %.0f KB, over 350", sent/1024)
	}
}

// TestScreenshots writes a picture of every page into the folder named by MIRSAD_SCREENSHOTS.
func TestScreenshots(t *testing.T) {
	folder := os.Getenv("MIRSAD_SCREENSHOTS")
	if folder == "" {
		t.Skip("set MIRSAD_SCREENSHOTS to a folder to look at the pages")
	}
	server := site(t, fixed{figures: fixture()}, &executive)
	tab, _ := browser(t, server)
	for _, language := range []string{"en", "ar"} {
		for _, path := range browsed {
			for _, width := range []int64{1440, 390} {
				name := fmt.Sprintf("%s_%s_%d.png", language, strings.ReplaceAll(strings.Trim(path, "/"), "/", "_"), width)
				picture(tab, t, server.URL+"/"+language+path, filepath.Join(folder, name), width)
			}
		}
	}
	scheme := emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}})
	if err := chromedp.Run(tab, browsertest.Steady(scheme)...); err != nil {
		t.Fatal(err)
	}
	picture(tab, t, server.URL+"/en/", filepath.Join(folder, "dark.png"), 1440)
	var paper []byte
	err := chromedp.Run(tab, browsertest.Steady(chromedp.ActionFunc(func(ctx context.Context) error {
		var err error
		paper, _, err = page.PrintToPDF().WithPreferCSSPageSize(true).WithPrintBackground(true).Do(ctx)
		return err
	}))...)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "print.pdf"), paper, 0o600); err != nil {
		t.Fatal(err)
	}
}

func picture(tab context.Context, t *testing.T, address, file string, width int64) {
	t.Helper()
	if err := open(tab, address, width); err != nil {
		t.Fatal(err)
	}
	var shot []byte
	if err := chromedp.Run(tab, browsertest.Steady(chromedp.FullScreenshot(&shot, 100))...); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, shot, 0o600); err != nil {
		t.Fatal(err)
	}
}

// sendEmptyReason sends the open page's form without a reason and waits for its faults.
func sendEmptyReason(tab context.Context, t *testing.T) {
	t.Helper()
	if err := chromedp.Run(
		tab,
		browsertest.Steady(chromedp.Click(`button[value="save"]`), chromedp.WaitVisible(`#f-reason-fault`))...); err != nil {
		t.Fatal(err)
	}
}
