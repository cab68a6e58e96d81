package api

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/clickhouse"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/clocktest"
	"mirsad/internal/gather"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

func TestMain(m *testing.M) { clickhousetest.Main(m) }

var admin = access.Principal{ID: "user/admin@x", Role: access.RoleAdmin}

// office is the API over a real store.
type office struct {
	t   *testing.T
	db  *clickhouse.DB
	api *API
}

// newOffice holds an entity and two services, one of them at level 3 and one at level 1.
func newOffice(t *testing.T) *office {
	t.Helper()
	db := clickhousetest.New(t)
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	kept, err := gather.New(gather.Configuration{Zone: time.UTC}, gather.Dependencies{Store: db, Now: clocktest.Now})
	if err != nil {
		t.Fatal(err)
	}
	api, err := New(Configuration{}, Dependencies{
		Figures: kept, Register: db, Weigher: kept, Submissions: kept, Planner: kept, PlanBook: trueBook{}, Others: others(), Words: words, Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	settings := programme.DefaultSettings()
	settings.Rule.CountExisting = true
	clickhousetest.Catalogue(t, db, settings, "first start", []programme.Channel{programme.ChannelWeb}, "forms", "visa")
	var rollouts []programme.Rollout
	for code, level := range map[string]programme.Level{"visa": programme.LevelTransactional, "forms": programme.LevelInformative} {
		rollouts = append(rollouts, programme.Rollout{
			ID: "launch-" + code, Entity: "moi", Service: code, Source: "test", EventID: code, Action: programme.ActionLaunch,
			Level: level, EffectiveOn: civil.NewDate(2015, 3, 1), Actor: "test", VerifiedBy: "test", RecordedAt: clocktest.Now(),
		})
	}
	if err := db.InsertRollouts(t.Context(), "launch", rollouts); err != nil {
		t.Fatal(err)
	}
	return &office{t: t, db: db, api: api}
}

// send asks the API as an administrator; a header is a name and a value.
func (o *office) send(method, target, content string, header ...string) (int, map[string]any, http.Header) {
	o.t.Helper()
	r := httptest.NewRequestWithContext(access.WithPrincipal(o.t.Context(), admin), method, target, strings.NewReader(content))
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	o.api.router.ServeHTTP(w, r)
	answer := map[string]any{}
	if w.Body.Len() > 0 {
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
			o.t.Fatalf("%s %s: %v in %s", method, target, err, w.Body)
		}
	}
	return w.Code, answer, w.Header()
}

// must is send that has to succeed.
func (o *office) must(method, target, content string, header ...string) map[string]any {
	o.t.Helper()
	status, answer, _ := o.send(method, target, content, header...)
	if status != http.StatusOK {
		o.t.Fatalf("%s %s: %d %v", method, target, status, answer)
	}
	return answer
}

// faults returns the fields with a fault, in their order, and checks that each is worded.
func (o *office) faults(target, content string) string {
	o.t.Helper()
	status, answer, _ := o.send(http.MethodPut, target, content)
	if status != http.StatusUnprocessableEntity {
		o.t.Errorf("PUT %s: %d %v", target, status, answer)
	}
	var fields []string
	list, _ := answer["errors"].([]any)
	for _, each := range list {
		fault := each.(map[string]any)
		fields = append(fields, fault["field"].(string))
		for _, name := range []string{"message", "message_ar", "remedy", "remedy_ar"} {
			if text, _ := fault[name].(string); text == "" || strings.ContainsAny(text, "⟦{") {
				o.t.Errorf("%s of %s is not worded: %q", name, fault["field"], text)
			}
		}
	}
	slices.Sort(fields)
	return strings.Join(fields, " ")
}

// edited returns the answer of GET with fields replaced, as a person would send it back.
func (o *office) edited(changes map[string]any) string {
	o.t.Helper()
	content := o.must(http.MethodGet, "/v1/programme", "")
	for name, value := range changes {
		if value == nil {
			delete(content, name)
			continue
		}
		content[name] = value
	}
	text, err := json.Marshal(content)
	if err != nil {
		o.t.Fatal(err)
	}
	return string(text)
}

func TestSettingsAreReadEditedAndSentBack(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	change := o.edited(map[string]any{"goal": 1200, "rule": map[string]any{"minimum_level": 3, "count_existing": true}, "reason": "The cabinet decided so."})

	dry := o.must(http.MethodPut, "/v1/programme?dry_run=true", change)
	effect, _ := json.Marshal(dry["effect"])
	if want := `{"after":{"counted":1,"counted_all":1,"counted_new":1,"end_to_end":1,"goal":1200,"on":"2016-09-30"},` +
		`"before":{"counted":2,"counted_all":2,"counted_new":2,"end_to_end":1,"goal":1000,"on":"2016-09-30"}}`; string(effect) != want {
		t.Errorf("effect %s", effect)
	}
	difference, _ := json.Marshal(dry["difference"])
	want := `[{"after":1200,"before":1000,"field":"goal"},{"after":3,"before":1,"field":"rule.minimum_level"}]`
	if string(difference) != want || dry["dry_run"] != true || dry["version"] != 1.0 {
		t.Errorf("difference %s of %v", difference, dry)
	}
	if versions := o.must(http.MethodGet, "/v1/programme/versions", "")["items"].([]any); len(versions) != 1 {
		t.Fatalf("a dry run left %d versions", len(versions))
	}

	done := o.must(http.MethodPut, "/v1/programme", change)
	if done["version"] != 2.0 || done["actor"] != admin.ID || done["reason"] != "The cabinet decided so." || done["recorded_at"] == nil {
		t.Errorf("%v", done)
	}
	now := o.must(http.MethodGet, "/v1/programme", "")
	if now["goal"] != 1200.0 || now["version"] != 2.0 || now["rule_version"] != 2.0 || now["time_zone"] != "Asia/Qatar" {
		t.Errorf("%v", now)
	}
	newest := o.must(http.MethodGet, "/v1/programme/versions", "")["items"].([]any)[0].(map[string]any)
	difference, _ = json.Marshal(newest["difference"])
	if newest["actor"] != admin.ID || newest["version"] != 2.0 || string(difference) != want {
		t.Errorf("%v", newest)
	}
	again := o.must(http.MethodPut, "/v1/programme", o.edited(map[string]any{"reason": "once more"}))
	if again["unchanged"] != true || again["version"] != 2.0 {
		t.Errorf("the same again: %v", again)
	}
}

func TestALostUpdateIsRefused(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	first := o.edited(map[string]any{"goal": 1100, "reason": "first"})
	second := o.edited(map[string]any{"goal": 900, "reason": "second"})
	byHeader := o.edited(map[string]any{"goal": 950, "version": nil, "reason": "third"})
	o.must(http.MethodPut, "/v1/programme", first)
	status, problem, _ := o.send(http.MethodPut, "/v1/programme", second)
	if status != http.StatusConflict || problem["code"] != "already_decided" || problem["decided_by"] != admin.ID || problem["decided_at"] == nil {
		t.Errorf("%d %v", status, problem)
	}
	if text, _ := problem["detail_ar"].(string); !strings.Contains(text, admin.ID) {
		t.Errorf("not told in Arabic: %q", text)
	}
	if status, _, _ := o.send(http.MethodPut, "/v1/programme", byHeader, "If-Match", `"1"`); status != http.StatusConflict {
		t.Errorf("an old If-Match: %d", status)
	}
	if answer := o.must(http.MethodPut, "/v1/programme", byHeader, "If-Match", `"2"`); answer["version"] != 3.0 {
		t.Errorf("%v", answer)
	}
	if status, _, _ := o.send(http.MethodPut, "/v1/programme", second, "If-Match", `"3"`); status != http.StatusUnprocessableEntity {
		t.Errorf("two versions: %d", status)
	}
}

func TestOfManyAdministratorsOneIsHeard(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	content := o.edited(map[string]any{"goal": 1100, "reason": "at once"})
	statuses := make([]int, 16)
	var wait sync.WaitGroup
	for i := range statuses {
		wait.Go(func() {
			r := httptest.NewRequestWithContext(access.WithPrincipal(t.Context(), admin), http.MethodPut, "/v1/programme", bytes.NewReader([]byte(content)))
			r.Header.Set("Content-Type", "application/json")
			w := httptest.NewRecorder()
			o.api.router.ServeHTTP(w, r)
			statuses[i] = w.Code
		})
	}
	wait.Wait()
	slices.Sort(statuses)
	if statuses[0] != http.StatusOK || statuses[1] != http.StatusConflict || statuses[len(statuses)-1] != http.StatusConflict {
		t.Errorf("%v", statuses)
	}
}

func TestEveryFaultOfSettingsIsTold(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for _, each := range []struct {
		changes map[string]any
		want    string
	}{
		{map[string]any{"reason": nil}, "reason"},
		{map[string]any{"reason": "x", "version": 9}, "version"},
		{map[string]any{"reason": "x", "time_zone": "Europe/Paris", "sample": true}, "sample time_zone"},
		{map[string]any{"reason": "x", "goal": 0, "name": " ", "name_ar": strings.Repeat("ا", 201), "due_day": 31}, "due_day goal name name_ar"},
		{map[string]any{"reason": "x", "target_on": "2013-12-31", "reporting_date": "2013-01-01", "data_from": "2015-01-01"}, "data_from reporting_date target_on"},
		{map[string]any{"reason": "x", "starts_on": nil, "target_on": "soon", "colour": "red", "goal": "many"}, "colour goal starts_on target_on"},
		{map[string]any{"reason": "x", "rule": map[string]any{"minimum_level": 5, "new_at_level": 9}}, "rule.minimum_level rule.new_at_level"},
		{map[string]any{"reason": "x", "rule": map[string]any{"minimum_level": 0, "audiences": []string{"citizens", "citizens", ""}}}, "rule.audiences.1 rule.audiences.2 rule.minimum_level"},
		{map[string]any{"reason": "x", "classification": "one\ntwo"}, "classification"},
	} {
		if got := o.faults("/v1/programme", o.edited(each.changes)); got != each.want {
			t.Errorf("%v: faults in %q, want %q", each.changes, got, each.want)
		}
	}
	for content, want := range map[string]int{"[]": 422, "{": 422, "null": 422, strings.Repeat(" ", largestBody+1): 413} {
		if status, _, _ := o.send(http.MethodPut, "/v1/programme", content); status != want {
			t.Errorf("%.10q: %d, want %d", content, status, want)
		}
	}
	if status, _, _ := o.send(http.MethodPut, "/v1/programme", "{}", "Content-Type", "text/plain"); status != http.StatusUnsupportedMediaType {
		t.Errorf("text: %d", status)
	}
}

func TestCalendars(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	if empty := o.must(http.MethodGet, "/v1/calendars/ramadan", ""); empty["version"] != 0.0 {
		t.Errorf("%v", empty)
	}
	o.must(http.MethodPut, "/v1/calendars/ramadan", `{"reason":"the moon","days":[
		{"from":"2016-06-06","to":"2016-07-05","name":"Ramadan","name_ar":"رمضان"},
		{"from":"2015-06-18","to":"2015-07-16","name":"Ramadan","name_ar":"رمضان"}]}`)
	status, answer, header := o.send(http.MethodGet, "/v1/calendars/ramadan", "")
	days := answer["value"].(map[string]any)["days"].([]any)
	if status != http.StatusOK || header.Get("ETag") != `"1"` || len(days) != 2 || days[0].(map[string]any)["from"] != "2015-06-18" {
		t.Errorf("%d %v %v", status, header, answer)
	}
	if got := o.must(http.MethodGet, "/v1/programme", "")["goal"]; got != 1000.0 {
		t.Errorf("the calendar has become the settings: goal %v", got)
	}
	if got := o.faults("/v1/calendars/holidays", `{"days":[
		{"from":"2016-12-18","name":"National day","name_ar":"اليوم الوطني"},
		{"from":"2016-12-18","to":"2016-12-17","name":"","name_ar":"x"},
		{"from":"2016-12-10","to":"2016-12-18","name":"y","name_ar":"y"}]}`); got != "days.1.name days.1.to days.2.from reason" {
		t.Errorf("faults in %q", got)
	}
	if got := o.faults("/v1/calendars/due_days", `{"reason":"x","days":[
		{"from":"2016-06-10","name":"a","name_ar":"ا"},{"from":"2016-06-20","to":"2016-06-21","name":"b","name_ar":"ب"}]}`); got != "days.1.from days.1.to" {
		t.Errorf("faults in %q", got)
	}
	if status, _, _ := o.send(http.MethodGet, "/v1/calendars/birthdays", ""); status != http.StatusNotFound {
		t.Errorf("an unknown calendar: %d", status)
	}
	if status, _, _ := o.send(http.MethodPut, "/v1/calendars/birthdays", "{}"); status != http.StatusNotFound {
		t.Errorf("an unknown calendar: %d", status)
	}
}

func TestCampaigns(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	if status, _, _ := o.send(http.MethodGet, "/v1/campaigns/spring", ""); status != http.StatusNotFound {
		t.Errorf("an unknown campaign: %d", status)
	}
	if got := o.faults("/v1/campaigns/spring", `{"services":["visa","visa","none"],"starts_on":"2016-03-31","ends_on":"2016-03-01","reason":"x"}`); got != "ends_on name name_ar services.1 services.2" {
		t.Errorf("faults in %q", got)
	}
	o.must(http.MethodPut, "/v1/campaigns/spring", `{"name":"Spring","name_ar":"الربيع","services":["visa"],"starts_on":"2016-03-01","ends_on":"2016-03-31","reason":"x"}`)
	o.must(http.MethodPut, "/v1/campaigns/spring", `{"name":"Spring","name_ar":"الربيع","services":["visa","forms"],"starts_on":"2016-03-01","ends_on":"2016-03-31","reason":"x","version":1}`)
	items := o.must(http.MethodGet, "/v1/campaigns", "")["items"].([]any)
	if len(items) != 1 || items[0].(map[string]any)["version"] != 2.0 || len(items[0].(map[string]any)["services"].([]any)) != 2 {
		t.Errorf("%v", items)
	}
}

func TestTheCatalogueIsKeptByHand(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.must(http.MethodPut, "/v1/entities/moj", `{"name":"Justice","name_ar":"العدل","reason":"a new ministry"}`)
	if got := o.faults("/v1/entities/moi", `{"code":"other","name":"Interior","reason":"x","version":1}`); got != "code effective_on name_ar" {
		t.Errorf("faults in %q", got)
	}
	o.must(http.MethodPut, "/v1/services/deed", `{"name":"Deed","name_ar":"عقد","entity":"moj","channels":["web"],"depends_on":["moi"],"reason":"a new service"}`)
	moved := o.must(http.MethodPut, "/v1/services/visa", `{"name":"Visa","name_ar":"تأشيرة","entity":"moj","reason":"moved","version":1,"effective_on":"2016-01-01"}`)
	if moved["version"] != 2.0 || moved["effective_on"] != "2016-01-01" {
		t.Errorf("%v", moved)
	}
	for on, want := range map[string]string{"2015-12-31": "moi", "2016-09-30": "moj"} {
		if got := o.must(http.MethodGet, "/v1/services/visa?on="+on, "")["entity"]; got != want {
			t.Errorf("on %s it is %v's, want %s", on, got, want)
		}
	}
	if got := o.faults("/v1/services/copy", `{"name":"a","name_ar":"ا","entity":"none","channels":["fax","web","web"],"depends_on":["x"],
		"part_of":"copy","succeeds":["copy"],"reason":"x"}`); got != "channels.0 channels.2 depends_on.0 entity part_of succeeds.0 succeeds.0" {
		t.Errorf("faults in %q", got)
	}
	versions := o.must(http.MethodGet, "/v1/services/visa/versions", "")["items"].([]any)
	if len(versions) != 2 || versions[0].(map[string]any)["reason"] != "moved" {
		t.Errorf("%v", versions)
	}
	if status, _, _ := o.send(http.MethodGet, "/v1/entities/none/versions", ""); status != http.StatusNotFound {
		t.Errorf("versions of nothing: %d", status)
	}
}
