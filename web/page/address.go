package page

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

// Address makes the links of a page; the dates that a reader chose go along with each.
type Address struct {
	Language i18n.Language
	// Path is this page's, without the language.
	Path  string
	Query url.Values
}

// Dates are the names of the two dates in an address.
var Dates = []string{"on", "as_at"}

// To returns the address of a page in this language, with the dates and the given names and values.
func (a Address) To(path string, pairs ...string) string {
	query := url.Values{}
	for _, name := range Dates {
		if value := a.Query.Get(name); value != "" {
			query.Set(name, value)
		}
	}
	return WithQuery("/"+string(a.Language)+path, Set(query, pairs))
}

// With returns this page's address with the given names and values changed; an empty value takes the name away.
func (a Address) With(pairs ...string) string {
	return WithQuery("/"+string(a.Language)+a.Path, Set(a.Copied(), pairs))
}

// in returns this page's address, query and all, in another language.
func (a Address) in(language i18n.Language) string {
	return WithQuery("/"+string(language)+a.Path, a.Copied())
}

// pinned returns this page's address with both dates fixed, so that another reader sees the same figures.
func (a Address) pinned(stamp figures.Stamp, zone *time.Location) string {
	return a.With("on", stamp.On.String(), "as_at", civil.DateOf(stamp.AsAt.In(zone)).String())
}

// Table returns the address of a chart's table as CSV, with this page's query.
func (a Address) Table(chart string, pairs ...string) string {
	return WithQuery("/charts/"+chart+".csv", Set(a.Copied(), append(pairs, "lang", string(a.Language))))
}

// Workbook returns the address of a month's workbook, by the knowledge that the reader chose.
func (a Address) Workbook(month civil.Month, language i18n.Language) string {
	query := Set(url.Values{}, []string{"lang", string(language), "as_at", a.Query.Get("as_at")})
	return WithQuery("/v1/reports/"+month.String()+"/highlights.xlsx", query)
}

// Others returns the query's names and values without the given names: a form's hidden fields.
func (a Address) Others(except ...string) []Hidden {
	query := a.Copied()
	for _, name := range except {
		query.Del(name)
	}
	return fields(query)
}

// fields returns a query as hidden fields, by name.
func fields(query url.Values) []Hidden {
	list := make([]Hidden, 0, len(query))
	for _, name := range slices.Sorted(maps.Keys(query)) {
		list = append(list, Hidden{Name: name, Value: query.Get(name)})
	}
	return list
}

// Copied is the query of the address without what is empty; the caller may change it.
func (a Address) Copied() url.Values {
	query := url.Values{}
	for name, values := range a.Query {
		if len(values) > 0 && values[0] != "" {
			query.Set(name, values[0])
		}
	}
	return query
}

// Set sets names and values in pairs in a query, and returns it; an empty value takes its name away.
func Set(query url.Values, pairs []string) url.Values {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			query.Del(pairs[i])
			continue
		}
		query.Set(pairs[i], pairs[i+1])
	}
	return query
}

// WithQuery joins a path and a query.
func WithQuery(path string, query url.Values) string {
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
		parsed, err := DateIn(text)
		if err != nil {
			return figures.Question{}, err
		}
		*date = parsed
	}
	return q, nil
}

// Redirect sends the browser to a page by GET.
func Redirect(rw http.ResponseWriter, r *http.Request, to string) {
	http.Redirect(rw, r, to, http.StatusSeeOther)
}

// FieldsOf returns the named values of an address's query.
func FieldsOf(a Address, names ...string) url.Values {
	query := url.Values{}
	for _, name := range names {
		if value := a.Query.Get(name); value != "" {
			query.Set(name, value)
		}
	}
	return query
}
