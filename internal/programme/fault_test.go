package programme

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestFaultsNameTheFirstAndCountTheOthers(t *testing.T) {
	var found Faults
	for i := range MostFaults + 1000 {
		found.Add(fmt.Sprintf("rows.%d", i), "missing", "value", strings.Repeat("ب", 5000))
	}
	last := found[len(found)-1]
	if len(found) != MostFaults+1 || last.Kind != FaultMore || last.Unnamed() != 1000 || CountFaults(found) != MostFaults+1000 {
		t.Fatalf("%d faults, the last %+v", len(found), last)
	}
	if shown := found[0].Args["value"].(string); len(shown) > longestShown+len("…") || !strings.HasPrefix(shown, "بب") {
		t.Errorf("shown %d bytes of what was sent", len(shown))
	}
	joined := JoinFaults(found, &FaultsError{Faults: found[:150]})
	all := faultsOf(t, joined)
	if len(all) != MostFaults+1 || CountFaults(all) != MostFaults+1000 {
		t.Errorf("joined: %d, which counts %d", len(all), CountFaults(all))
	}
	if text := joined.Error(); len(text) > 1000 {
		t.Errorf("the error's text has %d bytes", len(text))
	}
}

func faultsOf(t *testing.T, err error) []Fault {
	t.Helper()
	found, are := errors.AsType[*FaultsError](err)
	if !are {
		t.Fatalf("%v", err)
	}
	return found.Faults
}

// joinedPairwise is JoinFaults by its words: every fault of the content against every one of the form.
func joinedPairwise(form, content []Fault) []Fault {
	all := slices.Clone(form)
	for _, each := range content {
		if !slices.ContainsFunc(form, func(f Fault) bool { return f.Within(each.Field) || each.Within(f.Field) }) {
			all = append(all, each)
		}
	}
	return all
}

func TestJoinedFaultsListAFieldOnce(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	list := func() []Fault {
		faults := make([]Fault, 1+random.IntN(6))
		for i := range faults {
			names := make([]string, 1+random.IntN(3))
			for j := range names {
				names[j] = []string{"a", "b", "ab", ""}[random.IntN(4)]
			}
			faults[i] = Fault{Field: strings.Join(names, "."), Kind: strconv.Itoa(i)}
		}
		return faults
	}
	for range 20_000 {
		form, content := list(), list()
		got := faultsOf(t, JoinFaults(form, &FaultsError{Faults: content}))
		if want := joinedPairwise(form, content); !slices.EqualFunc(got, want, func(a, b Fault) bool {
			return a.Field == b.Field && a.Kind == b.Kind
		}) {
			t.Fatalf("%v with %v: %v, want %v", form, content, got, want)
		}
	}
}

// Twice as many faults take about twice the work, not four times.
func TestJoiningFaultsIsLinear(t *testing.T) {
	work := func(rows int) time.Duration {
		form, content := make([]Fault, 0, 2*rows), make([]Fault, 0, 2*rows)
		for i := range rows {
			for _, field := range []string{"level", "planned_on"} {
				form = append(form, Fault{Field: fmt.Sprintf("milestones.%d.%s", i, field), Kind: "bad_value"})
				content = append(content, Fault{Field: fmt.Sprintf("milestones.%d.%s.0", i, field), Kind: "missing"})
			}
		}
		least := time.Hour
		for range 5 {
			began := time.Now()
			_ = JoinFaults(form, &FaultsError{Faults: content})
			least = min(least, time.Since(began))
		}
		return least
	}
	if once, eight := work(500), work(4000); eight > 24*once {
		t.Errorf("eight times the faults take %.1f times the work", float64(eight)/float64(once))
	}
}
