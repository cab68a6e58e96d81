package main

import (
	"testing"
	"time"
)

// patience is how long a test waits for what a program is about to do, on a machine that is busy with other tests.
const patience = 5 * time.Minute

// eventually asks again and again until it is so; a test that has waited in vain ends and says for what.
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	for late := time.Now().Add(patience); !so(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(late) {
			t.Fatalf("waited %s in vain for %s", patience, what)
		}
	}
}
