package api

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/httpserver"
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

// cell is a cell's text; a number is written as it is, entered text is guarded.
type cell struct {
	text   string
	number bool
}

func text[S ~string](s S) cell               { return cell{text: string(s)} }
func number(n int) cell                      { return cell{text: strconv.Itoa(n), number: true} }
func date(d civil.Date) cell                 { return cell{text: d.String()} }
func truth(b bool) cell                      { return cell{text: strconv.FormatBool(b)} }
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
	return cell{text: strconv.FormatInt(n.Value, 10), number: true}
}

func ratio(n programme.Ratio) cell {
	if !n.Known() {
		return cell{}
	}
	return cell{text: strconv.FormatFloat(n.Value, 'f', -1, 64), number: true}
}

// guard keeps a spreadsheet program from reading entered text as a formula.
func (c cell) guard() string {
	if c.number {
		return c.text
	}
	return httpserver.GuardCell(c.text)
}

// writeCSV writes items under headings: field names or, with a language, words. Each row ends with both dates.
func writeCSV[T any](v *view, lang string, columns []column[T], items []T) []byte {
	var out bytes.Buffer
	out.WriteString(httpserver.ByteOrderMark)
	writer := csv.NewWriter(&out)
	writer.UseCRLF = true
	row := make([]string, 0, len(columns)+2)
	for _, each := range columns {
		row = append(row, v.heading(lang, each.name))
	}
	row = append(row, v.heading(lang, "on"), v.heading(lang, "as_at"))
	_ = writer.Write(row) // a buffer takes everything
	on, asAt := date(v.On).guard(), instant(v.AsAt).guard()
	for _, item := range items {
		row = row[:0]
		for _, each := range columns {
			row = append(row, each.cell(item).guard())
		}
		_ = writer.Write(append(row, on, asAt)) // a buffer takes everything
	}
	writer.Flush()
	return out.Bytes()
}

func (v *view) heading(lang, name string) string {
	if language, known := i18n.ParseLanguage(lang); known {
		return v.words.In(language).T("api.column." + name)
	}
	return name
}
