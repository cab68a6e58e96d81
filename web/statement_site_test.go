package web

import (
	"context"
	"log/slog"
	"net/url"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/prometheus/client_golang/prometheus"

	"mirsad/ingest"
	"mirsad/ingest/rows"
	"mirsad/ingest/spool"
	"mirsad/internal/access"
	"mirsad/internal/act"
	"mirsad/internal/clickhouse"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/clocktest"
	"mirsad/internal/gather"
	"mirsad/internal/i18n"
	"mirsad/internal/link"
	"mirsad/internal/programme"
)

// trueIntake is the program's own door for events.
type trueIntake struct {
	*ingest.Ingest

	broken error
}

func (i *trueIntake) Submit(ctx context.Context, who access.Principal, entity string, body []byte, contentType string,
	dryRun bool,
) (act.IntakeAnswer, error) {
	if i.broken != nil {
		return act.IntakeAnswer{}, i.broken
	}
	who.Entity = entity
	got, err := i.Receive(ctx, ingest.Submission{
		Principal: who, Format: rows.Format(contentType), Body: body,
		DryRun: dryRun,
	})
	answer := act.IntakeAnswer{Receipt: got.Receipt, Accepted: got.Accepted}
	for _, row := range got.Rejected {
		answer.Rejected = append(answer.Rejected, act.IntakeRefusal{
			Index: row.Index, Code: row.Code, Field: row.Field, Message: row.Message, MessageAr: row.MessageAr,
			Remedy: row.Remedy, RemedyAr: row.RemedyAr,
		})
	}
	return answer, err
}

// usedLinks is where a link of a session is used up.
type usedLinks struct {
	*desk

	acts []link.Act
	err  error
}

func (u *usedLinks) Use(ctx context.Context, act link.Act, submit func(context.Context) error) error {
	if u.acts = append(u.acts, act); u.err != nil {
		return u.err
	}
	return submit(ctx)
}

// totalsSite is a store with live services, and the pages over it with the true intake.
type totalsSite struct {
	*agencySite

	t      *testing.T
	db     *clickhouse.DB
	intake *trueIntake
}

// launchedOnTwo is the launch of a service on two channels.
const launchedOnTwo = `{"action":"launch","level":2,"channels":["web","counter"],"effective_on":"2015-01-01"}`

// completedOf is a statement of the uses that were completed in September.
func completedOf(value string) string {
	return `{"period":"2016-09","channel":"web","measure":"completed","state":"reported","value":` + value + `}`
}

// eventLine is an event of nine in the morning as the intake takes it.
func eventLine(id, kind, day, service, data string) string {
	return `{"specversion":"1.0","id":"` + id + `","source":"test","type":"mirsad.` + kind + `.v1","time":"` + day +
		`T09:00:00Z","subject":"` + service + `","data":` + data + "}\n"
}

var (
	ownAgency = access.Principal{ID: "user/sara@moi.example", Name: "Sara", Role: access.RoleAgency, Entity: "moi"}
	rollouts  = eventLine("r-visa", "rollout", "2015-01-01", "visa", launchedOnTwo) +
		eventLine("r-permit", "rollout", "2015-01-01", "permit", launchedOnTwo) +
		eventLine("u-1", "usage", "2016-09-12", "visa", `{"channel":"web","stage":"complete","count":120}`) +
		eventLine("u-2", "usage", "2016-09-12", "visa", `{"channel":"web","stage":"view","count":300}`) +
		eventLine("s-1", "statement", "2016-10-01", "permit", completedOf("77"))
)

func totalsSiteOf(t *testing.T) *totalsSite {
	t.Helper()
	db := clickhousetest.New(t)
	clickhousetest.Catalogue(t, db, programme.DefaultSettings(), "",
		[]programme.Channel{programme.ChannelWeb, programme.ChannelCounter}, "licence", "permit", "visa")
	_, err := db.AppendAll(t.Context(), []programme.Draft{
		{
			Family: programme.FamilyEntity, Subject: "moj", Actor: "test",
			Body: programme.Entity{Code: "moj", Name: "Justice", NameAr: "العدل"},
		},
		{Family: programme.FamilyService, Subject: "deed", Actor: "test", Body: programme.Service{
			Code: "deed", Name: "deed", NameAr: "deed", Entity: "moj",
			Channels: []programme.Channel{programme.ChannelWeb},
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	quiet := slog.New(slog.DiscardHandler)
	s := &totalsSite{t: t, db: db, intake: &trueIntake{}}
	kept, err := spool.Open(spool.Configuration{Dir: t.TempDir()},
		spool.Dependencies{Logger: quiet, Now: clocktest.Now})
	if err != nil {
		t.Fatal(err)
	}
	s.intake.Ingest, err = ingest.New(ingest.Configuration{}, ingest.Dependencies{
		Store: db, Spool: kept, Words: words, Logger: quiet, Registerer: prometheus.NewRegistry(), Now: clocktest.Now,
		Zone:     qatar,
		Settings: programme.DefaultSettings,
	})
	if err == nil {
		err = s.intake.Start(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = s.intake.Stop(context.WithoutCancel(t.Context()))
		_ = kept.Close()
	})
	answers, err := gather.New(
		gather.Configuration{Zone: qatar, VersionEvery: time.Nanosecond},
		gather.Dependencies{Store: db, Now: clocktest.Now},
	)
	if err != nil {
		t.Fatal(err)
	}
	s.agencySite = agencySiteOf(t, Dependencies{Figures: answers, Totals: answers, Intake: s.intake})
	s.person = ownAgency
	s.receive(rollouts)
	return s
}

// receive sends events as an administrator and waits until figures know of them.
func (s *totalsSite) receive(lines string) {
	s.t.Helper()
	answer, err := s.intake.Receive(s.t.Context(), ingest.Submission{
		Principal: administrator,
		Format:    rows.FormatLines, Body: []byte(lines),
	})
	if err != nil || len(answer.Rejected) > 0 {
		s.t.Fatalf("%+v, %v", answer, err)
	}
	s.settle()
}

func (s *totalsSite) settle() {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), 20*time.Second)
	defer cancel()
	if err := s.intake.Idle(ctx); err != nil {
		s.t.Fatal(err)
	}
}

// statements are the newest versions of what is stated.
func (s *totalsSite) statements() []programme.Statement {
	s.t.Helper()
	s.settle()
	use, err := s.db.Use(s.t.Context(), time.Time{})
	if err != nil {
		s.t.Fatal(err)
	}
	return use.Statements
}

// stated is the newest value that is stated of a service's completed uses in September; -1 for none.
func (s *totalsSite) stated(service string, channel programme.Channel) int64 {
	s.t.Helper()
	value, newest := int64(-1), time.Time{}
	for _, each := range s.statements() {
		if each.Service == service && each.Channel == channel && each.Measure == programme.MeasureCompleted &&
			each.RecordedAt.After(newest) {
			value, newest = each.Value, each.RecordedAt
		}
	}
	return value
}

// totalsForm are the fields of totals: channel.measure.service, value, state and so on.
func totalsForm(fields ...string) url.Values {
	form := url.Values{}
	for i := 0; i+2 < len(fields); i += 3 {
		form.Set("value."+fields[i], fields[i+1])
		form.Set("state."+fields[i], fields[i+2])
	}
	return form
}

// confirming is the form by which a checked page is confirmed.
func confirming(t *testing.T, body string) url.Values {
	t.Helper()
	form := url.Values{}
	document(t, body).Find("form.stack[method=post] input[type=hidden]").Each(func(_ int, field *goquery.Selection) {
		form.Set(attribute(field, "name"), attribute(field, "value"))
	})
	if form.Get("act") != "confirm" {
		t.Fatalf("nothing to confirm in\n%s", textOf(document(t, body).Find("main")))
	}
	return form
}

// checks sends totals to be checked, and returns the form that confirms them.
func (s *totalsSite) checks(path string, fields ...string) url.Values {
	s.t.Helper()
	_, body := post(s.t, s.server, path, totalsForm(fields...))
	return confirming(s.t, body)
}
