package account

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/account/accounttest"
	"mirsad/internal/audit"
	"mirsad/internal/programme"
)

// measured returns what a metric of the audit record says now.
func (f *fixture) measured(name string) float64 {
	f.T.Helper()
	families, err := f.Metrics.Gather()
	if err != nil {
		f.T.Fatal(err)
	}
	for _, family := range families {
		if family.GetName() == name {
			return family.GetMetric()[0].GetGauge().GetValue() + family.GetMetric()[0].GetCounter().GetValue()
		}
	}
	f.T.Fatalf("%s is not measured", name)
	return 0
}

// told is a row in short.
func told(r audit.Row) string {
	return strings.Join([]string{r.Actor, r.Role, r.Entity, string(r.Action), r.Object, string(r.Outcome), r.Reason}, "|")
}

func TestWhatIsWrittenDown(t *testing.T) {
	f := newFixture(t, "")
	f.user("agency@example.qa", access.RoleAgency, "moi")
	bearer, id := f.token("moi", access.ScopeRead)
	rotation := f.rotate(id)
	b := &browser{Site: f.Site}
	b.SignIn("agency@example.qa", "wrong password")
	b.SignIn("not an address: my password", password)
	b.SignIn("agency@example.qa", password)
	for _, target := range []string{"/v1/entities/moj", "/v1/ingest/lag", "/v1/services.csv?lang=ar", "/en/", "/v1/services"} {
		b.Get(target)
	}
	b.Do(http.MethodPost, "/v1/quarantine/close", nil)
	b.Do(http.MethodHead, "/v1/services.csv", nil)
	(&browser{Site: f.Site, Bearer: bearer}).Get("/v1/reports")
	_, _, _ = f.tokens.Create(t.Context(), []access.Scope{access.ScopeAdmin}, "", time.Time{})
	_, _ = f.tokens.Revoke(t.Context(), rotation.New.ID)
	_, _ = f.accounts.DisableUser(t.Context(), "agency@example.qa")
	f.Clock.Pass(time.Minute)
	b.Get("/en/") // ends the session

	rows := f.Settled()
	got := make([]string, 0, len(rows))
	for _, row := range rows {
		got = append(got, told(row))
	}
	admin := strings.Split(got[len(got)-4], "|")[4]
	want := []string{
		"operator/test||moi|user_create|user/agency@example.qa|done|",
		"operator/test||moi|token_create|token/" + id + "|done|",
		"operator/test||moi|token_create|token/" + rotation.New.ID + "|done|",
		"operator/test||moi|token_rotate|token/" + id + "|done|",
		"anonymous|||sign_in|user/agency@example.qa|refused|wrong_password",
		"anonymous|||sign_in|user|refused|wrong_password",
		"user/agency@example.qa|agency|moi|sign_in|user/agency@example.qa|done|",
		"user/agency@example.qa|agency|moi|request|GET /v1/entities/moj|refused|other_entity",
		"user/agency@example.qa|agency|moi|request|GET /v1/ingest/lag|refused|forbidden",
		"user/agency@example.qa|agency|moi|export|/v1/services.csv?lang=ar|done|",
		"user/agency@example.qa|agency|moi|quarantine_close|/v1/quarantine/close|done|",
		"token/" + id + "|read|moi|request|GET /v1/reports|refused|forbidden",
		"operator/test|||token_create|" + admin + "|done|",
		"operator/test||moi|token_revoke|token/" + rotation.New.ID + "|done|",
		"operator/test||moi|user_disable|user/agency@example.qa|done|",
		"user/agency@example.qa|agency|moi|sign_out|user/agency@example.qa|done|",
	}
	if !slices.Equal(got, want) {
		t.Errorf("\n got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if faults := audit.Check(rows); len(faults) > 0 {
		t.Error(faults)
	}
	all, _ := json.Marshal(rows)
	_, secret, _ := strings.Cut(bearer, ".")
	for _, hidden := range []string{password, secret, "my password", "argon2id", "sha256"} {
		if strings.Contains(string(all), hidden) {
			t.Errorf("%q is written down", hidden)
		}
	}
	if before, after := rows[14].Before, rows[14].After; strings.Contains(before, "disabled") || !strings.Contains(after, `"disabled":true`) {
		t.Errorf("before %s, after %s", before, after)
	}
}

func TestAHandlerSaysWhatItChangedOrRefused(t *testing.T) {
	f := newFixture(t, "")
	status := http.StatusOK
	f.Handler = f.answeredBy(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/v1/quarantine/replay":
			access.NoteAct(r.Context(), "quarantine", "moj", nil, map[string]int{"accepted": 2})
			w.WriteHeader(status)
		case "/v1/receipts/of-another":
			access.NoteRefusal(r.Context(), programme.TokenOtherEntity)
		case "/v1/quarantine/close":
			panic("broken")
		}
	})
	bearer, _ := f.token("", access.ScopeAdmin)
	b := &browser{Site: f.Site, Bearer: bearer}
	b.Do(http.MethodPost, "/v1/quarantine/replay", nil)
	status = http.StatusConflict
	b.Do(http.MethodPost, "/v1/quarantine/replay", nil)
	b.Get("/v1/receipts/of-another")
	func() {
		defer func() { _ = recover() }()
		b.Do(http.MethodPost, "/v1/quarantine/close", nil)
	}()
	rows := f.Settled()[1:]
	got := make([]string, 0, len(rows))
	for _, row := range rows {
		_, short, _ := strings.Cut(told(row), "|")
		got = append(got, short+" "+row.After)
	}
	want := []string{
		`admin|moj|quarantine_replay|quarantine|done| {"accepted":2}`, `admin|moj|quarantine_replay|quarantine|refused|status_409 {"accepted":2}`,
		"admin||request|GET /v1/receipts/of-another|refused|other_entity ", "admin||quarantine_close|/v1/quarantine/close|refused|status_500 ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
}

// While the database is away rows wait; when memory is full, what people decide fails, and refusals are counted.
func TestAnAuditThatIsFullFailsDecisionsAndCountsRefusals(t *testing.T) {
	c := accounttest.NewClock()
	store := &accounttest.Memory{Now: c.Now}
	f := newFixtureRecording(t, store, c, Configuration{}, audit.Configuration{Most: 100})
	f.Store = store
	f.user("planner@example.qa", access.RolePlanner, "")
	b := &browser{Site: f.Site}
	b.SignIn("planner@example.qa", password)
	f.Settled()
	f.Store.SetDeaf(true) // facts can be written, the audit can't
	for range 100 {
		f.Clock.Pass(time.Second / 2)
		b.Get("/v1/ingest/" + f.Clock.Now().Format("150405.000")) // is allowed, and no change
		b.Do(http.MethodPost, "/en/submit?"+f.Clock.Now().Format("150405.000"), nil)
	}
	if waits := f.measured("mirsad_audit_waiting_rows"); waits != 1 { // the same refusal within its minute is counted
		t.Fatalf("%v rows wait", waits)
	}
	for n := range 200 {
		f.Audit.Refused(t.Context(), audit.Entry{Action: audit.Request, Object: strings.Repeat("x", n), Reason: "forbidden"})
		f.Clock.Pass(time.Second)
	}
	waits, dropped := f.measured("mirsad_audit_waiting_rows"), f.measured("mirsad_audit_dropped_total")
	if waits != 80 || dropped != 121 {
		t.Errorf("%v rows wait, %v dropped; four fifths of 100 are for refusals", waits, dropped)
	}
	made := 0
	var err error
	for err == nil && made < 200 {
		if _, _, err = f.tokens.Create(t.Context(), []access.Scope{access.ScopeRead}, "", time.Time{}); err == nil {
			made++
		}
	}
	if made != 20 || !errors.Is(err, programme.ErrUnavailable) {
		t.Errorf("%d tokens were made before %v", made, err)
	}
	if tokens, _ := f.tokens.List(t.Context()); len(tokens) != made {
		t.Errorf("%d tokens stand", len(tokens))
	}
	if w := b.Get("/v1/services.csv"); w.Code != http.StatusServiceUnavailable {
		t.Errorf("an export: %d", w.Code)
	}
	if b.SignIn("planner@example.qa", password) {
		t.Error("signed in without being written down")
	}
	f.Store.SetDeaf(false)
	f.Audit.Settle(t.Context()) // makes room for what Stop has to tell
	if err := f.Audit.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	rows := f.Settled()
	newest := rows[len(rows)-1]
	if newest.Action != audit.Dropped || newest.Detail != `{"rows":121}` {
		t.Errorf("the newest row is %+v", newest)
	}
	if faults := audit.Check(rows); len(faults) > 0 {
		t.Error(faults)
	}
}

func TestACommandWritesItsRowsAndOneAnchor(t *testing.T) {
	f := newFixture(t, "")
	if err := f.Audit.Stop(t.Context()); err != nil || len(f.Store.All()) != 0 {
		t.Errorf("one that did nothing wrote %d rows, %v", len(f.Store.All()), err)
	}
	f.token("moi", access.ScopeRead)
	if err := f.Audit.Stop(t.Context()); err != nil || len(f.Store.All()) != 2 {
		t.Errorf("%d rows, %v", len(f.Store.All()), err)
	}
	f.Store.GoAway()
	f.Audit.Record(t.Context(), audit.Entry{Action: audit.Export})
	if err := f.Audit.Stop(t.Context()); !errors.Is(err, programme.ErrUnavailable) {
		t.Errorf("what can't be written: %v", err)
	}
}

func TestWhoReadsWhichRows(t *testing.T) {
	f := newFixture(t, "")
	everyone := callers(f)
	f.token("moj", access.ScopeRead)
	f.Audit.Settle(t.Context())
	rows := len(f.Store.Written())
	for _, each := range everyone {
		for target, whole := range map[string]bool{"/v1/audit": true, "/v1/audit?entity=moj": false} {
			w := each.Get(target)
			var page struct{ Items []struct{ Entity string } }
			_ = json.Unmarshal(w.Body.Bytes(), &page)
			entities := map[string]int{}
			for _, item := range page.Items {
				entities[item.Entity]++
			}
			switch each.name {
			case "admin", "auditor", "token admin":
				if w.Code != http.StatusOK || entities["moj"] != 1 || (whole && len(page.Items) < rows) || w.Header().Get("Cache-Control") != "no-store" {
					t.Errorf("%s, %s: %d, %v", each.name, target, w.Code, entities)
				}
			case "agency":
				if want := map[bool]int{true: http.StatusOK, false: http.StatusNotFound}[whole]; w.Code != want || len(entities) > 1 || (whole && entities["moi"] < 5) {
					t.Errorf("%s, %s: %d, %v", each.name, target, w.Code, entities)
				}
			default:
				if w.Code == http.StatusOK {
					t.Errorf("%s reads it", each.name)
				}
			}
		}
	}
}

func TestTheAuditAsATable(t *testing.T) {
	f := newFixture(t, "")
	bearer, _ := f.token("", access.ScopeAdmin)
	f.Audit.Record(t.Context(), audit.Entry{Action: audit.Export, Object: "=cmd|' /C calc'!A0\xff", After: func() {}})
	f.Audit.Record(t.Context(), audit.Entry{Action: audit.Export, Object: strings.Repeat("é", 400), After: strings.Repeat("x", 64<<10)})
	f.Audit.Settle(t.Context())
	b := &browser{Site: f.Site, Bearer: bearer}
	w := b.Get("/v1/audit.csv")
	body, marked := strings.CutPrefix(w.Body.String(), "\ufeff")
	records, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil || !marked || w.Header().Get("Cache-Control") != "no-store" || len(records) != 4 {
		t.Fatalf("%d records, mark %v, %v, %v", len(records), marked, w.Header(), err)
	}
	if got := records[2]; got[5] != "'=cmd|' /C calc'!A0\uFFFD" || got[9] != `{"not_written":"it is no JSON"}` {
		t.Errorf("%q", got)
	}
	if got := records[1]; len(got[5]) > 500+8 || !strings.HasPrefix(got[9], `{"not_written":"it has`) {
		t.Errorf("%q", got)
	}
	for target, want := range map[string]int{
		"/v1/audit?action=export&limit=1": http.StatusOK, "/v1/audit?from=2016-09-01&to=2016-09-30": http.StatusOK,
		"/v1/audit?actions=export": http.StatusBadRequest, "/v1/audit?action=theft": http.StatusBadRequest, "/v1/audit?from=yesterday": http.StatusBadRequest,
		"/v1/audit?limit=0": http.StatusBadRequest, "/v1/audit?after=x": http.StatusBadRequest, "/v1/audit?actor=a&actor=b": http.StatusBadRequest,
	} {
		if w := b.Get(target); w.Code != want {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
	if w := b.Get("/v1/audit?action=export&limit=1"); !strings.Contains(w.Body.String(), `"next":"`+f.Store.All()[2].Cursor().String()) {
		t.Errorf("%s", w.Body)
	}
}
