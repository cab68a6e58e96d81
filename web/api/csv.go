package api

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/csvfile"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

const csvType = "text/csv"

// csvReply is a CSV with what a client needs to keep it.
type csvReply struct {
	Status       int
	CacheControl string `header:"Cache-Control"`
	ETag         string `header:"ETag"`
	ContentType  string `header:"Content-Type"`
	Disposition  string `header:"Content-Disposition"`
	Body         []byte
}

// column is a column of a CSV: its name, and its cell for an item.
type column[T any] struct {
	name string
	cell func(T) cell
}

// cell is a cell; the functions below make one of each kind of value.
type cell = csvfile.Cell

func text[S ~string](s S) cell               { return csvfile.Text(s) }
func number(n int) cell                      { return csvfile.Number(strconv.Itoa(n)) }
func date(d civil.Date) cell                 { return text(d.String()) }
func truth(b bool) cell                      { return text(strconv.FormatBool(b)) }
func state(s programme.State) cell           { return text(stateName(s)) }
func channels(list []programme.Channel) cell { return text(strings.Join(texts(list), " ")) }
func instant(t time.Time) cell               { return text(t.UTC().Format(time.RFC3339)) }

// stateName names no state as what it is: not provided.
func stateName(s programme.State) string {
	if s == "" {
		s = programme.NotProvided
	}
	return string(s)
}

// count is empty where there is no value: missing is never zero.
func count(n programme.Count) cell {
	if !n.Known() {
		return cell{}
	}
	return csvfile.Number(strconv.FormatInt(n.Value, 10))
}

func ratio(n programme.Ratio) cell {
	if !n.Known() {
		return cell{}
	}
	return csvfile.Number(strconv.FormatFloat(n.Value, 'f', -1, 64))
}

// writeCSV writes items under headings: field names or, with a language, words. Each row ends with both dates.
func writeCSV[T any](v *view, lang string, columns []column[T], items []T) []byte {
	var out bytes.Buffer
	table := csvfile.NewWriter(&out)
	heading := make([]string, 0, len(columns)+2)
	for _, each := range columns {
		heading = append(heading, v.heading(lang, each.name))
	}
	table.Heading(append(heading, v.heading(lang, "on"), v.heading(lang, "as_at"))...)
	on, asAt := date(v.On), instant(v.AsAt)
	row := make([]cell, 0, len(columns)+2)
	for _, item := range items {
		row = row[:0]
		for _, each := range columns {
			row = append(row, each.cell(item))
		}
		table.Row(append(row, on, asAt)...)
	}
	_ = table.Flush() // a buffer takes everything
	return out.Bytes()
}

func (v *view) heading(lang, name string) string {
	if language, known := i18n.ParseLanguage(lang); known {
		return v.words.In(language).T("api.column." + name)
	}
	return name
}
