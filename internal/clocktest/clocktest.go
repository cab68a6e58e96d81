// Package clocktest is the clock of tests: they begin at a moment that is the same on every day they are run, and what
// has to do with dates is tried as if on the days on which dates go wrong.
//
// All moments are years ahead of any machine that runs the tests. A browser judges by its own clock whether a cookie is
// over, so a program that lives behind it could let nobody in.
package clocktest

import (
	"fmt"
	"os"
	"testing"
	"time"
)

// AsIf in the environment is the moment at which the tests begin, such as 2036-02-29T23:59:00+03:00; empty: Usual.
const AsIf = "AS_IF"

// Zone is the programme's: Asia/Qatar, which has been three hours ahead of UTC all year for half a century.
var Zone = time.FixedZone("Asia/Qatar", 3*60*60)

// Moment is a point in time with a name that says what is particular about it.
type Moment struct {
	Name string
	At   time.Time
}

// Usual is when tests begin that have nothing to do with their day: the morning of a Wednesday within a month.
func Usual() time.Time { return time.Date(2036, 6, 18, 9, 0, 0, 0, Zone) }

// Moments are those at which whatever has to do with dates must hold; the one alone that AsIf names.
func Moments() []Moment {
	if os.Getenv(AsIf) != "" {
		return []Moment{{"as if " + os.Getenv(AsIf), Start()}}
	}
	at := func(name string, year int, month time.Month, day, hour, minute, second int) Moment {
		return Moment{name, time.Date(year, month, day, hour, minute, second, 0, Zone)}
	}
	return []Moment{
		at("28 February, the last of the month", 2037, 2, 28, 12, 0, 0),
		at("28 February of a leap year", 2036, 2, 28, 12, 0, 0),
		at("29 February", 2036, 2, 29, 12, 0, 0),
		at("30 November, its last minute", 2036, 11, 30, 23, 59, 0),
		at("1 December, its first minute", 2036, 12, 1, 0, 0, 1),
		at("31 October", 2036, 10, 31, 12, 0, 0),
		at("31 December, its last minute", 2036, 12, 31, 23, 59, 0),
		at("1 January, its first minute", 2037, 1, 1, 0, 0, 1),
	}
}

// One chooses one of the moments by a number, always the same.
func One(number int) time.Time {
	moments := Moments()
	return moments[number%len(moments)].At
}

// Start is when tests begin.
func Start() time.Time {
	text := os.Getenv(AsIf)
	if text == "" {
		return Usual()
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(fmt.Sprintf("%s: %v", AsIf, err))
	}
	return at
}

// longestWait is how long a test waits, by the machine's clock, for what it is about to see.
const longestWait = 30 * time.Second

// Await returns what a channel brings, or ends the test with words that say what has not come; a closed channel brings
// the zero value. It belongs into the test's own goroutine.
func Await[T any](tb testing.TB, from <-chan T, what string) T {
	tb.Helper()
	select {
	case came := <-from:
		return came
	case <-time.After(longestWait):
		tb.Fatalf("waited %s in vain for %s", longestWait, what)
		panic("not reached")
	}
}

// began is when this process began by the machine's clock.
var began = time.Now() //nolint:forbidigo // the one place of tests that knows the machine's clock

// Now is a clock that began at Start when this process did, and has gone on since.
func Now() time.Time { return Start().Add(time.Since(began)) }
