package ingest

import (
	"strings"
	"testing"

	"mirsad/ingest/refusal"
	"mirsad/ingest/rows"
	"mirsad/internal/access"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

type fields = map[string]any

// refused is every way a row is refused: by whom it is sent, the row, the code and the field.
var refused = []struct {
	name  string
	by    access.Principal
	row   string
	code  programme.RefusalCode
	field string
}{
	{"not JSON", agency, `{"specversion":`, programme.RefusedMalformedJSON, ""},
	{"two values", agency, `{} {}`, programme.RefusedMalformedJSON, ""},
	{"not UTF-8", agency, "{\"id\":\"\xff\"}", programme.RefusedMalformedJSON, ""},
	{"a list", agency, `[1]`, programme.RefusedNotCloudEvent, ""},
	{"no specversion", agency, usage(nil, fields{"specversion": nil}), programme.RefusedNotCloudEvent, "specversion"},
	{"an old specversion", agency, usage(nil, fields{"specversion": "0.3"}), programme.RefusedNotCloudEvent, "specversion"},
	{"data not JSON", agency, usage(nil, fields{"datacontenttype": "text/xml"}), programme.RefusedBadValue, "datacontenttype"},
	{"id a number", agency, usage(nil, fields{"id": 7}), programme.RefusedBadValue, "id"},
	{"no id", agency, usage(nil, fields{"id": nil}), programme.RefusedMissingField, "id"},
	{"empty id", agency, usage(nil, fields{"id": ""}), programme.RefusedMissingField, "id"},
	{"no source", agency, usage(nil, fields{"source": nil}), programme.RefusedMissingField, "source"},
	{"no type", agency, usage(nil, fields{"type": nil}), programme.RefusedMissingField, "type"},
	{"no subject", agency, usage(nil, fields{"subject": nil}), programme.RefusedMissingField, "subject"},
	{"no time", agency, usage(nil, fields{"time": nil}), programme.RefusedMissingField, "time"},
	{"no data", agency, usage(nil, fields{"data": nil}), programme.RefusedMissingField, "data"},
	{"data a list", agency, usage(nil, fields{"data": []int{1}}), programme.RefusedBadValue, "data"},
	{"blank id", agency, usage(nil, fields{"id": "  "}), programme.RefusedBadValue, "id"},
	{"id with a line end", agency, usage(nil, fields{"id": "a\nb"}), programme.RefusedBadValue, "id"},
	{"endless source", agency, usage(nil, fields{"source": strings.Repeat("ع", 501)}), programme.RefusedBadValue, "source"},
	{"unknown type", agency, usage(nil, fields{"type": "mirsad.other.v1"}), programme.RefusedUnknownType, "type"},
	{"time not RFC 3339", agency, usage(nil, fields{"time": "30/09/2016"}), programme.RefusedBadTime, "time"},
	{"time without offset", agency, usage(nil, fields{"time": "2016-09-30T12:00:00"}), programme.RefusedBadTime, "time"},
	{"hour of one digit", agency, usage(nil, fields{"time": "2016-09-30T9:00:00Z"}), programme.RefusedBadTime, "time"},
	{"comma before the fraction", agency, usage(nil, fields{"time": "2016-09-30T09:00:00,5Z"}), programme.RefusedBadTime, "time"},
	{"offset of a day", agency, usage(nil, fields{"time": "2016-09-30T09:00:00+24:00"}), programme.RefusedBadTime, "time"},
	{"time ahead", agency, usage(nil, fields{"time": "2016-10-01T00:05:00+03:00"}), programme.RefusedFutureTime, "time"},
	{"time too old", agency, usage(nil, fields{"time": "2008-12-31T20:59:59Z"}), programme.RefusedTooOld, "time"},
	{"too large", agency, usage(fields{"note": strings.Repeat("x", rows.MaxBytes)}), programme.RefusedTooLarge, ""},
	{"unknown service", agency, usage(nil, fields{"subject": "moi-9"}), programme.RefusedUnknownService, "subject"},
	{"another's service", agency, usage(nil, fields{"subject": "moph-1"}), programme.RefusedEntityMismatch, "subject"},

	{"unknown field", agency, usage(fields{"citizen": "x"}), programme.RefusedUnknownField, "data.citizen"},
	{"no channel", agency, usage(fields{"channel": nil}), programme.RefusedMissingField, "data.channel"},
	{"bad channel", agency, usage(fields{"channel": "fax"}), programme.RefusedBadValue, "data.channel"},
	{"no stage", agency, usage(fields{"stage": nil}), programme.RefusedMissingField, "data.stage"},
	{"bad stage", agency, usage(fields{"stage": 4}), programme.RefusedBadValue, "data.stage"},
	{"negative count", agency, usage(fields{"count": -1}), programme.RefusedBadValue, "data.count"},
	{"broken count", agency, usage(fields{"count": 1.5}), programme.RefusedBadValue, "data.count"},
	{"count a string", agency, usage(fields{"count": "3"}), programme.RefusedBadValue, "data.count"},
	{"absurd count", agency, usage(fields{"count": 1e18}), programme.RefusedBadValue, "data.count"},
	{"negative duration", agency, usage(fields{"duration_ms": -5}), programme.RefusedBadValue, "data.duration_ms"},
	{"rating 0", agency, usage(fields{"rating": 0}), programme.RefusedBadValue, "data.rating"},
	{"rating 6", agency, usage(fields{"rating": 6}), programme.RefusedBadValue, "data.rating"},

	{"no period", agency, statement(fields{"period": nil}), programme.RefusedMissingField, "data.period"},
	{"bad period", agency, statement(fields{"period": "2016-13"}), programme.RefusedBadValue, "data.period"},
	{"period ahead", agency, statement(fields{"period": "2016-11"}), programme.RefusedFutureTime, "data.period"},
	{"period too old", agency, statement(fields{"period": "2008"}), programme.RefusedTooOld, "data.period"},
	{"statement without channel", agency, statement(fields{"channel": nil}), programme.RefusedMissingField, "data.channel"},
	{"no measure", agency, statement(fields{"measure": nil}), programme.RefusedMissingField, "data.measure"},
	{"bad measure", agency, statement(fields{"measure": "clicks"}), programme.RefusedBadValue, "data.measure"},
	{"no state", agency, statement(fields{"state": nil}), programme.RefusedMissingField, "data.state"},
	{"bad state", agency, statement(fields{"state": "maybe"}), programme.RefusedBadValue, "data.state"},
	{"negative value", agency, statement(fields{"value": -1}), programme.RefusedBadValue, "data.value"},
	{"reported without value", agency, statement(fields{"value": nil}), programme.RefusedStateValueMismatch, "data.value"},
	{"not provided with value", agency, statement(fields{"state": "not_provided"}), programme.RefusedStateValueMismatch, "data.value"},
	{"total by an agency", agency, statement(fields{"total": 9}), programme.RefusedUnknownField, "data.total"},
	{"digital above total", admin, statement(fields{"value": nil, "total": 3, "digital": 4}), programme.RefusedDigitalExceedsTotal, "data.digital"},
	{"total without digital", admin, statement(fields{"value": nil, "total": 3}), programme.RefusedMissingField, "data.digital"},
	{"digital without total", admin, statement(fields{"value": nil, "digital": 3}), programme.RefusedMissingField, "data.total"},
	{"total and value", admin, statement(fields{"total": 5, "digital": 3}), programme.RefusedBadValue, "data.value"},
	{"total of a missing number", admin, statement(fields{"value": nil, "state": "not_provided", "total": 5, "digital": 3}), programme.RefusedStateValueMismatch, "data.value"},

	{"no action", agency, rolloutEvent(fields{"action": nil}), programme.RefusedMissingField, "data.action"},
	{"bad action", agency, rolloutEvent(fields{"action": "begin"}), programme.RefusedBadValue, "data.action"},
	{"level 5", agency, rolloutEvent(fields{"level": 5}), programme.RefusedBadValue, "data.level"},
	{"level 0", agency, rolloutEvent(fields{"level": 0}), programme.RefusedBadValue, "data.level"},
	{"level a word", agency, rolloutEvent(fields{"level": "three"}), programme.RefusedBadValue, "data.level"},
	{"upgrade without level", agency, rolloutEvent(fields{"action": "upgrade", "level": nil}), programme.RefusedMissingField, "data.level"},
	{"retired at a level", agency, rolloutEvent(fields{"action": "retire"}), programme.RefusedBadValue, "data.level"},
	{"channel added without channel", agency, rolloutEvent(fields{"action": "add_channel", "channels": nil}), programme.RefusedMissingField, "data.channels"},
	{"bad channels", agency, rolloutEvent(fields{"channels": []string{"web", "fax"}}), programme.RefusedBadValue, "data.channels"},
	{"empty channel", agency, rolloutEvent(fields{"channels": []any{nil}}), programme.RefusedBadValue, "data.channels"},
	{"no effective day", agency, rolloutEvent(fields{"effective_on": nil}), programme.RefusedMissingField, "data.effective_on"},
	{"bad effective day", agency, rolloutEvent(fields{"effective_on": "2016-02-30"}), programme.RefusedBadValue, "data.effective_on"},
	{"effective day far away", agency, rolloutEvent(fields{"effective_on": "9999-01-01"}), programme.RefusedBadValue, "data.effective_on"},
	{"no milestone", agency, milestone(fields{"milestone": nil}), programme.RefusedMissingField, "data.milestone"},
	{"endless milestone", agency, milestone(fields{"milestone": strings.Repeat("m", 201)}), programme.RefusedBadValue, "data.milestone"},
	{"milestone a number", agency, milestone(fields{"milestone": 7}), programme.RefusedBadValue, "data.milestone"},
	{"no phase", agency, milestone(fields{"phase": nil}), programme.RefusedMissingField, "data.phase"},
	{"bad phase", agency, milestone(fields{"phase": "lunch"}), programme.RefusedBadValue, "data.phase"},
	{"no day of doing", agency, milestone(fields{"done_on": nil}), programme.RefusedMissingField, "data.done_on"},
	{"bad day of doing", agency, milestone(fields{"done_on": "30.9.2016"}), programme.RefusedBadValue, "data.done_on"},
	{"done tomorrow", agency, milestone(fields{"done_on": "2016-10-02"}), programme.RefusedFutureTime, "data.done_on"},
	{"unknown field of a milestone", agency, milestone(fields{"by": "x"}), programme.RefusedUnknownField, "data.by"},
	{"unknown criterion", agency, rolloutEvent(fields{"evidence": []any{fields{"criterion": "fun", "answer": "yes"}}}), programme.RefusedBadValue, "data.evidence"},
	{"linked with nobody", agency, rolloutEvent(fields{"evidence": []any{fields{"criterion": "linked", "answer": "yes", "entities": []any{nil}}}}), programme.RefusedBadValue, "data.evidence"},
	{"linked with an empty name", agency, rolloutEvent(fields{"evidence": []any{fields{"criterion": "linked", "answer": "yes", "entities": []any{""}}}}), programme.RefusedBadValue, "data.evidence"},
	{"linked with itself", agency, rolloutEvent(fields{"evidence": []any{fields{"criterion": "linked", "answer": "yes", "entities": []any{"moi"}}}}), programme.RefusedBadValue, "data.evidence"},
	{"evidence behind a password", agency, rolloutEvent(fields{"evidence": []any{fields{"criterion": "info", "answer": "yes", "url": "https://user:pw@moi.example/"}}}), programme.RefusedBadValue, "data.evidence"},
	{"evidence endless", agency, rolloutEvent(fields{"evidence": []any{fields{"criterion": "info", "answer": "yes", "url": "https://moi.example/" + strings.Repeat("x", 2000)}}}), programme.RefusedBadValue, "data.evidence"},
	{"evidence at a port that there is not", agency, rolloutEvent(fields{"evidence": []any{fields{"criterion": "info", "answer": "yes", "url": "https://moi.example:99999999/"}}}), programme.RefusedBadValue, "data.evidence"},
	{"evidence a script", agency, rolloutEvent(fields{"evidence": []any{fields{"criterion": "info", "answer": "yes", "url": "javascript:alert(1)"}}}), programme.RefusedBadValue, "data.evidence"},
	{"unknown field of evidence", agency, rolloutEvent(fields{"evidence": []any{fields{"criterion": "info", "answer": "yes", "by": "x"}}}), programme.RefusedUnknownField, "data.evidence"},
}

func TestRefusedRowsAreExplainedAndTheirNeighboursKept(t *testing.T) {
	f := newFixture(t, quick, newMemoryStore(), standing)
	for _, c := range refused {
		t.Run(c.name, func(t *testing.T) {
			answer := f.lines(t, c.by, usage(nil), c.row, usage(nil, fields{"id": "2"}))
			if answer.Accepted != 2 || len(answer.Rejected) != 1 || answer.Receipt == "" {
				t.Fatalf("answer %+v", answer)
			}
			r := answer.Rejected[0]
			if r.Index != 1 || r.Code != c.code || r.Field != c.field {
				t.Errorf("refused at %d as %s %q, want 1 as %s %q", r.Index, r.Code, r.Field, c.code, c.field)
			}
			for what, text := range map[string]string{
				"message": r.Message, "message_ar": r.MessageAr, "remedy": r.Remedy, "remedy_ar": r.RemedyAr,
			} {
				if text == "" || strings.ContainsAny(text, "⟦{") {
					t.Errorf("%s is %q", what, text)
				}
			}
		})
	}
}

func TestEveryCodeIsWordedInBothLanguages(t *testing.T) {
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range programme.RefusalCodes() {
		r := refusal.Explain(words, programme.Refusal{Code: code, Field: "data.x"})
		for _, text := range []string{r.Message, r.MessageAr, r.Remedy, r.RemedyAr} {
			if text == "" || strings.ContainsAny(text, "⟦{") {
				t.Errorf("%s: %q", code, text)
			}
		}
		if r.Message == r.MessageAr || r.Remedy == r.RemedyAr {
			t.Errorf("%s: the languages say the same", code)
		}
	}
}

func TestAnUnknownTypeIsAnsweredWithTheKnownOnes(t *testing.T) {
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	told := refusal.Explain(words, programme.Refusal{Code: programme.RefusedUnknownType, Field: "type"})
	const english = "Use mirsad.usage.v1, mirsad.statement.v1, mirsad.rollout.v1 or mirsad.milestone.v1."
	const arabic = "استخدم \u2068mirsad.usage.v1\u2069 أو \u2068mirsad.statement.v1\u2069 أو \u2068mirsad.rollout.v1\u2069 أو \u2068mirsad.milestone.v1\u2069."
	if told.Remedy != english || told.RemedyAr != arabic {
		t.Errorf("%s\n%s", told.Remedy, told.RemedyAr)
	}
}

func TestEveryCodeIsTested(t *testing.T) {
	tested := map[programme.RefusalCode]bool{programme.RefusedByStore: true, programme.RefusedStatedTwice: true} // in writer_test.go and twice_test.go
	for _, c := range refused {
		tested[c.code] = true
	}
	for _, code := range programme.RefusalCodes() {
		if !tested[code] {
			t.Errorf("no row is refused as %s", code)
		}
	}
}

func TestRefusedNameCanNotCarryControls(t *testing.T) {
	f := newFixture(t, quick, newMemoryStore(), standing)
	answer := f.lines(t, agency, usage(fields{"\u202e\n" + strings.Repeat("é", 100): 1}), usage(nil))
	field := answer.Rejected[0].Field
	if strings.ContainsAny(field, "\u202e\n") || len(field) > 128 {
		t.Errorf("field %q", field)
	}
}
