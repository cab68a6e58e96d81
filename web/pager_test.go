package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/clickhouse"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
	"mirsad/web/page"
)

// listLengths are the lengths of lists about every boundary of a page.
var listLengths = []int{0, 1, 20, 25, 49, 50, 51, 100, 101}

// listing is a programme in which the entity e<n> has n services, each with one line in every list of a page.
type listing struct{ fixed }

func listingProgramme() listing {
	f := fixture()
	sample, milestone := f.Services[0], f.Plans.Milestones[0]
	f.Entities, f.Services, f.Plans.Milestones = nil, nil, nil
	for _, n := range listLengths {
		entity := fmt.Sprintf("e%d", n)
		f.Entities = append(f.Entities, figures.EntityFigures{Code: entity, Name: entity, NameAr: entity})
		for i := range n {
			code := fmt.Sprintf("s%d-%d", n, i)
			service := sample
			service.Code, service.Name, service.NameAr, service.Entity = code, code, code, entity
			service.Status = figures.ServiceLive
			f.Services = append(f.Services, service)
			late := milestone
			late.Service, late.Entity, late.Status = code, entity, figures.MilestoneLate
			f.Plans.Milestones = append(f.Plans.Milestones, late)
		}
	}
	return listing{fixed{figures: f}}
}

func (l listing) Quality(context.Context, figures.Question) (*figures.Quality, error) {
	q := &figures.Quality{}
	for i := range l.figures.Services {
		s := &l.figures.Services[i]
		q.Findings = append(q.Findings, programme.Finding{Kind: programme.FindingIDOnTwoDays, Entity: s.Entity, Service: s.Code})
	}
	return q, nil
}

func (listing) Doubts(context.Context, figures.Question, []programme.Statement) ([]programme.Finding, error) {
	return nil, nil
}

func (l listing) MonthTotals(_ context.Context, _ figures.Question, entity string, month civil.Month) (*figures.MonthTotals, error) {
	totals := &figures.MonthTotals{Entity: entity, Month: month}
	for i := range l.figures.Services {
		if s := &l.figures.Services[i]; s.Entity == entity {
			totals.Lines = append(totals.Lines, figures.MonthLine{
				Service: s.Code, Channel: programme.ChannelWeb, Totals: []usage.MeasuredTotal{{Measure: programme.MeasureCompleted}},
			})
		}
	}
	return totals, nil
}

// claimEvery records a claim of each service.
func claimEvery(t *testing.T, db *clickhouse.DB, f *figures.Figures) {
	t.Helper()
	var drafts []programme.Draft
	for i := range f.Services {
		drafts = append(drafts, programme.Draft{
			Family: programme.FamilyAssessment, Subject: f.Services[i].Code, Actor: "user/agency@moi.example",
			Body: programme.Assessment{Kind: programme.AssessmentClaim, Level: programme.LevelTransactional, EffectiveOn: fixtureOn},
		})
	}
	if _, err := db.AppendAll(t.Context(), drafts); err != nil {
		t.Fatal(err)
	}
}

// listSite serves every list to an administrator.
func listSite(t *testing.T) *httptest.Server {
	t.Helper()
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	db, all := clickhousetest.New(t), listingProgramme()
	claimEvery(t, db, all.figures)
	pages, err := New(Configuration{Zone: qatar}, complete(t, Dependencies{
		Figures: all, Accounts: &people{}, Settings: settingsOfFixture, Register: db, Totals: all, Intake: &trueIntake{},
		Words: words, Logger: slog.New(slog.DiscardHandler),
	}))
	if errors.Is(err, page.ErrNotBuilt) {
		t.Skip(skipReason(t, err.Error()))
	}
	if err != nil {
		t.Fatal(err)
	}
	handler := handlerOf(t, pages)
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		handler.ServeHTTP(rw, r.WithContext(access.WithPrincipal(r.Context(), administrator)))
	}))
	t.Cleanup(server.Close)
	return server
}

// asked are what an address may say of the page, with the number of the page that it means.
var asked = map[string]int{
	"": 1, "1": 1, "2": 2, "3": 3, "0": 1, "-1": 1, "last": 1, "2.5": 1, "7": 7, "1000000": 1e6,
	strconv.Itoa(int(^uint(0) >> 1)): 1e6, "99999999999999999999": 1e6, "-99999999999999999999": 1,
}

// The words of a range are the bundle's, the address is any page's.
func TestAPageOfAListIsTheAskedOneOrTheLast(t *testing.T) {
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range listLengths {
		for sent, number := range asked {
			v := &page.Visit{
				Words:   page.Words{Words: words.In(i18n.English)},
				Address: page.Address{Language: i18n.English, Path: "/x", Query: url.Values{"page": {sent}}},
			}
			rows, p := page.Paged(v, make([]int, n), 50)
			last := max(1, (n+49)/50)
			number = min(number, last)
			if len(rows) != p.Last-p.First || p.First != (number-1)*50 || p.Last != min(number*50, n) {
				t.Errorf("page %q of %d rows: %d to %d, %d rows", sent, n, p.First, p.Last, len(rows))
			}
			if (p.Previous.Address != "") != (number > 1) || (p.Next.Address != "") != (number < last) {
				t.Errorf("page %q of %d rows leads to %q and %q", sent, n, p.Previous.Address, p.Next.Address)
			}
		}
	}
}

func TestEveryListShowsTheAskedPageOrTheLastOne(t *testing.T) {
	server := listSite(t)
	for _, list := range []struct {
		path string
		size int
	}{
		{"/services?status=all", 50},
		{"/claims?state=", 50},
		{"/review/claims?service=", 50},
		{"/quality?grade=", 50},
		{"/plans?milestones=late", 25},
		{"/statements?month=2016-08", 20},
	} {
		for _, n := range listLengths {
			for _, page := range []string{"", "2", "3", "99999999999999999999"} {
				address := fmt.Sprintf("/en%s&entity=e%d&page=%s", list.path, n, page)
				answer, body := get(t, server, address)
				if answer.StatusCode != http.StatusOK {
					t.Errorf("%s answers %d", address, answer.StatusCode)
					continue
				}
				checkPage(t, address, body, n, list.size, asked[page])
			}
		}
	}
}

// checkPage looks for the rows, the range and the links of a page of n rows.
func checkPage(t *testing.T, address, body string, n, size, number int) {
	t.Helper()
	pager := document(t, body).Find("nav.pager")
	if n == 0 {
		if pager.Length() != 0 {
			t.Errorf("%s: an empty list has pages", address)
		}
		return
	}
	last := (n + size - 1) / size
	number = min(number, last)
	from, to := (number-1)*size+1, min(number*size, n)
	if rows := pager.Parent().Find("tbody").First().Children().Length(); rows != to-from+1 {
		t.Errorf("%s: %d rows, want %d to %d", address, rows, from, to)
	}
	if got, want := textOf(pager.Find("span")), fmt.Sprintf("%d–%d of %d", from, to, n); got != want {
		t.Errorf("%s: the range is %q, want %q", address, got, want)
	}
	if previous, next := pager.Find(
		"a[rel=prev]",
	).Length() == 1, pager.Find(
		"a[rel=next]",
	).Length() == 1; previous != (number > 1) ||
		next != (number < last) {
		t.Errorf("%s: previous %t, next %t", address, previous, next)
	}
}
