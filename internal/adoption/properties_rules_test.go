package adoption_test

import (
	"reflect"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon"
	"mirsad/internal/usage"
)

// yearAfter is when everything in the worlds is over.
var yearAfter = civil.NewDate(2016, 3, 31)

// inWorlds looks at a property in every random world, on a random day of it.
func inWorlds(t *testing.T, holds func(t *testing.T, seed uint64, h *happening, on civil.Date)) {
	t.Helper()
	for seed := range worlds() {
		chance := randomly(seed)
		h := randomHappening(chance)
		holds(t, seed, h, civil.NewDate(2015, 2, 1).AddDays(chance.IntN(334)))
		if t.Failed() {
			return
		}
	}
}

// everyLine calls a function for every line of a world.
func everyLine(x *usage.Index, of func(service string, channel programme.Channel, value func(p civil.Period, on civil.Date) programme.Count)) {
	for _, service := range worldServices {
		for _, channel := range worldChannels {
			of(service, channel, func(p civil.Period, on civil.Date) programme.Count {
				return x.Value(service, channel, programme.MeasureCompleted, p, on)
			})
		}
	}
}

// months lists the months of 2015.
func monthsOf2015() []civil.Month {
	var months []civil.Month
	for m := civil.NewMonth(2015, 1); m <= civil.NewMonth(2015, 12); m++ {
		months = append(months, m)
	}
	return months
}

// A reported quarter or year without a statement of its own, or of a quarter in it, has months that are all reported or
// not applicable, and is their sum (docs/rules.md#value-of-a-line).
func TestAReportedPeriodHasReportedMonths(t *testing.T) {
	inWorlds(t, func(t *testing.T, seed uint64, h *happening, _ civil.Date) {
		t.Helper()
		stated := map[string]bool{}
		for _, s := range h.statements {
			stated[s.Service+string(s.Channel)+s.Period.String()] = true
		}
		everyLine(usage.NewIndex(h.world(t).Use), func(service string, channel programme.Channel, value func(civil.Period, civil.Date) programme.Count) {
			for _, text := range []string{"2015-Q1", "2015-Q2", "2015-Q3", "2015-Q4", "2015"} {
				p := civiltest.Period(text)
				got := value(p, yearAfter)
				sum, own := int64(0), stated[service+string(channel)+text]
				for _, m := range monthsOf2015() {
					quarter := civil.PeriodOf(civil.GrainQuarter, m.First()).String()
					own = own || text == "2015" && stated[service+string(channel)+quarter]
					if part := value(m.Period(), yearAfter); p.Contains(m.First()) {
						sum += part.Value
						if got.Known() && !own && !part.Known() && part.State != programme.NotApplicable {
							t.Errorf("world %d: %s on %s: %s is reported, %s is %s", seed, service, channel, text, m, part.State)
						}
					}
				}
				if got.Known() && !own && got.Value != sum {
					t.Errorf("world %d: %s on %s: %s is %d, its months %d", seed, service, channel, text, got.Value, sum)
				}
			}
		})
	})
}

// What nobody sent is not reported, and so never a zero: a channel without a statement and without an event by then, and a
// month without a statement and without any event of the service.
func TestWhatDidNotComeIsNoZero(t *testing.T) {
	inWorlds(t, func(t *testing.T, seed uint64, h *happening, _ civil.Date) {
		t.Helper()
		everyLine(usage.NewIndex(h.world(t).Use), func(service string, channel programme.Channel, value func(civil.Period, civil.Date) programme.Count) {
			for _, m := range monthsOf2015() {
				heard, served, stated := false, false, false
				for _, e := range h.events {
					heard = heard || e.Service == service && e.Channel == channel && e.Period.From <= m.Last()
					served = served || e.Service == service && e.Period.From.Month() == m
				}
				for _, s := range h.statements {
					stated = stated || s.Service == service && s.Channel == channel && s.Period.From >= m.First() && s.Period.To <= m.Last()
				}
				if got := value(m.Period(), yearAfter); got.Known() && !stated && (!heard || !served) {
					t.Errorf("world %d: %s on %s in %s is %d, and nothing came", seed, service, channel, m, got.Value)
				}
			}
		})
	})
}

// seen is what a knowledge says of use on a date, in every cut.
func seen(k *reckon.Knowledge, on civil.Date) []any {
	var all []any
	for _, by := range []figures.UsageBy{figures.ByNothing, figures.ByChannel, figures.ByEntity, figures.ByService, figures.ByLevelOf} {
		for _, grain := range []civil.Grain{civil.GrainMonth, civil.GrainQuarter} {
			all = append(all, k.Usage(on, figures.UsageQuery{By: by, Grain: grain, From: civil.NewDate(2015, 1, 1)}))
		}
	}
	return append(all, k.Growth(on, figures.GrowthQuery{Period: k.LastEnded(on).Period()}),
		k.TakeUp(on, k.LastEnded(on).Period()))
}

// Nothing that is dated after a date is in a figure of it (docs/rules.md#on-and-as-at).
func TestNothingAfterTheDateIsInItsFigures(t *testing.T) {
	inWorlds(t, func(t *testing.T, seed uint64, h *happening, on civil.Date) {
		t.Helper()
		got, want := seen(h.world(t).Knowledge(), on), seen(h.without(on).world(t).Knowledge(), on)
		for i := range want {
			if !reflect.DeepEqual(got[i], want[i]) {
				t.Fatalf("world %d on %s, cut %d:\n%+v\nwithout what follows:\n%+v", seed, on, i, got[i], want[i])
			}
		}
	})
}

// The same rows in another order, and events in other batches, give the same figures.
func TestOrderAndBatchesChangeNoFigure(t *testing.T) {
	inWorlds(t, func(t *testing.T, seed uint64, h *happening, on civil.Date) {
		t.Helper()
		got, want := seen(h.shuffled(randomly(seed)).world(t).Knowledge(), on), seen(h.world(t).Knowledge(), on)
		for i := range want {
			if !reflect.DeepEqual(got[i], want[i]) {
				t.Fatalf("world %d on %s, cut %d:\n%+v\nin the first order:\n%+v", seed, on, i, got[i], want[i])
			}
		}
	})
}

// What is known as at a past day is what was known then: what was recorded since changes nothing.
func TestAPastKnowledgeStaysAsItWas(t *testing.T) {
	inWorlds(t, func(t *testing.T, seed uint64, h *happening, on civil.Date) {
		t.Helper()
		asAt := on.AddDays(int(seed%3) * 20)
		then := &happening{events: h.events, owners: h.owners}
		for _, s := range h.statements {
			if civil.DateOf(s.RecordedAt) <= asAt {
				then.statements = append(then.statements, s)
			}
		}
		for _, r := range h.rollouts {
			if civil.DateOf(r.RecordedAt) <= asAt {
				then.rollouts = append(then.rollouts, r)
			}
		}
		got, want := seen(h.world(t).AsAt(asAt.String()), on), seen(then.world(t).Knowledge(), on)
		for i := range want {
			if !reflect.DeepEqual(got[i], want[i]) {
				t.Fatalf("world %d on %s as at %s, cut %d:\n%+v\nthen:\n%+v", seed, on, asAt, i, got[i], want[i])
			}
		}
	})
}

// The change of use is the sum of its parts, and of the lines that lack days (docs/rules.md#decomposition).
func TestTheChangeIsTheSumOfItsParts(t *testing.T) {
	inWorlds(t, func(t *testing.T, seed uint64, h *happening, on civil.Date) {
		t.Helper()
		k := h.world(t).Knowledge()
		for _, p := range []civil.Period{k.LastEnded(on).Period(), civil.PeriodOf(civil.GrainQuarter, on).Previous()} {
			g := k.Growth(on, figures.GrowthQuery{Period: p})
			d := g.Decomposition
			if d.Change != d.Existing+d.New+d.Lost || d.New != d.Launched+d.Returned || d.Lost != d.Retired+d.Silent || d.Lost > 0 {
				t.Errorf("world %d on %s, %s: %+v", seed, on, p, d)
			}
			if change := g.Total.Value - g.PreviousTotal.Value; change != d.Change+d.Partial {
				t.Errorf("world %d on %s, %s: use changed by %d, the parts by %+v", seed, on, p, change, d)
			}
		}
	})
}

// However use is split, the parts sum to the whole (docs/rules.md#series-of-use).
func TestTheSplitsOfUseSumToIt(t *testing.T) {
	inWorlds(t, func(t *testing.T, seed uint64, h *happening, on civil.Date) {
		t.Helper()
		k := h.world(t).Knowledge()
		query := figures.UsageQuery{From: civil.NewDate(2015, 1, 1), Channels: programme.Channels()}
		whole := k.Usage(on, query)[0].Points
		for _, query.By = range []figures.UsageBy{figures.ByChannel, figures.ByEntity, figures.ByService, figures.ByLevelOf} {
			series := k.Usage(on, query)
			for i, point := range whole {
				sum := int64(0)
				for _, line := range series {
					sum += line.Points[i].Total.Value
				}
				if sum != point.Total.Value {
					t.Errorf("world %d on %s, %s by %s: %d, in all %d", seed, on, point.Period, query.By, sum, point.Total.Value)
				}
			}
		}
	})
}
