package reports

import (
	"strings"

	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// gaps collects, for one row, the numbers that are not there.
type gaps struct {
	words  i18n.Words
	states map[programme.State][]string
}

func (w *workbook) gaps() *gaps {
	return &gaps{words: w.Words, states: map[programme.State][]string{}}
}

// note passes a number on and remembers its column when it is missing.
func note[T int64 | float64](g *gaps, title string, n programme.Number[T]) programme.Number[T] {
	if !n.Known() {
		state := n.State
		if state == "" {
			state = programme.NotProvided
		}
		g.states[state] = append(g.states[state], title)
	}
	return n
}

// text is the word beside the empty cells: "not provided: plan, take-up".
func (g *gaps) text() string {
	var parts []string
	for _, state := range programme.States() {
		if titles := g.states[state]; len(titles) > 0 {
			parts = append(parts, g.words.T("reports.missing", i18n.Args{
				"state": g.words.State(state), "what": strings.Join(titles, g.words.T("reports.comma")),
			}))
		}
	}
	return strings.Join(parts, "; ")
}
