package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
)

// streams are where a command reads and writes, data on out and words on words, and the clock that it reads.
type streams struct {
	in    io.Reader
	out   io.Writer
	words io.Writer
	now   func() time.Time
}

// tell writes words for a person; a command does not fail because nobody reads them.
func (s streams) tell(format string, args ...any) { _, _ = fmt.Fprintf(s.words, format, args...) }

// writeTable writes rows with their cells in columns.
func writeTable(to io.Writer, rows [][]string) error {
	table := tabwriter.NewWriter(to, 0, 0, 3, ' ', 0)
	for _, row := range rows {
		if _, err := fmt.Fprintln(table, strings.Join(row, "\t")); err != nil {
			return err
		}
	}
	return table.Flush()
}
