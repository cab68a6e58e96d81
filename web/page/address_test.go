package page

import (
	"errors"
	"net/url"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// addressOf is an Arabic page's with a query.
func addressOf(t *testing.T, path, query string) Address {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	return Address{Language: i18n.Arabic, Path: path, Query: values}
}

func TestAddressesTakeAlongWhatBelongsToThem(t *testing.T) {
	a := addressOf(t, "/services", "on=2016-09-30&as_at=&q=a+b&page=2&q=c")
	stamp := figures.Stamp{On: civil.NewDate(2016, 9, 30), AsAt: time.Date(2016, 10, 4, 22, 0, 0, 0, time.UTC)}
	qatar := time.FixedZone("Asia/Qatar", 3*60*60)
	for _, c := range []struct{ name, got, want string }{
		{"another page takes the date", a.To("/usage"), "/ar/usage?on=2016-09-30"},
		{"both of them", addressOf(t, "/", "as_at=2016-10-01&on=2016-09-30").To("/usage"), "/ar/usage?as_at=2016-10-01&on=2016-09-30"},
		{"and what it is asked for", a.To("/usage", "by", "level", "grain", ""), "/ar/usage?by=level&on=2016-09-30"},
		{"an odd name is left out", a.To("/usage", "by"), "/ar/usage?on=2016-09-30"},
		{"this page takes all", a.With("page", "3"), "/ar/services?on=2016-09-30&page=3&q=a+b"},
		{"and drops what is empty", a.With("page", "", "q", ""), "/ar/services?on=2016-09-30"},
		{"in the other language", a.in(i18n.English), "/en/services?on=2016-09-30&page=2&q=a+b"},
		{"with both dates", a.pinned(stamp, qatar), "/ar/services?as_at=2016-10-05&on=2016-09-30&page=2&q=a+b"},
		{"a table", a.Table("use", "entity", "moi"), "/charts/use.csv?entity=moi&lang=ar&on=2016-09-30&page=2&q=a+b"},
		{
			"a workbook by the knowledge of a day", addressOf(t, "/reports", "as_at=2016-10-01&on=2016-09-30").Workbook(civil.NewMonth(2016, time.May), i18n.English),
			"/v1/reports/2016-05/highlights.xlsx?as_at=2016-10-01&lang=en",
		},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", c.name, c.got, c.want)
		}
	}
	if a.Query.Get("page") != "2" {
		t.Error("making an address changes the page's own")
	}
}

func TestAFormTakesAlongWhatItDoesNotAsk(t *testing.T) {
	others := addressOf(t, "/services", "on=2016-09-30&q=x&level=&page=2").Others("q", "page")
	if len(others) != 1 || others[0] != (Hidden{"on", "2016-09-30"}) {
		t.Errorf("%v", others)
	}
	if some := FieldsOf(addressOf(t, "/", "on=1&as_at=&x=2"), "on", "as_at"); some.Encode() != "on=1" {
		t.Errorf("%v", some)
	}
}

func TestTheDatesOfAnAddress(t *testing.T) {
	for _, c := range []struct {
		query string
		want  figures.Question
		bad   bool
	}{
		{"", figures.Question{}, false},
		{"on=2016-09-30", figures.Question{On: civil.NewDate(2016, 9, 30)}, false},
		{"on=2016-09-30&as_at=2016-10-01", figures.Question{On: civil.NewDate(2016, 9, 30), AsAt: civil.NewDate(2016, 10, 1)}, false},
		{"on=30.9.2016", figures.Question{On: civil.NewDate(2016, 9, 30)}, false},
		{"on=soon", figures.Question{}, true},
		{"as_at=2016-02-30", figures.Question{}, true},
	} {
		got, err := questionOf(addressOf(t, "/", c.query).Query)
		if got != c.want || errors.Is(err, programme.ErrInvalid) != c.bad {
			t.Errorf("%s: %v, %v", c.query, got, err)
		}
	}
}
