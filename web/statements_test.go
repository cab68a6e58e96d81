package web

import (
	"context"
	"errors"
	"html"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"mirsad/ingest"
	"mirsad/ingest/rows"
	"mirsad/ingest/spool"
	"mirsad/internal/access"
	"mirsad/internal/act"
	"mirsad/internal/civil"
	"mirsad/internal/clickhouse"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/clocktest"
	"mirsad/internal/gather"
	"mirsad/internal/i18n"
	"mirsad/internal/link"
	"mirsad/internal/programme"
	"mirsad/web/page"
)

// trueIntake is the program's own door for events.
type trueIntake struct {
	*ingest.Ingest

	broken error
}

func (i *trueIntake) Submit(ctx context.Context, who access.Principal, entity string, body []byte, contentType string, dryRun bool) (act.IntakeAnswer, error) {
	if i.broken != nil {
		return act.IntakeAnswer{}, i.broken
	}
	who.Entity = entity
	got, err := i.Receive(ctx, ingest.Submission{Principal: who, Format: rows.Format(contentType), Body: body, DryRun: dryRun})
	answer := act.IntakeAnswer{Receipt: got.Receipt, Accepted: got.Accepted}
	for _, row := range got.Rejected {
		answer.Rejected = append(answer.Rejected, act.IntakeRefusal{
			Index: row.Index, Code: row.Code, Field: row.Field, Message: row.Message, MessageAr: row.MessageAr, Remedy: row.Remedy, RemedyAr: row.RemedyAr,
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
	t      *testing.T
	db     *clickhouse.DB
	intake *trueIntake
	links  *usedLinks
	person access.Principal
	server *httptest.Server
}

var (
	ownAgency = access.Principal{ID: "user/sara@moi.example", Name: "Sara", Role: access.RoleAgency, Entity: "moi"}
	rollouts  = `{"specversion":"1.0","id":"r-visa","source":"test","type":"mirsad.rollout.v1","time":"2015-01-01T09:00:00Z","subject":"visa","data":{"action":"launch","level":2,"channels":["web","counter"],"effective_on":"2015-01-01"}}
{"specversion":"1.0","id":"r-permit","source":"test","type":"mirsad.rollout.v1","time":"2015-01-01T09:00:00Z","subject":"permit","data":{"action":"launch","level":2,"channels":["web","counter"],"effective_on":"2015-01-01"}}
{"specversion":"1.0","id":"u-1","source":"test","type":"mirsad.usage.v1","time":"2016-09-12T09:00:00Z","subject":"visa","data":{"channel":"web","stage":"complete","count":120}}
{"specversion":"1.0","id":"u-2","source":"test","type":"mirsad.usage.v1","time":"2016-09-12T09:00:00Z","subject":"visa","data":{"channel":"web","stage":"view","count":300}}
{"specversion":"1.0","id":"s-1","source":"test","type":"mirsad.statement.v1","time":"2016-10-01T09:00:00Z","subject":"permit","data":{"period":"2016-09","channel":"web","measure":"completed","state":"reported","value":77}}
`
)

func totalsSiteOf(t *testing.T) *totalsSite {
	t.Helper()
	db := clickhousetest.New(t)
	clickhousetest.Catalogue(t, db, programme.DefaultSettings(), "", []programme.Channel{programme.ChannelWeb, programme.ChannelCounter}, "licence", "permit", "visa")
	_, err := db.AppendAll(t.Context(), []programme.Draft{
		{Family: programme.FamilyEntity, Subject: "moj", Actor: "test", Body: programme.Entity{Code: "moj", Name: "Justice", NameAr: "العدل"}},
		{Family: programme.FamilyService, Subject: "deed", Actor: "test", Body: programme.Service{Code: "deed", Name: "deed", NameAr: "deed", Entity: "moj", Channels: []programme.Channel{programme.ChannelWeb}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	quiet := slog.New(slog.DiscardHandler)
	s := &totalsSite{t: t, db: db, intake: &trueIntake{}, links: &usedLinks{}, person: ownAgency}
	kept, err := spool.Open(spool.Configuration{Dir: t.TempDir()}, spool.Dependencies{Logger: quiet, Now: clocktest.Now})
	if err != nil {
		t.Fatal(err)
	}
	s.intake.Ingest, err = ingest.New(ingest.Configuration{}, ingest.Dependencies{
		Store: db, Spool: kept, Words: words, Logger: quiet, Registerer: prometheus.NewRegistry(), Now: clocktest.Now, Zone: qatar, Settings: programme.DefaultSettings,
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
	answers, err := gather.New(gather.Configuration{Zone: qatar, VersionEvery: time.Nanosecond}, gather.Dependencies{Store: db, Now: clocktest.Now})
	if err != nil {
		t.Fatal(err)
	}
	w, err := New(Configuration{Zone: qatar}, Dependencies{
		Figures: answers, Accounts: &people{}, Settings: settingsOfFixture, Totals: answers, Intake: s.intake, Links: s.links, Words: words, Logger: quiet,
	})
	if errors.Is(err, page.ErrNotBuilt) {
		t.Skip(skipReason(t, err.Error()))
	}
	if err != nil {
		t.Fatal(err)
	}
	handler := handlerOf(t, w)
	s.server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		handler.ServeHTTP(rw, r.WithContext(access.WithPrincipal(r.Context(), s.person)))
	}))
	t.Cleanup(s.server.Close)
	s.receive(rollouts)
	return s
}

// receive sends events as an administrator and waits until figures know of them.
func (s *totalsSite) receive(lines string) {
	s.t.Helper()
	answer, err := s.intake.Receive(s.t.Context(), ingest.Submission{Principal: administrator, Format: rows.FormatLines, Body: []byte(lines)})
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
		if each.Service == service && each.Channel == channel && each.Measure == programme.MeasureCompleted && each.RecordedAt.After(newest) {
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

var hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)

// confirming is the form by which a checked page is confirmed.
func confirming(t *testing.T, body string) url.Values {
	t.Helper()
	form := url.Values{}
	_, section, found := strings.Cut(body, `class="stack" method="post"`)
	section, _, _ = strings.Cut(section, "</form>")
	for _, match := range hiddenField.FindAllStringSubmatch(section, -1) {
		form.Set(html.UnescapeString(match[1]), html.UnescapeString(match[2]))
	}
	if !found || form.Get("act") != "confirm" {
		t.Fatalf("nothing to confirm in\n%s", body)
	}
	return form
}

func TestTheTotalsOfAMonthAreShownWithTheirSource(t *testing.T) {
	t.Parallel()
	s := totalsSiteOf(t)
	_, body := get(t, s.server, "/en/statements")
	shows(t, "the totals", body, "Totals of \u2068Interior\u2069 for September 2016", `name="value.web.completed.visa"`, `name="value.counter.started.permit"`,
		`name="value.web.views.visa"`, "(sum of events)", "(from a total entered)", `value="120"`, `value="77"`, `value="300"`, "not requested", "not provided")
	for _, never := range []string{"licence", "deed", "not_requested", `name="value.counter.views.visa"`} {
		if strings.Contains(body, never) {
			t.Errorf("%q is on the page", never)
		}
	}
	_, body = get(t, s.server, "/ar/statements?month=2016-08&q=PERM")
	shows(t, "August", body, "مجاميع", "أغسطس", `name="value.web.completed.permit"`, `value="PERM"`)
	if strings.Contains(body, ".visa\"") {
		t.Error("the search finds everything")
	}
	for _, path := range []string{"/en/statements?month=2016-13", "/en/statements?month=2016-10"} {
		if answer, _ := get(t, s.server, path); answer.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %d", path, answer.StatusCode)
		}
	}
	if _, body = get(t, s.server, "/en/statements?as_at=2016-09-30"); strings.Contains(body, `name="value.`) {
		t.Error("knowledge of the past has a form")
	}
}

func TestTotalsAreCheckedAndConfirmed(t *testing.T) {
	t.Parallel()
	s := totalsSiteOf(t)
	before := len(s.statements())
	answer, body := post(t, s.server, "/ar/statements", totalsForm(
		"web.completed.visa", "٢٬٥٠٠", "reported", "counter.completed.visa", "5", "reported", "counter.started.visa", "", "not_applicable",
		"web.completed.permit", "77", "reported", "web.started.permit", "", "reported",
	))
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("checking: %d", answer.StatusCode)
	}
	shows(t, "the check", body, "تتغير 3 مجاميع", "120", "2,500", "لا ينطبق", "لم يُرسل شيء بعد")
	if len(s.statements()) != before {
		t.Fatal("the check stored something")
	}
	form := confirming(t, body)
	if form.Get("value.web.completed.visa") != "2500" || form.Has("value.web.completed.permit") || form.Has("value.web.started.permit") {
		t.Errorf("to be confirmed: %v", form)
	}
	answer, body = post(t, s.server, "/ar/statements", form)
	shows(t, "the receipt", body, "أُرسلت 3 مجاميع", "إيصال الاستلام")
	found := s.statements()
	if answer.StatusCode != http.StatusOK || len(found) != before+3 {
		t.Fatalf("%d, %d statements", answer.StatusCode, len(found))
	}
	receipt := regexp.MustCompile(`class="code receipt" dir="ltr">([0-9a-f]{32})<`).FindStringSubmatch(body)
	if receipt == nil {
		t.Fatal("no receipt")
	}
	if kept, _, err := s.intake.Receipt(t.Context(), receipt[1]); err != nil || kept.Accepted != 3 || kept.Actor != ownAgency.ID || kept.Entity != "moi" {
		t.Errorf("%+v, %v", kept, err)
	}
	_, body = get(t, s.server, "/en/statements?q=visa")
	shows(t, "afterwards", body, `value="2500"`, "not applicable", "(from a total entered)")
	if _, body = post(t, s.server, "/ar/statements", form); !strings.Contains(body, "لم يُرسل شيء") || len(s.statements()) != before+3 {
		t.Error("sending the same again is news")
	}
}

func TestBadTotalsAreToldBesideTheirFieldsAndGoodOnesKept(t *testing.T) {
	s := totalsSiteOf(t)
	before := len(s.statements())
	mixed := totalsForm(
		"web.completed.visa", hostile[0], "reported", "counter.completed.visa", "12", "reported", "web.started.visa", "-4", "reported",
		"counter.started.visa", "5", "not_applicable", "web.started.permit", "9", "not_requested_by_us",
	)
	for language, remedy := range map[string]string{"en": "Give a whole number from 0", "ar": "عددًا صحيحًا"} {
		answer, body := post(t, s.server, "/"+language+"/statements", mixed)
		shows(t, language, body, remedy, `id="t-web-completed-visa-fault"`, `id="t-web-started-visa-fault"`, `id="t-counter-started-visa-fault"`,
			`id="t-web-started-permit-fault"`, `value="-4"`, "&lt;script&gt;", `role="alert"`)
		if answer.StatusCode != http.StatusUnprocessableEntity || strings.Count(body, `aria-invalid="true"`) != 4 {
			t.Errorf("%s: %d, %d faults", language, answer.StatusCode, strings.Count(body, `aria-invalid="true"`))
		}
		if good := confirming(t, body); len(good) != 4 || good.Get("value.counter.completed.visa") != "12" {
			t.Errorf("%s: to be confirmed is %v", language, good)
		}
	}
	_, body := post(t, s.server, "/en/statements", totalsForm("counter.completed.visa", "12", "reported"))
	mixed.Set("act", "confirm")
	mixed.Set("seen", confirming(t, body).Get("seen"))
	answer, body := post(t, s.server, "/en/statements", mixed)
	if answer.StatusCode != http.StatusConflict || !strings.Contains(body, "nothing was sent") {
		t.Errorf("confirming what was not shown: %d", answer.StatusCode)
	}
	if len(s.statements()) != before {
		t.Error("something was kept that nobody confirmed")
	}
	s.intake.broken = programme.ErrUnavailable
	if answer, _ = post(t, s.server, "/en/statements", totalsForm("web.completed.visa", "1", "reported")); answer.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("without an intake: %d", answer.StatusCode)
	}
}

func TestNobodyConfirmsOverWhatHasChangedSince(t *testing.T) {
	t.Parallel()
	s := totalsSiteOf(t)
	_, body := post(t, s.server, "/en/statements", totalsForm("web.completed.permit", "80", "reported"))
	form := confirming(t, body)
	s.receive(`{"specversion":"1.0","id":"s-2","source":"test","type":"mirsad.statement.v1","time":"2016-10-02T09:00:00Z","subject":"permit","data":{"period":"2016-09","channel":"web","measure":"completed","state":"reported","value":79}}`)
	answer, body := post(t, s.server, "/en/statements", form)
	shows(t, "the conflict", body, "The current totals have changed since you opened this page", "79")
	if answer.StatusCode != http.StatusConflict || s.stated("permit", programme.ChannelWeb) != 79 {
		t.Errorf("%d", answer.StatusCode)
	}
	if answer, _ = post(t, s.server, "/en/statements", confirming(t, body)); answer.StatusCode != http.StatusOK || s.stated("permit", programme.ChannelWeb) != 80 {
		t.Errorf("confirmed again: %d", answer.StatusCode)
	}
}

func TestASignedLinkSubmitsTheTotalsOfItsMonth(t *testing.T) {
	t.Parallel()
	s := totalsSiteOf(t)
	september := civil.NewMonth(2016, 9)
	s.person = access.Principal{
		ID: "link/l1", Name: "noor@moi.example", Role: access.RoleAgency, Entity: "moi", Purpose: access.LinkStatements, Month: september - 1,
	}
	_, body := get(t, s.server, "/en/statements")
	shows(t, "the link's month", body, "August 2016")
	if answer, _ := get(t, s.server, "/en/statements?month=2016-09"); answer.StatusCode != http.StatusForbidden {
		t.Errorf("another month: %d", answer.StatusCode)
	}
	form := totalsForm("web.completed.visa", "50", "reported")
	if answer, _ := post(t, s.server, "/en/statements?month=2016-09", form); answer.StatusCode != http.StatusForbidden {
		t.Errorf("submitting another month: %d", answer.StatusCode)
	}
	_, body = post(t, s.server, "/en/statements", form)
	if len(s.links.acts) != 0 {
		t.Fatal("looking uses the link up")
	}
	form = confirming(t, body)
	before := len(s.statements())
	s.links.err = link.ErrUsed
	if answer, _ := post(t, s.server, "/en/statements", form); answer.StatusCode != http.StatusGone && answer.StatusCode != http.StatusForbidden {
		t.Errorf("a link that was used: %d", answer.StatusCode)
	}
	if s.links.err = nil; len(s.statements()) != before {
		t.Fatal("a link that was used submits")
	}
	answer, body := post(t, s.server, "/en/statements", form)
	shows(t, "the last page", body, "The link has been used", "One total was sent")
	want := link.Act{Purpose: access.LinkStatements, Entity: "moi", Month: september - 1}
	if answer.StatusCode != http.StatusOK || s.links.acts[len(s.links.acts)-1] != want || len(s.statements()) != before+1 {
		t.Errorf("%d, %+v", answer.StatusCode, s.links.acts)
	}
	s.person.Purpose = access.LinkPlan
	if _, err := s.intake.Submit(t.Context(), s.person, "moi", []byte("service,channel,measure,period,state,value\nvisa,web,completed,2016-08,reported,1\n"), "text/csv", true); !errors.Is(err, programme.ErrForbidden) {
		t.Errorf("a link for a plan sends totals: %v", err)
	}
}

func TestWhoSubmitsTotals(t *testing.T) {
	t.Parallel()
	s := totalsSiteOf(t)
	before := len(s.statements())
	justice := access.Principal{ID: "user/j@moj.example", Role: access.RoleAgency, Entity: "moj"}
	for _, each := range []struct {
		person access.Principal
		method string
		path   string
		want   int
	}{
		{justice, "GET", "/en/statements?entity=moi", 404},
		{justice, "POST", "/en/statements?entity=moi", 404},
		{justice, "GET", "/en/statements", 200},
		{auditor, "GET", "/en/statements?entity=moi", 200},
		{auditor, "POST", "/en/statements?entity=moi", 403},
		{administrator, "GET", "/en/statements", 200},
		{administrator, "POST", "/en/statements", 400},
		{administrator, "GET", "/en/statements?entity=none", 404},
		{administrator, "POST", "/en/statements?entity=moi", 200},
		{executive, "GET", "/en/statements", 403},
		{executive, "POST", "/en/statements?entity=moi", 403},
		{access.Principal{ID: "user/p", Role: access.RolePlanner}, "POST", "/en/statements?entity=moi", 403},
	} {
		s.person = each.person
		var answer answer
		var body string
		if each.method == http.MethodGet {
			answer, body = get(t, s.server, each.path)
		} else {
			answer, body = post(t, s.server, each.path, totalsForm("web.completed.visa", "1", "reported"))
		}
		if answer.StatusCode != each.want {
			t.Errorf("%s %s as %s: %d, want %d", each.method, each.path, each.person.ID, answer.StatusCode, each.want)
		}
		if each.person.Entity == "moj" && strings.Contains(body, "visa") {
			t.Errorf("%s shows another entity's totals", each.path)
		}
		if each.person.Role == access.RoleAuditor && strings.Contains(body, `name="value.`) {
			t.Error("an auditor is offered the form")
		}
	}
	if len(s.statements()) != before {
		t.Error("something was stored")
	}
}
