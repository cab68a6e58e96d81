package programme

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// busy is a world with something of everything.
func busy(t *testing.T) *world {
	t.Helper()
	w := published(t)
	w.entity("moi")
	w.heir(Service{Code: "heir", Succeeds: []string{"s0001"}}, "2015-06-01", LevelTransactional)
	claim := *w.claimOn("s0002", "2015-03-01", LevelIntegrated)
	w.answerTo(&claim, AssessmentVerified, "2015-04-01", LevelIntegrated)
	for i := range 40 {
		code := fmt.Sprintf("s%04d", i)
		for m := month("2015-01"); m <= month("2015-12"); m++ {
			w.uses("moi", code, m.String(), ChannelWeb, int64(100+i*int(m-month("2015-01"))))
		}
		w.states(code, "2015-11", ChannelCounter, Reported, int64(i))
	}
	return w
}

// Every figure carries its dates and versions.
func TestStamp(t *testing.T) {
	w := newWorld(t)
	w.live("a", "2015-01-01", LevelInformative)
	w.states("a", "2015-11", ChannelWeb, Reported, 7)
	at := time.Date(2016, 1, 2, 3, 4, 5, 0, time.UTC)
	stamp := w.knowing(Knowing{AsAt: at, DataVersion: "7-9"}).Figures(day("2015-11-30")).Stamp
	if stamp.On != day("2015-11-30") || !stamp.AsAt.Equal(at) || stamp.Provisional || stamp.DataVersion != "7-9" || stamp.RuleVersion != 1 {
		t.Errorf("the stamp is %+v", stamp)
	}
	if c := stamp.Completeness; c.Reported != 1 || c.Expected != 1 || c.Grade != "A" {
		t.Errorf("completeness is %+v", c)
	}
}

// The same facts in another order are the same figures.
func TestOrderOfFactsChangesNothing(t *testing.T) {
	w := busy(t)
	want := encoded(t, w.figures("2015-12-31"))
	random := rand.New(rand.NewPCG(1, 2))
	for range 3 {
		random.Shuffle(len(w.facts.Streams), func(i, j int) { w.facts.Streams[i], w.facts.Streams[j] = w.facts.Streams[j], w.facts.Streams[i] })
		random.Shuffle(len(w.facts.Rollouts), func(i, j int) { w.facts.Rollouts[i], w.facts.Rollouts[j] = w.facts.Rollouts[j], w.facts.Rollouts[i] })
		random.Shuffle(len(w.use.Months), func(i, j int) { w.use.Months[i], w.use.Months[j] = w.use.Months[j], w.use.Months[i] })
		random.Shuffle(len(w.use.Statements), func(i, j int) { w.use.Statements[i], w.use.Statements[j] = w.use.Statements[j], w.use.Statements[i] })
		if got := encoded(t, w.figures("2015-12-31")); !bytes.Equal(got, want) {
			t.Fatal("the figures depend on the order of the facts")
		}
	}
}

// Figures are kept as JSON, so that they read back as they were.
func TestFiguresAsJSON(t *testing.T) {
	f := busy(t).figures("2015-12-31")
	want := encoded(t, f)
	var back Figures
	if err := json.Unmarshal(want, &back); err != nil {
		t.Fatal(err)
	}
	if got := encoded(t, &back); !bytes.Equal(got, want) {
		t.Errorf("they read back as\n%.2000s\nwant\n%.2000s", got, want)
	}
}

func encoded(t *testing.T, f *Figures) []byte {
	t.Helper()
	content, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
