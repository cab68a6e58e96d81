package reports

import (
	"strings"

	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// gaps collects, for one row, the numbers that are not there and those that lack a part of their period.
type gaps struct {
	words   i18n.Words
	states  map[programme.State][]string
	partial []string
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

// noteUse is note of a number of use: one that lacks days, or is to date, is remembered with what it lacks.
func noteUse(g *gaps, title string, p *figures.UsagePoint) programme.Count {
	if lacks := shortfall(g.words, p); lacks != "" {
		g.partial = append(g.partial, title+" ("+lacks+")")
	}
	return note(g, title, p.Total.Count)
}

// shortfall says what a number of use lacks of its period; nothing of a whole one.
func shortfall(w i18n.Words, p *figures.UsagePoint) string {
	if running := w.ToDate(p.Period, p.ToDate.Ended, p.ToDate.Of); running != "" {
		return running
	}
	return w.Days(p.Total.Days.Covered, p.Total.Days.Expected, p.Total.Partial)
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
	if len(g.partial) > 0 {
		parts = append(parts, g.words.T("reports.incomplete", i18n.Args{
			"what": strings.Join(g.partial, g.words.T("reports.comma")),
		}))
	}
	return strings.Join(parts, g.words.T("reports.semicolon"))
}
