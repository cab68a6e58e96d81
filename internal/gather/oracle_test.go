package gather_test

import (
	"fmt"
	"strconv"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// question is one that both programs are asked.
type question struct {
	ID    string         `json:"id"`
	Kind  string         `json:"kind"`
	On    civil.Date     `json:"on"`
	AsAt  civil.Date     `json:"as_at"`
	Today civil.Date     `json:"today"`
	Query map[string]any `json:"query,omitempty"`
	ask   func(*testing.T) any
}

// shownOn is everything that is shown on a date, as known at the end of a day.
func (w *recordedWorld) shownOn(on, asAt civil.Date) question {
	return w.question("figures", "", nil, figures.Question{On: on, AsAt: asAt}, func(t *testing.T) any {
		t.Helper()
		found, err := w.figures.Figures(t.Context(), figures.Question{On: on, AsAt: asAt})
		return must(t, found, err)
	})
}

func (w *recordedWorld) question(
	kind, name string, query map[string]any, pinned figures.Question, ask func(*testing.T) any,
) question {
	return question{
		ID: fmt.Sprintf("%s %s as at %s %s", kind, pinned.On, pinned.AsAt, name), Kind: kind, On: pinned.On, AsAt: pinned.AsAt,
		Today: civil.DateOf(w.watch.now.In(w.zone)), Query: query, ask: ask,
	}
}

// questionsOn are those about one date: everything that is shown on it, and use by period and growth in other cuts.
func (w *recordedWorld) questionsOn(on, asAt civil.Date) []question {
	pinned := figures.Question{On: on, AsAt: asAt}
	all := append([]question{w.shownOn(on, asAt), w.headlinesOn(pinned), w.qualityOn(pinned)}, w.usesOn(on, asAt)...)
	return append(all, w.growthsOn(on, asAt)...)
}

func (w *recordedWorld) usesOn(on, asAt civil.Date) []question {
	pinned := figures.Question{On: on, AsAt: asAt}
	var all []question
	add := func(name string, query map[string]any, ask func(*testing.T) any) {
		all = append(all, w.question("usage", name, query, pinned, ask))
	}
	for _, grain := range []civil.Grain{civil.GrainMonth, civil.GrainQuarter, civil.GrainYear} {
		for _, by := range []figures.UsageBy{figures.ByNothing, figures.ByChannel, figures.ByEntity, figures.ByService, figures.ByLevelOf} {
			query := map[string]any{"grain": grain.String(), "by": by}
			add(fmt.Sprintf("%s by %s", grain, by), query, func(t *testing.T) any {
				t.Helper()
				found, err := w.figures.Usage(t.Context(), pinned, figures.UsageQuery{Grain: grain, By: by})
				return must(t, found, err)
			})
		}
	}
	counters := []programme.Channel{programme.ChannelCounter}
	add("of counters", map[string]any{"by": figures.ByService, "channels": counters}, func(t *testing.T) any {
		t.Helper()
		found, err := w.figures.Usage(t.Context(), pinned, figures.UsageQuery{By: figures.ByService, Channels: counters})
		return must(t, found, err)
	})
	return all
}

func (w *recordedWorld) growthsOn(on, asAt civil.Date) []question {
	pinned := figures.Question{On: on, AsAt: asAt}
	var all []question
	add := func(kind, name string, query map[string]any, ask func(*testing.T) any) {
		all = append(all, w.question(kind, name, query, pinned, ask))
	}
	month := on.Month()
	if on != month.Last() {
		month--
	}
	year := strconv.Itoa(month.First().Time().Year() - 1)
	for _, text := range []string{month.Period().String(), on.Month().Period().String(), quarterOf(month), year} {
		period, err := civil.ParsePeriod(text)
		if err != nil {
			panic(err)
		}
		for _, measure := range []programme.Measure{programme.MeasureCompleted, programme.MeasureStarted} {
			query := map[string]any{"period": text, "measure": measure}
			add("growth", text+" "+string(measure), query, func(t *testing.T) any {
				t.Helper()
				found, err := w.figures.Growth(t.Context(), pinned, figures.GrowthQuery{Period: period, Measure: measure})
				return must(t, found, err)
			})
		}
		add("take_up", text, map[string]any{"period": text}, func(t *testing.T) any {
			t.Helper()
			found, err := w.figures.TakeUp(t.Context(), pinned, period)
			return must(t, found, err)
		})
	}
	return all
}

func quarterOf(month civil.Month) string {
	year, number := int(month)/12, int(month)%12
	return fmt.Sprintf("%04d-Q%d", year, number/3+1)
}

func must(t *testing.T, value any, err error) any {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return value
}
