package web

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
)

// address makes the links of a page; the dates that a reader chose go along with each.
type address struct {
	language i18n.Language
	// path is this page's, without the language.
	path  string
	query url.Values
}

// dates are the names of the two dates in an address.
var dates = []string{"on", "as_at"}

// to returns the address of a page in this language, with the dates and the given names and values.
func (a address) to(path string, pairs ...string) string {
	query := url.Values{}
	for _, name := range dates {
		if value := a.query.Get(name); value != "" {
			query.Set(name, value)
		}
	}
	return withQuery("/"+string(a.language)+path, set(query, pairs))
}

// with returns this page's address with the given names and values changed; an empty value takes the name away.
func (a address) with(pairs ...string) string {
	return withQuery("/"+string(a.language)+a.path, set(a.copied(), pairs))
}

// in returns this page's address, query and all, in another language.
func (a address) in(language i18n.Language) string {
	return withQuery("/"+string(language)+a.path, a.copied())
}

// pinned returns this page's address with both dates fixed, so that another reader sees the same figures.
func (a address) pinned(stamp figures.Stamp, zone *time.Location) string {
	return a.with("on", stamp.On.String(), "as_at", civil.DateOf(stamp.AsAt.In(zone)).String())
}

// table returns the address of a chart's table as CSV, with this page's query.
func (a address) table(chart string, pairs ...string) string {
	return withQuery("/charts/"+chart+".csv", set(a.copied(), append(pairs, "lang", string(a.language))))
}

// workbook returns the address of a month's workbook, by the knowledge that the reader chose.
func (a address) workbook(month civil.Month, language i18n.Language) string {
	query := set(url.Values{}, []string{"lang", string(language), "as_at", a.query.Get("as_at")})
	return withQuery("/v1/reports/"+month.String()+"/highlights.xlsx", query)
}

// others returns the query's names and values without the given names: a form's hidden fields.
func (a address) others(except ...string) []hidden {
	query := a.copied()
	for _, name := range except {
		query.Del(name)
	}
	return fields(query)
}

// fields returns a query as hidden fields, by name.
func fields(query url.Values) []hidden {
	list := make([]hidden, 0, len(query))
	for _, name := range slices.Sorted(maps.Keys(query)) {
		list = append(list, hidden{Name: name, Value: query.Get(name)})
	}
	return list
}

func (a address) copied() url.Values {
	query := url.Values{}
	for name, values := range a.query {
		if len(values) > 0 && values[0] != "" {
			query.Set(name, values[0])
		}
	}
	return query
}

func set(query url.Values, pairs []string) url.Values {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			query.Del(pairs[i])
			continue
		}
		query.Set(pairs[i], pairs[i+1])
	}
	return query
}

func withQuery(path string, query url.Values) string {
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}

// questionOf reads the two dates of an address; an unreadable one is programme.ErrInvalid.
func questionOf(query url.Values) (figures.Question, error) {
	var q figures.Question
	for name, date := range map[string]*civil.Date{"on": &q.On, "as_at": &q.AsAt} {
		text := query.Get(name)
		if text == "" {
			continue
		}
		parsed, err := civil.ParseDate(text)
		if err != nil {
			return figures.Question{}, err
		}
		*date = parsed
	}
	return q, nil
}

// redirect sends the browser to a page by GET.
func redirect(rw http.ResponseWriter, r *http.Request, to string) {
	http.Redirect(rw, r, to, http.StatusSeeOther) //nolint:gosec // every caller passes an address made here or checked by account.LocalPath
}

// fieldsOf returns the named values of an address's query.
func fieldsOf(a address, names ...string) url.Values {
	query := url.Values{}
	for _, name := range names {
		if value := a.query.Get(name); value != "" {
			query.Set(name, value)
		}
	}
	return query
}
