package reckon_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"mirsad/internal/catalogue"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// busy is a world with something of everything.
func busy(t *testing.T) *reckontest.World {
	t.Helper()
	w := published(t)
	w.Entity("moi")
	w.Heir(programme.Service{Code: "heir", Succeeds: []string{"s0001"}}, "2015-06-01", programme.LevelTransactional)
	claim := *w.ClaimOn("s0002", "2015-03-01", programme.LevelIntegrated)
	w.AnswerTo(&claim, programme.AssessmentVerified, "2015-04-01", programme.LevelIntegrated)
	for i := range 40 {
		code := fmt.Sprintf("s%04d", i)
		for m := civiltest.Month("2015-01"); m <= civiltest.Month("2015-12"); m++ {
			w.Uses("moi", code, m.String(), programme.ChannelWeb, int64(100+i*int(m-civiltest.Month("2015-01"))))
		}
		w.States(code, "2015-11", programme.ChannelCounter, programme.Reported, int64(i))
	}
	return w
}

// Every figure carries its dates and versions.
func TestStamp(t *testing.T) {
	w := reckontest.New(t)
	w.Live("a", "2015-01-01", programme.LevelInformative)
	w.States("a", "2015-11", programme.ChannelWeb, programme.Reported, 7)
	at := time.Date(2016, 1, 2, 3, 4, 5, 0, time.UTC)
	stamp := w.Knowing(catalogue.Knowing{AsAt: at, DataVersion: "7-9"}).Figures(civiltest.Day("2015-11-30")).Stamp
	if stamp.On != civiltest.Day("2015-11-30") || !stamp.AsAt.Equal(at) || stamp.Provisional || stamp.DataVersion != "7-9" || stamp.RuleVersion != 1 {
		t.Errorf("the stamp is %+v", stamp)
	}
	if c := stamp.Completeness; c.Reported != 1 || c.Expected != 1 || c.Grade != "A" {
		t.Errorf("completeness is %+v", c)
	}
}

// The same facts in another order are the same figures.
func TestOrderOfFactsChangesNothing(t *testing.T) {
	w := busy(t)
	want := encoded(t, w.Figures("2015-12-31"))
	random := rand.New(rand.NewPCG(1, 2))
	orders := 3
	if testing.Short() {
		orders = 1
	}
	for range orders {
		random.Shuffle(len(w.Facts.Streams), func(i, j int) { w.Facts.Streams[i], w.Facts.Streams[j] = w.Facts.Streams[j], w.Facts.Streams[i] })
		random.Shuffle(len(w.Facts.Rollouts), func(i, j int) { w.Facts.Rollouts[i], w.Facts.Rollouts[j] = w.Facts.Rollouts[j], w.Facts.Rollouts[i] })
		random.Shuffle(len(w.Use.Months), func(i, j int) { w.Use.Months[i], w.Use.Months[j] = w.Use.Months[j], w.Use.Months[i] })
		random.Shuffle(len(w.Use.Statements), func(i, j int) { w.Use.Statements[i], w.Use.Statements[j] = w.Use.Statements[j], w.Use.Statements[i] })
		if got := encoded(t, w.Figures("2015-12-31")); !bytes.Equal(got, want) {
			t.Fatal("the figures depend on the order of the facts")
		}
	}
}

// Figures are kept as JSON, so that they read back as they were.
func TestFiguresAsJSON(t *testing.T) {
	f := busy(t).Figures("2015-12-31")
	want := encoded(t, f)
	var back figures.Figures
	if err := json.Unmarshal(want, &back); err != nil {
		t.Fatal(err)
	}
	if got := encoded(t, &back); !bytes.Equal(got, want) {
		t.Errorf("they read back as\n%.2000s\nwant\n%.2000s", got, want)
	}
}

func encoded(t *testing.T, f *figures.Figures) []byte {
	t.Helper()
	content, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
