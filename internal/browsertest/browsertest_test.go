package browsertest

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/chromedp/chromedp"
)

func TestAnActionIsDoneAgainWhileThePageChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tries := 0
		action := chromedp.ActionFunc(func(context.Context) error {
			if tries++; tries < 3 {
				return errors.New("Cannot find context with specified id (-32000)")
			}
			return nil
		})
		if err := Steady(action).Do(t.Context()); err != nil || tries != 3 {
			t.Errorf("%d tries ended with %v", tries, err)
		}
	})
}

func TestAnotherErrorEndsAtOnce(t *testing.T) {
	tries, broken := 0, errors.New("no such node")
	action := chromedp.ActionFunc(func(context.Context) error { tries++; return broken })
	if err := Steady(action).Do(t.Context()); !errors.Is(err, broken) || tries != 1 {
		t.Errorf("%d tries ended with %v", tries, err)
	}
}

func TestAPageThatNeverSettlesEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		stale := errors.New("Cannot find context with specified id (-32000)")
		action := chromedp.ActionFunc(func(context.Context) error { cancel(); return stale })
		if err := Steady(action).Do(ctx); !errors.Is(err, stale) {
			t.Errorf("it ended with %v", err)
		}
	})
}
