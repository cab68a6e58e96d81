package api

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// servicesOf lists the services of an answer's findings.
func servicesOf(answer map[string]any) []string {
	list := []string{}
	for _, each := range answer["items"].([]any) {
		list = append(list, each.(map[string]any)["service"].(string))
	}
	return list
}

func TestQuality(t *testing.T) {
	f := newFixture(t)
	answer := f.get(planner, "/v1/quality?on=2016-09-30&as_at=2016-10-10")
	want := figures.Question{On: civil.NewDate(2016, 9, 30), AsAt: civil.NewDate(2016, 10, 10)}
	if f.made.question != want {
		t.Errorf("asked %+v", f.made.question)
	}
	for name, want := range map[string]string{
		"limits": `[{"kind":"id_on_two_days","reason":"too_many","text":"There are more ids on several days than can be listed; only the largest groups are shown.",` +
			`"text_ar":"المعرّفات الواردة في أكثر من يوم أكثر مما يمكن سرده، وتظهر هنا أكبر المجموعات."}]`,
		"refused": `[{"code":"bad_time","rows":4,"text":"Time that cannot be read","text_ar":"وقت تتعذر قراءته"},` +
			`{"code":"too_old","rows":3,"text":"Before the first day accepted","text_ar":"يسبق أول يوم مقبول"}]`,
	} {
		got, err := json.Marshal(answer[name])
		if err != nil || string(got) != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	items := answer["items"].([]any)
	for i, want := range []string{
		`{"days":["2016-09-01","2016-09-02"],"entity":"moi","keys":3,"kind":"id_on_two_days","service":"moi-1"}`,
		`{"channel":"web","difference":{"state":"not_provided","value":null},"entity":"moi","events":{"state":"reported","value":5},"kind":"statement_differs",` +
			`"measure":"completed","period":"2016-09","service":"moi-2","statement":{"state":"reported","value":0}}`,
		`{"channel":"web","difference":{"state":"reported","value":-0.1},"entity":"moj","events":{"state":"reported","value":900},"kind":"statement_differs",` +
			`"measure":"started","period":"2016-Q3","service":"moj-1","statement":{"state":"reported","value":1000}}`,
	} {
		item := items[i].(map[string]any)
		for _, name := range []string{"text", "text_ar", "remedy", "remedy_ar", "service_name", "service_name_ar"} {
			if words, _ := item[name].(string); words == "" || strings.ContainsAny(words, "⟦{") {
				t.Errorf("item %d: %s is %q", i, name, item[name])
			}
			delete(item, name)
		}
		if got, err := json.Marshal(item); err != nil || string(got) != want {
			t.Errorf("item %d is %s, want %s", i, got, want)
		}
	}
	entities, err := json.Marshal(answer["entities"].([]any)[1])
	if err != nil || !strings.HasPrefix(string(entities), `{"code":"moj","completeness":{"expected":0,"grade":"A"`) {
		t.Errorf("entity %s", entities)
	}
}

func TestQualityByPagesAndEntity(t *testing.T) {
	f := newFixture(t)
	first := f.get(planner, "/v1/quality?limit=2")
	second := f.get(planner, "/v1/quality?limit=2&next="+first["next"].(string))
	if got := slices.Concat(servicesOf(first), servicesOf(second)); !slices.Equal(got, []string{"moi-1", "moi-2", "moj-1"}) || second["next"] != "" {
		t.Errorf("by pages: %v", got)
	}
	for query, want := range map[string][]string{
		"kind=statement_differs": {"moi-2", "moj-1"}, "service=moi-2": {"moi-2"}, "q=MOI-": {"moi-1", "moi-2"},
		"kind=id_on_two_days&service=moi-2": {},
	} {
		if got := servicesOf(f.get(planner, "/v1/quality?"+query)); !slices.Equal(got, want) {
			t.Errorf("%s: %v", query, got)
		}
	}
	if answer := f.ask(planner, "/v1/quality?kind=nonsense"); answer.Code != http.StatusBadRequest {
		t.Errorf("an unknown kind: %d", answer.Code)
	}
	one := f.get(planner, "/v1/quality?entity=moj")
	if got := servicesOf(one); !slices.Equal(got, []string{"moj-1"}) || len(one["entities"].([]any)) != 1 {
		t.Errorf("of moj: %v, %v", got, one["entities"])
	}
}

func TestAnAgencySeesTheQualityOfItsOwnData(t *testing.T) {
	f := newFixture(t)
	answer := f.get(agency, "/v1/quality")
	if got := servicesOf(answer); !slices.Equal(got, []string{"moi-1", "moi-2"}) {
		t.Errorf("findings of %v", got)
	}
	refused := answer["refused"].([]any)
	if len(answer["entities"].([]any)) != 1 || len(refused) != 1 || refused[0].(map[string]any)["rows"] != 2.0 {
		t.Errorf("%v, %v", answer["entities"], refused)
	}
	token := access.Principal{ID: "token/x", Scopes: []access.Scope{access.ScopeRead}, Entity: "moj"}
	if body := f.ask(token, "/v1/quality.csv").Body.String(); strings.Contains(body, "moi") || !strings.Contains(body, "moj-1") {
		t.Errorf("a token of moj gets %s", body)
	}
}

// Refused rows change without a new data version, and the answer's tag with them.
func TestTheTagOfQualityIsThatOfItsContent(t *testing.T) {
	f := newFixture(t)
	tag := f.ask(planner, "/v1/quality").Header().Get("ETag")
	f.made.quality.Refused = append(f.made.quality.Refused, programme.RefusedRows{Entity: "moi", Code: programme.RefusedTooLarge, Rows: 1})
	if changed := f.ask(planner, "/v1/quality", "If-None-Match", tag); changed.Code != http.StatusOK {
		t.Errorf("after another refusal: %d", changed.Code)
	}
}

func TestQualityAsCSV(t *testing.T) {
	f := newFixture(t)
	for _, lang := range []string{"", "?lang=en", "?lang=ar"} {
		body := f.ask(planner, "/v1/quality.csv"+lang).Body.String()
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\xef\xbb\xbf"))).ReadAll()
		if err != nil || len(rows) != 5 || strings.Contains(body, "⟦") {
			t.Fatalf("%s: %d rows, %v: %s", lang, len(rows), err, body)
		}
		if lang != "" {
			continue
		}
		at := func(row int, name string) string { return rows[row][slices.Index(rows[0], name)] }
		if at(1, "days") != "2016-09-01 2016-09-02" || at(1, "keys") != "3" || at(1, "statement") != "" || at(2, "keys") != "" ||
			at(2, "statement") != "0" || at(2, "difference") != "" || at(3, "difference") != "-0.1" || at(3, "period") != "2016-Q3" {
			t.Errorf("rows %v", rows)
		}
		if at(4, "kind") != "id_on_two_days" || at(4, "entity") != "" || at(4, "text") == "" {
			t.Errorf("the file does not say what it leaves out: %v", rows[4])
		}
	}
}
