// Package browsertest steadies what tests do in a real browser.
package browsertest

import (
	"context"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
)

// staleContext is what Chromium answers when a page went away between the choice of its script context and its use:
// nothing of the action was done, and the next page has a context of its own.
const staleContext = "Cannot find context with specified id"

// Steady returns actions that are done again while the page under them is being exchanged for another, as long as the
// context of the run lives.
func Steady(actions ...chromedp.Action) chromedp.Tasks {
	steady := make(chromedp.Tasks, 0, len(actions))
	for _, each := range actions {
		steady = append(steady, chromedp.ActionFunc(func(ctx context.Context) error { return settled(ctx, each) }))
	}
	return steady
}

func settled(ctx context.Context, action chromedp.Action) error {
	for {
		err := action.Do(ctx)
		if err == nil || !strings.Contains(err.Error(), staleContext) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(20 * time.Millisecond):
		}
	}
}
