package guard

import (
	"strconv"
	"testing"
	"time"
)

// TestAccountsThatAreQuietAreForgotten gives a request each to more accounts than are remembered.
func TestAccountsThatAreQuietAreForgotten(t *testing.T) {
	now := time.Date(2016, 9, 30, 12, 0, 0, 0, time.UTC)
	caps := newCaps(Configuration{RequestsPerSecond: 2}, func() time.Time { return now })
	for n := range mostPaced + 10 {
		caps.wait(strconv.Itoa(n))
		now = now.Add(time.Second)
	}
	if len(caps.paces) > mostPaced {
		t.Errorf("%d accounts are remembered", len(caps.paces))
	}
}

func TestTheOperatorHasNoPace(t *testing.T) {
	now := time.Date(2016, 9, 30, 12, 0, 0, 0, time.UTC)
	caps := newCaps(Configuration{RequestsPerSecond: 1}, func() time.Time { return now })
	for range 1000 {
		if caps.wait("operator/local") > 0 {
			t.Fatal("the operator waits")
		}
	}
	for range paceBurst {
		caps.wait("token/a")
	}
	if caps.wait("token/a") == 0 {
		t.Error("a token does not wait")
	}
}
