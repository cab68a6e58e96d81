package api

import (
	"context"
	"encoding/base64"
	"sort"

	"github.com/danielgtaylor/huma/v2"

	"mirsad/internal/csvfile"
	"mirsad/internal/figures"
	"mirsad/internal/httpserver"
	"mirsad/internal/i18n"
)

// Paged are the parameters of a list.
type Paged struct {
	Limit string `query:"limit" doc:"Most items of a page, 1 to 10000; default 5000." example:"100"`
	Next  string `query:"next" doc:"What the page before answered as next."`
}

const (
	defaultPage = 5_000
	largestPage = 10_000
)

// page is a list's answer; next is empty on the last page.
type page[T any] struct {
	figures.Stamp

	Items []T    `json:"items"`
	Next  string `json:"next"`
}

// paginate cuts a page out of items sorted by code; a list that changes between two pages repeats and skips nothing.
func paginate[T any](v *view, paged Paged, items []T, code func(T) string) (page[T], error) {
	var read reader
	limit := read.number("limit", paged.Limit, 1, largestPage, defaultPage)
	after, err := base64.RawURLEncoding.DecodeString(paged.Next)
	if err != nil {
		read.fault("next", "not_a_page", i18n.Args{"value": paged.Next})
	}
	if err := read.err(); err != nil {
		return page[T]{}, err
	}
	if paged.Next != "" {
		items = items[sort.Search(len(items), func(i int) bool { return code(items[i]) > string(after) }):]
	}
	answer := page[T]{Stamp: v.Stamp, Items: items}
	if len(items) > limit {
		answer.Items = items[:limit]
		answer.Next = base64.RawURLEncoding.EncodeToString([]byte(code(items[limit-1])))
	}
	return answer, nil
}

// list is one list, answered as JSON by pages and whole as CSV.
type list[P, T any] struct {
	call
	items   func(context.Context, *view, P) ([]T, error)
	columns []column[T]
}

// defaultMostRows are as many as spreadsheet programs open without effort, some 20 MB.
const defaultMostRows = 100_000

// tooManyRows refuses a table rather than cutting it short.
func tooManyRows(most int) error {
	return &httpserver.FaultsError{
		Faults: []httpserver.Fault{httpserver.NewFault("rows", "api.fault.too_many_rows", i18n.Args{"most": most})},
	}
}

// registerCSV adds the list's CSV at the path with .csv.
func registerCSV[T any, P input[T], I any](a *API, l list[P, I]) {
	asCSV := call{id: l.id + "-csv", who: l.who, path: l.path + ".csv", summary: l.summary + " (CSV, UTF-8 with BOM)"}
	operation := a.operation(asCSV)
	operation.Responses["200"] = &huma.Response{Description: "OK", Content: map[string]*huma.MediaType{
		csvType: {Schema: &huma.Schema{Type: huma.TypeString}},
	}}
	serve(a, operation, only(asCSV.who), func(ctx context.Context, parameters *T) (*csvReply, error) {
		r := requestFrom(ctx)
		v, err := a.view(ctx, P(parameters).common())
		if err != nil {
			return nil, asProblem(r, err)
		}
		out := &csvReply{Status: 200, CacheControl: private, ETag: a.tag(r, v)}
		if httpserver.Holds(r, out.ETag) {
			out.Status = 304
			return out, nil
		}
		items, err := l.items(ctx, v, P(parameters))
		if err != nil {
			return nil, asProblem(r, err)
		}
		if most := a.configuration.MostRows; len(items) > most {
			return nil, asProblem(r, tooManyRows(most))
		}
		out.ContentType = csvfile.ContentType
		out.Disposition = `attachment; filename="` + l.id + "-" + v.On.String() + `.csv"`
		out.Body = writeCSV(v, P(parameters).common().Lang, l.columns, items)
		return out, nil
	})
}
