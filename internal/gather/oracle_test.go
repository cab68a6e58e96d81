package gather_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// The oracle is a second program, in another language, written from docs/rules.md alone: it recomputes figures from the
// raw rows, and every number that it gives is compared with this program's.
const oracle = "../tools/oracle/main.mjs"

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

// agree asks both programs, and fails with what differs.
func (w *recordedWorld) agree(t *testing.T, questions []question) {
	t.Helper()
	folder := oracleFolder(t)
	told := make(map[string]json.RawMessage, len(questions))
	for _, q := range questions {
		content, err := json.Marshal(q.ask(t))
		if err != nil {
			t.Fatal(err)
		}
		told[q.ID] = content
	}
	keep(t, folder, "program.json", told)
	answers := w.consult(t, folder, questions)
	var c comparison
	for _, q := range questions {
		var program any
		if err := json.Unmarshal(told[q.ID], &program); err != nil {
			t.Fatal(err)
		}
		c.all(q.ID, answers[q.ID], program)
	}
	t.Logf("the oracle and the program agree on %d of %d figures", c.compared-len(c.differences), c.compared)
	for i, each := range c.differences {
		if i == 40 && os.Getenv("ORACLE_ALL") == "" {
			t.Errorf("… and %d more", len(c.differences)-i)
			break
		}
		t.Error(each)
	}
}

// oracleFolder is where the rows, the questions and both answers lie: ORACLE_DIR, to look at them, or the test's own.
func oracleFolder(t *testing.T) string {
	t.Helper()
	if folder := os.Getenv("ORACLE_DIR"); folder != "" {
		return folder
	}
	return t.TempDir()
}

func keep(t *testing.T, folder, name string, value any) string {
	t.Helper()
	content, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, name)
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// consult runs the oracle over the store's raw rows.
func (w *recordedWorld) consult(t *testing.T, folder string, questions []question) map[string]any {
	t.Helper()
	node, err := exec.LookPath("node")
	if errors.Is(err, exec.ErrNotFound) && os.Getenv("CI") != "true" {
		t.Skip("the oracle needs node")
	}
	if err != nil {
		t.Fatal(err)
	}
	asked := keep(t, folder, "questions.json", questions)
	rows := w.rows.write(t, folder, w.zone.String())
	command := exec.CommandContext(t.Context(), node, "--max-old-space-size=3000", oracle, rows, asked)
	var words bytes.Buffer
	command.Stderr = &words
	content, err := command.Output()
	if err != nil {
		t.Fatalf("the oracle: %v\n%s", err, words.String())
	}
	var answers map[string]any
	if err := json.Unmarshal(content, &answers); err != nil {
		t.Fatal(err)
	}
	return answers
}
