// Package bench measures how fast the running program is, always beside a baseline of the same run, so that
// its ratios hold on any machine (docs/design.md#speed).
package bench

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
)

// Measure is one figure, what it is held against, and whether it is good enough.
type Measure struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
	// Baseline is in the same unit: measured in the same run, or the bound that the measures name.
	Baseline float64 `json:"baseline"`
	// Ratio is Value ÷ Baseline where more is better and Baseline ÷ Value where less is; 0 without a baseline.
	Ratio float64 `json:"ratio"`
	// AtLeast is the least good ratio; 0: nothing is asked, the figure is for the reader.
	AtLeast float64 `json:"at_least"`
	Met     bool    `json:"met"`
}

// more returns a measure for which more is better.
func more(name string, value float64, unit string, baseline, atLeast float64) Measure {
	return Measure{Name: name, Value: value, Unit: unit, Baseline: baseline, AtLeast: atLeast}.judged(value, baseline)
}

// less returns a measure for which less is better, up to and including the bound.
func less(name string, value float64, unit string, bound float64) Measure {
	return Measure{Name: name, Value: value, Unit: unit, Baseline: bound, AtLeast: 1}.judged(bound, value)
}

// told returns a figure that is shown without a bound.
func told(name string, value float64, unit string) Measure {
	return Measure{Name: name, Value: value, Unit: unit, Met: true}
}

func (m Measure) judged(over, under float64) Measure {
	if under > 0 {
		m.Ratio = over / under
	}
	m.Met = m.Ratio >= m.AtLeast
	return m
}

// Met reports whether every measure is good enough.
func Met(measures []Measure) bool {
	return !slices.ContainsFunc(measures, func(m Measure) bool { return !m.Met })
}

// WriteJSON writes the measures as a list.
func WriteJSON(to io.Writer, measures []Measure) error {
	encoder := json.NewEncoder(to)
	encoder.SetIndent("", "  ")
	return encoder.Encode(measures)
}

// WriteTable writes the measures for a person.
func WriteTable(to io.Writer, measures []Measure) error {
	table := tabwriter.NewWriter(to, 0, 0, 3, ' ', 0)
	_, _ = fmt.Fprintln(table, "measure\tvalue\tunit\tbaseline\tratio\tat least\t") // Flush returns a fault
	for _, m := range measures {
		held, verdict := "-\t-\t-", ""
		if m.Baseline > 0 {
			held = fmt.Sprintf("%.6g\t%.2f\t%.2f", m.Baseline, m.Ratio, m.AtLeast)
			verdict = map[bool]string{true: "met", false: "NOT MET"}[m.Met]
		}
		_, _ = fmt.Fprintf(table, "%s\t%.6g\t%s\t%s\t%s\n", m.Name, m.Value, m.Unit, held, verdict)
	}
	return table.Flush()
}
