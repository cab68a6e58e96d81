package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/audit"
	"mirsad/internal/civil"
	"mirsad/internal/clocktest"
	"mirsad/internal/gather"
	"mirsad/internal/guard"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/internal/route"
	"mirsad/web/api"
)

// doorSite is the pages and the API behind one guard, over a store of their own.
type doorSite struct {
	*guardedSite

	cookies map[string]*http.Cookie
}

// The people of the acts, by the name before the @ of their address.
var doorPeople = []struct {
	name, entity string
	role         access.Role
}{
	{"agency", "moi", access.RoleAgency},
	{"other", "moj", access.RoleAgency},
	{"planner", "", access.RolePlanner},
	{"second", "", access.RolePlanner},
}

func newDoorSite(t *testing.T) *doorSite {
	t.Helper()
	s := &doorSite{guardedSite: guardedSiteOf(t)}
	s.cookies = map[string]*http.Cookie{"admin": s.cookie}
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	quiet := slog.New(slog.DiscardHandler)
	kept, err := gather.New(gather.Configuration{Zone: qatar}, gather.Dependencies{Store: s.db, Now: clocktest.Now})
	if err != nil {
		t.Fatal(err)
	}
	pages, err := New(Configuration{Zone: qatar}, complete(t, Dependencies{
		Figures: kept, Accounts: s.accounts, Settings: settingsOfFixture, Register: s.db, Weigher: kept, Submissions: kept,
		Planner: kept, PlanBook: trueBook{}, Words: words, Logger: quiet,
	}))
	if err != nil {
		t.Fatal(err)
	}
	answers, err := api.New(api.Configuration{}, api.Dependencies{
		Figures: kept, Register: s.db, Weigher: kept, Submissions: kept,
		Planner: kept, PlanBook: trueBook{}, Words: words, Logger: quiet,
	})
	if err != nil {
		t.Fatal(err)
	}
	routes, err := route.NewRegistry(route.Problems{Page: pages.Problem}, answers.Routes(), pages.Routes())
	if err != nil {
		t.Fatal(err)
	}
	guarded, err := guard.New(guard.Configuration{}, guard.Dependencies{Routes: routes, Audit: s.audit, Now: clocktest.Now})
	if err != nil {
		t.Fatal(err)
	}
	s.server = httptest.NewServer(s.tokens.Middleware(s.accounts.Middleware(guarded.Handler())))
	t.Cleanup(s.server.Close)
	justice := programme.Entity{Code: "moj", Name: "Justice", NameAr: "العدل"}
	if _, err := s.db.AppendAll(t.Context(), []programme.Draft{
		{Family: programme.FamilyEntity, Subject: justice.Code, Actor: "test", Body: justice},
	}); err != nil {
		t.Fatal(err)
	}
	for _, each := range doorPeople {
		email := each.name + "@example.org"
		_, err := s.accounts.CreateUser(
			t.Context(), email, each.name, each.role, each.entity, chosenPassword, account.KeepsPassword())
		if err != nil {
			t.Fatal(err)
		}
		s.cookies[each.name] = s.signIn(email)
	}
	return s
}

// sent is an act as a door sends it.
type sent struct {
	method, path, contentType, content string
}

func aForm(path string, form url.Values) sent {
	return sent{http.MethodPost, path, "application/x-www-form-urlencoded", form.Encode()}
}

func aCall(method, path string, body any) sent {
	content, err := json.Marshal(body)
	if err != nil {
		panic(err) // the bodies are written below
	}
	return sent{method, path, "application/json", string(content)}
}

// by sends an act as a person and returns the status and the rows that this added to the audit record.
func (s *doorSite) by(name string, act sent) (int, []audit.Row) {
	s.t.Helper()
	before := len(s.rows())
	request, err := http.NewRequestWithContext(s.t.Context(), act.method, s.server.URL+act.path, strings.NewReader(act.content))
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Content-Type", act.contentType)
	request.AddCookie(s.cookies[name])
	got, _ := do(s.t, request)
	rows := s.rows()
	return got.StatusCode, rows[:len(rows)-before]
}

// facts are everything that is recorded of the families that the acts write, without the moments.
func (s *doorSite) facts() []string {
	s.t.Helper()
	all, err := s.db.Facts(s.t.Context(), []programme.Family{
		programme.FamilyProgramme, programme.FamilyCampaign, programme.FamilyAssessment, programme.FamilyPlan,
	}, time.Time{})
	if err != nil {
		s.t.Fatal(err)
	}
	lines := make([]string, len(all))
	for i, f := range all {
		lines[i] = s.plain(fmt.Sprintf(
			"%s/%s/%d by %s from %s because %q: %s", f.Family, f.Subject, f.Seq, f.Actor, f.EffectiveOn, f.Reason, f.Body))
	}
	slices.Sort(lines)
	return lines
}

var moments = regexp.MustCompile(`"recorded_at":"[^"]*"`)

// plain takes out of a text what differs from store to store: the moments, and the identifiers of facts.
func (s *doorSite) plain(text string) string {
	s.t.Helper()
	stream, err := s.db.Stream(s.t.Context(), programme.FamilyAssessment, "visa")
	if err != nil {
		s.t.Fatal(err)
	}
	for _, each := range stream {
		text = strings.ReplaceAll(text, each.ID, fmt.Sprintf("claim-%d", each.Seq))
	}
	return moments.ReplaceAllString(text, `"recorded_at":"then"`)
}

// row is what an audit row says of an act.
func (s *doorSite) row(r *audit.Row) string {
	s.t.Helper()
	object := r.Object
	if r.Action == audit.Request { // what the guard writes of a refusal names the address
		object = "an address"
	}
	return s.plain(fmt.Sprintf("%s %s of %s by %s: %s %s\nbefore %s\nafter %s",
		r.Action, object, r.Entity, r.Actor, r.Outcome, r.Reason, r.Before, r.After))
}

// doorAct is one act as each door sends it; of the catalogue there is no page.
type doorAct struct {
	what, who string
	page, api sent
	// status is that of the API's answer; says is in the row of either door.
	status int
	says   string
}

func TestEveryActIsRecordedAlikeByEveryDoor(t *testing.T) {
	pages, calls := newDoorSite(t), newDoorSite(t)
	for _, act := range slices.Concat(settingsActs(t), claimActs(), planActs(t), catalogueActs()) {
		status, called := calls.by(act.who, act.api)
		if act.page.path == "" {
			if len(called) != 1 || status != act.status || !strings.Contains(calls.row(&called[0]), act.says) {
				t.Errorf("%s: %d %+v, want %s", act.what, status, called, act.says)
			}
			continue
		}
		_, written := pages.by(act.who, act.page)
		if len(written) != 1 || len(called) != 1 || status != act.status {
			t.Fatalf("%s: %d, by the page %+v, by the API %+v", act.what, status, written, called)
		}
		page, api := pages.row(&written[0]), calls.row(&called[0])
		if page != api || !strings.Contains(api, act.says) {
			t.Errorf("%s, by the page:\n%s\nby the API:\n%s\nwant in both: %s", act.what, page, api, act.says)
		}
	}
	if page, api := pages.facts(), calls.facts(); !slices.Equal(page, api) {
		t.Errorf("facts by the page:\n%s\nby the API:\n%s", strings.Join(page, "\n"), strings.Join(api, "\n"))
	}
}

// settingsBody is the body of PUT for the settings of settingsForm.
func settingsBody(t *testing.T, changes map[string]any) map[string]any {
	t.Helper()
	settings := programme.DefaultSettings()
	settings.ReportingDate = civil.NewDate(2016, 9, 30)
	content, err := json.Marshal(settings)
	if err != nil {
		t.Fatal(err)
	}
	body := map[string]any{}
	if err := json.Unmarshal(content, &body); err != nil {
		t.Fatal(err)
	}
	body["version"], body["reason"] = 1, "because"
	maps.Copy(body, changes)
	return body
}

func settingsActs(t *testing.T) []doorAct {
	t.Helper()
	settings := func(what string, status int, says, query string, changes map[string]any, pairs ...string) doorAct {
		return doorAct{
			what: what, who: "admin", page: aForm("/en/admin", settingsForm(pairs...)),
			api: aCall(http.MethodPut, "/v1/programme"+query, settingsBody(t, changes)), status: status, says: says,
		}
	}
	return []doorAct{
		settings("settings, tried", 200, `"dry_run":true`, "?dry_run=true",
			map[string]any{"goal": 1200}, "goal", "1200", "act", "try"),
		settings("settings with a fault", 422, `"unchanged":true`, "", map[string]any{"goal": 0}, "goal", "0"),
		settings("settings", 200, `"goal":1200`, "", map[string]any{"goal": 1200}, "goal", "1200"),
		settings("the same settings", 200, `"unchanged":true`, "",
			map[string]any{"goal": 1200, "version": 2}, "goal", "1200", "version", "2"),
		settings("settings of an older version", 409, "status_409", "", map[string]any{"goal": 900}, "goal", "900"),
		{
			what: "a calendar", who: "admin", status: 200, says: "programme/calendar/holidays",
			page: aForm("/en/admin/calendars/holidays", url.Values{
				"version": {"0"}, "reason": {"announced"}, "days": {"2016-09-12/2016-09-13 | Eid | العيد"},
			}),
			api: aCall(http.MethodPut, "/v1/calendars/holidays", map[string]any{"reason": "announced", "days": []any{
				map[string]any{"from": "2016-09-12", "to": "2016-09-13", "name": "Eid", "name_ar": "العيد"},
			}}),
		},
		{
			what: "a campaign", who: "admin", status: 200, says: "campaign/autumn",
			page: aForm("/en/admin/campaigns/autumn", url.Values{
				"version": {"0"}, "reason": {"agreed"}, "name": {"Autumn"}, "name_ar": {"الخريف"},
				"starts_on": {"2016-09-01"}, "ends_on": {"2016-09-30"}, "services": {"visa"},
			}),
			api: aCall(http.MethodPut, "/v1/campaigns/autumn", map[string]any{
				"reason": "agreed", "name": "Autumn", "name_ar": "الخريف",
				"starts_on": "2016-09-01", "ends_on": "2016-09-30", "services": []string{"visa"},
			}),
		},
	}
}

// catalogueActs record an entity and a service.
func catalogueActs() []doorAct {
	renamed := map[string]any{"reason": "renamed", "version": 1, "effective_on": "2016-06-01"}
	entity := map[string]any{"name": "Interior", "name_ar": "الداخلية"}
	service := map[string]any{"name": "Visas", "name_ar": "التأشيرات", "entity": "moi"}
	maps.Copy(entity, renamed)
	maps.Copy(service, renamed)
	call := func(what, path string, body map[string]any, status int, says string) doorAct {
		return doorAct{what: what, who: "admin", api: aCall(http.MethodPut, path, body), status: status, says: says}
	}
	return []doorAct{
		call("a service, tried", "/v1/services/visa?dry_run=true", service, 200, `service/visa of moi by user/admin@example.org`),
		call("a service", "/v1/services/visa", service, 200, `"name":"Visas"`),
		call("an entity", "/v1/entities/moi", entity, 200, "entity/moi of moi"),
		call("an entity of an older version", "/v1/entities/moi", entity, 409, "status_409"),
	}
}

// claimActs claim level 1 of a service and decide on that.
func claimActs() []doorAct {
	const path = "/v1/services/visa/assessments"
	claim := func(what, who string, status int, says, answer, comment string) doorAct {
		return doorAct{
			what: what, who: who, status: status, says: says,
			page: aForm("/en/claims/visa", url.Values{
				"effective_on": {"2016-05-01"}, "comment": {comment},
				"answers.info": {answer}, "answers.info.url": {"https://moi.example/"},
			}),
			api: aCall(http.MethodPost, path, map[string]any{
				"effective_on": "2016-05-01", "comment": comment,
				"answers": []any{map[string]any{"criterion": "info", "answer": answer, "url": "https://moi.example/"}},
			}),
		}
	}
	decide := func(what, who, n string, status int, says string, form url.Values) doorAct {
		body := map[string]any{"version": 0}
		for name := range form {
			body[name] = form.Get(name)
		}
		form.Set("version", "0")
		return doorAct{
			what: what, who: who, status: status, says: says,
			page: aForm("/en/review/claims/visa/"+n, form), api: aCall(http.MethodPost, path+"/"+n+"/verification", body),
		}
	}
	return []doorAct{
		claim("another entity's claim", "other", 404, "other_entity", "yes", "live"),
		claim("a claim with a fault", "agency", 422, `"unchanged":true`, "no", "live"),
		claim("a claim", "agency", 201, "claim assessment/visa/claim-1 of moi", "yes", "live"),
		claim("the same claim", "agency", 200, `after {"unchanged":true}`, "yes", "live"),
		decide("a return without a word", "planner", "1", 422, `"unchanged":true`,
			url.Values{"decision": {"return"}, "criterion": {"info"}}),
		decide("a return", "planner", "1", 200, `"state":"returned"`,
			url.Values{"decision": {"return"}, "criterion": {"info"}, "comment": {"Where?"}}),
		decide("a decision after another's", "second", "1", 409, "status_409", url.Values{"decision": {"verify"}}),
		claim("a claim after a return", "admin", 201, "assessment/visa/claim-3", "yes", "live again"),
		decide("a decision on one's own claim", "admin", "3", 403, "status_403", url.Values{"decision": {"verify"}}),
		decide("a verification", "second", "3", 200, `"state":"verified"`,
			url.Values{"decision": {"verify"}, "recheck_on": {"2017-01-01"}}),
	}
}

// planActs keep a plan, submit it, decide on it and send its template back as it came.
func planActs(t *testing.T) []doorAct {
	t.Helper()
	const path = "/v1/entities/moi/plan-revisions"
	milestone := map[string]any{"service": "visa", "level": 3, "planned_on": "2016-12-15"}
	keep := func(what string, status int, says, code, level string, milestone any) doorAct {
		return doorAct{
			what: what, who: "agency", status: status, says: says,
			page: aForm("/en/submit/milestone", url.Values{
				"act": {"save"}, "version": {"0"}, "milestone": {code},
				"service": {"visa"}, "level": {level}, "planned_on": {"2016-12-15"},
			}),
			api: aCall(http.MethodPost, path, map[string]any{"draft": true, "milestones": []any{milestone}}),
		}
	}
	decide := func(what, who string, status int, says, act, comment string) doorAct {
		body := map[string]any{"decision": act, "comment": comment}
		if act == "approve" {
			body["approved_on"] = "2016-10-01"
		}
		return doorAct{
			what: what, who: who, status: status, says: says,
			page: aForm("/en/review/moi/1", url.Values{"act": {act}, "approved_on": {"2016-10-01"}, "comment": {comment}}),
			api:  aCall(http.MethodPost, path+"/1/decision", body),
		}
	}
	workbook, upload := templateInForce(t)
	return []doorAct{
		keep("a draft with a fault", 422, `"unchanged":true`, "", "9",
			map[string]any{"service": "visa", "level": 9, "planned_on": "2016-12-15"}),
		keep("a draft", 201, "plan/moi/1 of moi", "", "3", milestone),
		keep("the same draft", 200, `submit plan/moi of moi by user/agency@example.org: done`, "m-visa-3", "3", milestone),
		{
			what: "a submission", who: "agency", status: 201, says: `"state":"submitted"`,
			page: aForm("/en/submit/confirm", url.Values{"revision": {"1"}, "version": {"1"}, "comment": {"as agreed"}}),
			api:  aCall(http.MethodPost, path, map[string]any{"milestones": []any{milestone}, "comment": "as agreed", "version": 1}),
		},
		decide("a plan returned without a word", "planner", 422, `"unchanged":true`, "return", ""),
		decide("an approval", "planner", 201, `"state":"approved"`, "approve", "go"),
		decide("an approval after another's", "second", 409, "status_409", "approve", "go"),
		{
			what: "the template sent back as it came", who: "agency", status: 200, says: `after {"unchanged":true}`,
			page: upload, api: sent{http.MethodPost, path, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook},
		},
	}
}

// templateInForce is the template of the plan that the acts before it have put in force, as a call and as a form.
func templateInForce(t *testing.T) (workbook string, form sent) {
	t.Helper()
	inForce := register.PlanRevision{
		Revision: 1, State: programme.PlanApproved, Steps: []register.PlanStep{{Seq: 1}},
		Milestones: []programme.Milestone{{Code: "m-visa-3", Service: "visa", Level: 3, PlannedOn: civil.NewDate(2016, 12, 15)}},
	}
	record := &register.PlanRecord{Entity: "moi", Revisions: []register.PlanRevision{inForce}}
	planning := &register.Planning{Plans: map[string]*register.PlanRecord{"moi": record}}
	var content, body bytes.Buffer
	if err := (trueBook{}).Write(t.Context(), &content, planning, "moi", i18n.English); err != nil {
		t.Fatal(err)
	}
	writer := multipart.NewWriter(&body)
	part, err := writer.CreateFormFile("workbook", "plan.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = part.Write(content.Bytes())
	_ = writer.Close()
	return content.String(), sent{http.MethodPost, "/en/submit", writer.FormDataContentType(), body.String()}
}
