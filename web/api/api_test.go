package api

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
)

// everyCall is one address of each call.
var everyCall = []string{
	"/v1/progress", "/v1/progress/services", "/v1/services", "/v1/services/moi-1", "/v1/entities", "/v1/entities/moi",
	"/v1/entities/moi/scorecard", "/v1/usage", "/v1/usage/growth", "/v1/usage/take-up", "/v1/coverage", "/v1/programme",
	"/v1/quality", "/v1/progress/forecast", "/v1/progress/what-if?shift=entity:moi:30", "/v1/milestones",
}

func TestEveryAnswerCarriesTheStamp(t *testing.T) {
	f := newFixture(t)
	for _, target := range everyCall {
		answer := f.get(planner, target)
		for name, want := range map[string]any{
			"on": "2016-09-30", "as_at": "2016-10-03T08:00:00Z", "provisional": true, "data_version": "12-7", "rule_version": 3.0,
		} {
			if answer[name] != want {
				t.Errorf("%s: %s is %v, want %v", target, name, answer[name], want)
			}
		}
		if _, isObject := answer["completeness"].(map[string]any); !isObject {
			t.Errorf("%s: no completeness", target)
		}
		if _, isNumber := answer["state"]; isNumber {
			t.Errorf("%s: the answer itself has a state", target)
		}
	}
}

func TestQuestionsReachTheFigures(t *testing.T) {
	f := newFixture(t)
	f.get(planner, "/v1/progress?on=2015-12-31&as_at=2016-01-10&lang=ar")
	want := figures.Question{On: civil.NewDate(2015, 12, 31), AsAt: civil.NewDate(2016, 1, 10)}
	if f.made.question != want {
		t.Errorf("asked %+v", f.made.question)
	}
	f.get(planner, "/v1/usage?measure=started&grain=quarter&by=channel&from=2015&to=2016-Q2&channels=web,counter&entity=moi&service=moi-1")
	usage := f.made.usage
	if usage.Measure != programme.MeasureStarted || usage.Grain != civil.GrainQuarter || usage.By != figures.ByChannel ||
		usage.From != civil.NewDate(2015, 1, 1) || usage.To != civil.NewDate(2016, 6, 30) ||
		!slices.Equal(usage.Channels, []programme.Channel{"web", "counter"}) || usage.Entity != "moi" || usage.Service != "moi-1" {
		t.Errorf("asked %+v", usage)
	}
	f.get(planner, "/v1/usage/growth?period=2017-Q2&measure=completed&channels=digital")
	growth := f.made.growth
	if growth.Period != civil.Quarter(2017, 2) || growth.Measure != programme.MeasureCompleted || !slices.Equal(growth.Channels, programme.DigitalChannels()) {
		t.Errorf("asked %+v", growth)
	}
	f.get(planner, "/v1/usage/growth")
	if f.made.growth.Period != (civil.Period{}) {
		t.Errorf("growth of %v, want the choice left to the figures: the last ended month", f.made.growth.Period)
	}
	f.get(planner, "/v1/usage/take-up")
	if f.made.takeUp != (civil.Period{}) {
		t.Errorf("take-up of %v, want the choice left to the figures: the last ended month", f.made.takeUp)
	}
}

func TestProgress(t *testing.T) {
	f := newFixture(t)
	answer := f.get(planner, "/v1/progress")
	for name, want := range map[string]string{
		"goal": "1000", "counted": "681", "end_to_end": "201", "by_level": `{"1":312,"2":168,"3":150,"4":51}`,
		"plan": `{"state":"reported","value":711}`, "variance": `{"state":"reported","value":-30}`,
		"schedule_index": `{"state":"reported","value":0.958}`, "required_rate": `{"state":"not_provided","value":null}`,
		"recent_rate": `{"months_3":{"state":"not_provided","value":null},"months_6":{"state":"not_provided","value":null}}`,
		"not_counted": `[{"clause":"below_minimum","services":2,"text":"Verified level below the rule's minimum","text_ar":"المستوى المُتحقَّق منه دون الحد الأدنى للقاعدة"}]`,
	} {
		got, err := json.Marshal(answer[name])
		if err != nil || string(got) != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	if coverage := answer["coverage"].(map[string]any); coverage["digital"] != 700.0 {
		t.Errorf("coverage is %v", coverage)
	}
	both := answer["by_basis"].(map[string]any)
	if both["claimed"].(map[string]any)["counted"] != 700.0 || both["verified"].(map[string]any)["counted"] != 681.0 {
		t.Errorf("side by side: %v", both)
	}
	if claimed := f.get(planner, "/v1/progress?basis=claimed"); claimed["counted"] != 700.0 || claimed["basis"] != "claimed" {
		t.Errorf("claimed: %v of %v", claimed["counted"], claimed["basis"])
	}
}

func TestServicesAreChosen(t *testing.T) {
	f := newFixture(t)
	for query, want := range map[string]string{
		"":                       "moi-1 moj-1",
		"?status=all":            "moi-1 moi-2 moj-1 moj-2",
		"?status=planned":        "moj-2",
		"?status=retired":        "moi-2",
		"?level=3":               "moi-1",
		"?level=0":               "moj-1",
		"?counted=true":          "moi-1",
		"?counted=false":         "moj-1",
		"?entity=moj":            "moj-1",
		"?q=اصدار رخصه":          "moi-1",
		"?q=DEED":                "moj-1",
		"?q=nothing":             "",
		"?status=all&limit=3":    "moi-1 moi-2 moj-1",
		"?entity=moj&status=all": "moj-1 moj-2",
	} {
		target := "/v1/services" + strings.ReplaceAll(query, " ", "%20")
		if got := strings.Join(f.codes(planner, target), " "); got != want {
			t.Errorf("%s: %q, want %q", target, got, want)
		}
	}
}

func TestListsGoOnWhereThePageBeforeEnded(t *testing.T) {
	f := newFixture(t)
	target, seen := "/v1/services?status=all&limit=3", []string{}
	for range 3 {
		seen = append(seen, f.codes(planner, target)...)
		next := f.get(planner, target)["next"].(string)
		if next == "" {
			break
		}
		target = "/v1/services?status=all&limit=3&next=" + next
	}
	if !slices.Equal(seen, []string{"moi-1", "moi-2", "moj-1", "moj-2"}) {
		t.Errorf("saw %v", seen)
	}
}

func TestWhyServicesAreNotCounted(t *testing.T) {
	f := newFixture(t)
	if got := f.codes(planner, "/v1/progress/services?counted=false"); !slices.Equal(got, []string{"moi-2", "moj-1", "moj-2"}) {
		t.Errorf("not counted: %v", got)
	}
	if got := f.codes(planner, "/v1/progress/services?counted=false&basis=claimed"); !slices.Equal(got, []string{"moi-2", "moj-2"}) {
		t.Errorf("not counted as claimed: %v", got)
	}
	item := f.get(planner, "/v1/progress/services?entity=moj")["items"].([]any)[0].(map[string]any)
	if item["clause"] != "claimed_not_verified" || item["clause_text"] != "Level claimed but not verified" || item["clause_text_ar"] != "المستوى مُعلَن ولم يُتحقَّق منه" {
		t.Errorf("item %v", item)
	}
}

func TestAnAgencySeesItsOwnDetailAndTheTotals(t *testing.T) {
	f := newFixture(t)
	for target, want := range map[string]string{
		"/v1/services": "moi-1", "/v1/services?status=all": "moi-1 moi-2", "/v1/entities": "moi", "/v1/progress/services": "moi-1 moi-2",
	} {
		if got := strings.Join(f.codes(agency, target), " "); got != want {
			t.Errorf("%s: %q, want %q", target, got, want)
		}
	}
	for _, target := range []string{
		"/v1/services/moj-1", "/v1/services?entity=moj", "/v1/entities/moj", "/v1/entities/moj/scorecard", "/v1/usage?entity=moj",
		"/v1/usage?service=moj-1", "/v1/usage/growth?entity=moj", "/v1/progress/services?entity=moj", "/v1/services.csv?entity=moj",
		"/v1/services/unheard-of", "/v1/entities/unheard-of", "/v1/quality?entity=moj", "/v1/quality.csv?entity=moj",
	} {
		if w := f.ask(agency, target); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", target, w.Code)
		}
	}
	if log := f.log.String(); strings.Count(log, "entity=moj") != 11 || strings.Contains(log, "unheard-of") {
		t.Errorf("the log tells of\n%s", log)
	}
	if got := f.get(agency, "/v1/progress")["counted"]; got != 681.0 {
		t.Errorf("the programme's total is %v", got)
	}
	f.get(agency, "/v1/usage?by=service")
	if f.made.usage.Entity != "moi" {
		t.Errorf("use by service was asked of entity %q", f.made.usage.Entity)
	}
	f.get(agency, "/v1/usage?by=channel")
	if f.made.usage.Entity != "" {
		t.Error("the programme's use by channel is a total")
	}
	largest := func(who access.Principal) any {
		return f.get(who, "/v1/usage/growth")["concentration"].(map[string]any)["largest"]
	}
	if largest(agency) != "" || largest(planner) != "moj-1" {
		t.Errorf("the largest service is %q to the agency, %q to the planner", largest(agency), largest(planner))
	}
	token := access.Principal{ID: "token/x", Scopes: []access.Scope{access.ScopeRead}, Entity: "moj"}
	if got := f.codes(token, "/v1/services"); !slices.Equal(got, []string{"moj-1"}) {
		t.Errorf("a token of moj sees %v", got)
	}
}

func TestBadParametersAreNamedAtOnceWithTheirRemedy(t *testing.T) {
	f := newFixture(t)
	for target, want := range map[string]string{
		"/v1/progress?on=30/9/2016":                                "on",
		"/v1/progress?on=2016-09-30&on=2016-10-31":                 "on",
		"/v1/progress?basis=guessed":                               "basis",
		"/v1/progress?colour=red&on=x":                             "colour",
		"/v1/progress?on=x&as_at=y&lang=fr":                        "on as_at lang",
		"/v1/services?level=7&status=gone&counted=maybe":           "counted level status",
		"/v1/services?limit=0":                                     "limit",
		"/v1/services?next=***":                                    "next",
		"/v1/services.csv?limit=3":                                 "limit",
		"/v1/usage?measure=smiles&grain=week&by=mood":              "measure by grain",
		"/v1/usage?from=2016-09&to=2016-01":                        "from",
		"/v1/usage?from=1990-01-01&to=2016-01-01&grain=day":        "from",
		"/v1/usage?channels=web,pigeon":                            "channels",
		"/v1/usage/growth?period=2017-Q5":                          "period",
		"/v1/usage/take-up?period=soon":                            "period",
		"/v1/usage?by=service&from=2000-01&to=2016-01&grain=month": "from",
	} {
		w := f.ask(planner, target)
		var problem struct {
			Code   string `json:"code"`
			Title  string `json:"title"`
			Errors []struct {
				Field     string `json:"field"`
				Message   string `json:"message"`
				MessageAr string `json:"message_ar"`
				Remedy    string `json:"remedy"`
				RemedyAr  string `json:"remedy_ar"`
			} `json:"errors"`
		}
		if err := json.Unmarshal(w.Body.Bytes(), &problem); err != nil {
			t.Errorf("%s: %v in %s", target, err, w.Body)
		}
		fields := []string{}
		for _, fault := range problem.Errors {
			fields = append(fields, fault.Field)
			for _, words := range []string{fault.Message, fault.MessageAr, fault.Remedy, fault.RemedyAr} {
				if words == "" || strings.ContainsAny(words, "⟦{") {
					t.Errorf("%s: %+v is not worded", target, fault)
				}
			}
		}
		if w.Code != http.StatusBadRequest || problem.Code != "invalid" || w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %s %s", target, w.Code, problem.Code, w.Header().Get("Content-Type"))
		}
		if got := strings.Join(fields, " "); got != want {
			t.Errorf("%s: faults in %q, want %q", target, got, want)
		}
	}
}

func TestProblems(t *testing.T) {
	f := newFixture(t)
	if w := f.ask(access.Principal{}, "/v1/progress"); w.Code != http.StatusUnauthorized || w.Header().Get("WWW-Authenticate") == "" {
		t.Errorf("nobody: %d, %v", w.Code, w.Header())
	}
	if w := f.ask(planner, "/v1/nothing"); w.Code != http.StatusNotFound || w.Header().Get("Content-Type") != "application/problem+json" {
		t.Errorf("an unknown call: %d %s", w.Code, w.Body)
	}
	f.made.err = errors.New("password=hunter2 at 10.1.2.3")
	if w := f.ask(planner, "/v1/progress"); w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "hunter2") {
		t.Errorf("an unforeseen error: %d %s", w.Code, w.Body)
	}
	f.made.err = errors.Join(programme.ErrUnavailable, errors.New("connection refused"))
	w := f.ask(planner, "/v1/services.csv")
	if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" || w.Header().Get("Content-Type") != "application/problem+json" || strings.Contains(w.Body.String(), "refused") {
		t.Errorf("the store away: %d %v %s", w.Code, w.Header(), w.Body)
	}
	f.made.err = programme.ErrInvalid
	if w := f.ask(planner, "/v1/progress"); w.Code != http.StatusInternalServerError {
		t.Errorf("bad stored data is no fault of the request: %d", w.Code)
	}
}

func TestAnAnswerHoldsUntilItsDataChange(t *testing.T) {
	f := newFixture(t)
	for _, target := range append([]string{"/v1/services.csv"}, everyCall...) {
		first := f.ask(planner, target)
		tag := first.Header().Get("ETag")
		if tag == "" || first.Header().Get("Cache-Control") != "private, no-cache" {
			t.Errorf("%s: tag %q, %s", target, tag, first.Header().Get("Cache-Control"))
		}
		if again := f.ask(planner, target, "If-None-Match", `"other", `+tag); again.Code != http.StatusNotModified || again.Body.Len() != 0 {
			t.Errorf("%s again: %d with %d bytes", target, again.Code, again.Body.Len())
		}
		if other := f.ask(agency, target, "If-None-Match", tag); other.Code == http.StatusNotModified {
			t.Errorf("%s: the planner's answer holds for the agency", target)
		}
		for name, change := range map[string]func(*figures.Figures){
			"new data":                  func(f *figures.Figures) { f.DataVersion += "+" },
			"a month has ended since":   func(f *figures.Figures) { f.Usage.Month++ },
			"the as-at day has gone by": func(f *figures.Figures) { f.Provisional = !f.Provisional },
		} {
			tag := f.ask(planner, target).Header().Get("ETag")
			change(f.made.figures)
			if changed := f.ask(planner, target, "If-None-Match", tag); changed.Code != http.StatusOK {
				t.Errorf("%s, %s: %d", target, name, changed.Code)
			}
		}
	}
}

func TestCSV(t *testing.T) {
	f := newFixture(t)
	w := f.ask(planner, "/v1/services.csv?status=all")
	body, marked := strings.CutPrefix(w.Body.String(), "\xef\xbb\xbf")
	if !marked || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/csv") || w.Header().Get("Content-Disposition") != `attachment; filename="services-2016-09-30.csv"` {
		t.Errorf("mark %v, headers %v", marked, w.Header())
	}
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil || len(rows) != 5 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	at := func(row int, name string) string { return rows[row][slices.Index(rows[0], name)] }
	if got := at(1, "name"); got != `'=cmd|"/c calc"!A1` {
		t.Errorf("entered text could become a formula: %q", got)
	}
	if at(3, "slip") != "-4" || at(1, "slip") != "" || at(1, "slip_state") != "not_provided" || at(2, "name") != "Renew, with comma" || at(4, "on") != "2016-09-30" {
		t.Errorf("rows %v", rows)
	}
	arabic := f.ask(planner, "/v1/services.csv?lang=ar").Body.String()
	if !strings.Contains(arabic, "المستوى المُتحقَّق منه") || strings.Contains(arabic, "⟦") {
		t.Errorf("Arabic headings: %s", arabic)
	}
	for _, target := range []string{"/v1/entities.csv?lang=en", "/v1/progress/services.csv?lang=en", "/v1/usage.csv?lang=en&by=channel"} {
		if w := f.ask(planner, target); w.Code != http.StatusOK || strings.Contains(w.Body.String(), "⟦") {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
}

func TestGuard(t *testing.T) {
	for entered, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@SUM": "'@SUM", "\tx": "'\tx", "\rx": "'\rx", " =1": "' =1", "＝1": "'＝1", "-5": "'-5", "plain": "plain", "": "", "رخصة": "رخصة",
	} {
		if got := text(entered).String(); got != want {
			t.Errorf("%q becomes %q, want %q", entered, got, want)
		}
	}
	if got := number(-5).String() + " " + ratio(programme.RatioOf(-1, 4)).String(); got != "-5 -0.25" {
		t.Errorf("numbers are written as %s", got)
	}
}

func TestTheDescription(t *testing.T) {
	f := newFixture(t)
	description := f.get(planner, "/openapi.json")
	if description["openapi"] != "3.1.0" {
		t.Errorf("version %v", description["openapi"])
	}
	paths := description["paths"].(map[string]any)
	for _, path := range []string{"/v1/progress", "/v1/services", "/v1/services.csv", "/v1/services/{service}", "/v1/usage/growth"} {
		if paths[path] == nil {
			t.Errorf("%s is not described", path)
		}
	}
	schemas := description["components"].(map[string]any)["schemas"].(map[string]any)
	progress := schemas["ProgressAnswer"].(map[string]any)["properties"].(map[string]any)
	for _, name := range []string{"on", "as_at", "counted", "by_level", "forecast", "not_counted", "coverage"} {
		if progress[name] == nil {
			t.Errorf("progress lacks %s: %v", name, progress)
		}
	}
	if item := schemas["ServiceAnswer"].(map[string]any)["properties"].(map[string]any); item["code"] == nil || item["history"] == nil {
		t.Errorf("a service is described as %v", item)
	}
	text, err := json.Marshal(description)
	if err != nil || strings.Contains(string(text), "ErrorModel") || strings.Contains(string(text), `"Value"`) {
		t.Errorf("the description shows Go's names: %v", err)
	}
}

func TestATableOfTooManyRowsIsRefusedNotCut(t *testing.T) {
	f := newFixture(t)
	f.api.configuration.MostRows = 1
	answer := f.ask(planner, "/v1/services.csv")
	var problem httpserver.Problem
	if err := json.Unmarshal(answer.Body.Bytes(), &problem); err != nil || answer.Code != http.StatusBadRequest ||
		len(problem.Errors) != 1 || problem.Errors[0].Field != "rows" || strings.Contains(problem.Errors[0].RemedyAr, "⟦") {
		t.Errorf("%d %s, %v", answer.Code, answer.Body, err)
	}
	f.api.configuration.MostRows = 1000
	if answer := f.ask(planner, "/v1/services.csv"); answer.Code != http.StatusOK {
		t.Errorf("within the bound: %d", answer.Code)
	}
}
