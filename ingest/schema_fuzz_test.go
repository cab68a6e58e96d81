package ingest

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"mirsad/ingest/rows"
	"mirsad/internal/access"
	"mirsad/internal/programme"
)

// raws stands among a field's values for JSON that the fuzzer makes up.
const raws = "raw"

// A part is a field and the JSON values it may get; the first is right, "" leaves the field out.
type part struct {
	name   string
	values []string
}

// odd are values that are right for no field, or for one of another kind.
var odd = []string{"", "null", `""`, "0", "1", "5", "-1", "true", "[]", "{}", `[null]`, `"web"`, `"2016-09-30"`, raws}

func some(name string, values ...string) part { return part{name, append(values, odd...)} }

var envelopeParts = []part{
	some("specversion", `"1.0"`, `"0.3"`, "1.0"),
	some("id", `"1"`),
	some("source", `"/moi/portal"`),
	some("time", `"2016-09-30T12:00:00+03:00"`, `"2016-09-30T09:00:00.5Z"`, `"2016-09-30T09:00:00"`, `"2016-09-30T9:00:00Z"`),
	some("subject", `"moi-1"`),
	{"datacontenttype", append([]string{"", `"application/json"`, `"Text/JSON ; charset=utf-8"`, `"application/x+json"`, `"text/xml"`}, odd...)},
	{"traceparent", append([]string{"", `"x"`}, odd...)},
}

var dataParts = map[string][]part{
	programme.TypeUsage: {
		some("channel", `"web"`, `"other"`, `"fax"`),
		some("stage", `"complete"`, `"view"`, `"completed"`),
		{"count", append([]string{"", "1000000", "1000001", "-0", "7"}, odd...)},
		{"duration_ms", append([]string{"", "316224000000", "316224000001"}, odd...)},
		{"rating", append([]string{"", "4", "6"}, odd...)},
		{"citizen", append([]string{""}, odd...)},
	},
	programme.TypeStatement: {
		some("period", `"2016-08"`, `"2016-Q2"`, `"2015"`, `"2016-02-29"`, `"2015-02-29"`, `"2015-04-01/2016-03-31"`, `"2016-13"`, `"2016-Q5"`, `"0000"`, `"0000-01"`),
		some("channel", `"counter"`, `"fax"`),
		some("measure", `"completed"`, `"rating_sum"`, `"clicks"`),
		some("state", `"reported"`, `"not_provided"`, `"not_applicable"`, `"maybe"`),
		some("value", "12", "4000000000", "4000000001"),
		{"total", append([]string{""}, odd...)},
	},
	programme.TypeRollout: {
		some("action", `"launch"`, `"upgrade"`, `"downgrade"`, `"retire"`, `"add_channel"`, `"remove_channel"`, `"begin"`),
		some("level", "3", "4"),
		some("channels", `["web"]`, `["web","web"]`, `["web",null]`, `["fax"]`),
		some("effective_on", `"2016-09-01"`, `"1899-12-31"`, `"2199-12-31"`, `"2200-01-01"`, `"2016-02-30"`),
		{"evidence", append([]string{
			"", `[{"criterion":"info","answer":"yes"}]`, `[{"criterion":"linked","answer":"no","url":"https://a.example","entities":["moph",null]}]`,
			`[{"criterion":"fun","answer":"yes"}]`, `[{"criterion":"info","answer":"maybe"}]`, `[{"criterion":"info"}]`, `[{"answer":"yes"}]`,
			`[{"criterion":"info","answer":"yes","url":""}]`, `[{"criterion":"info","answer":"yes","url":"ftp://a"}]`, `[{"criterion":"info","answer":"yes","url":null,"entities":null}]`,
			`[{"criterion":"info","answer":"yes","entities":[1]}]`, `[{"criterion":"info","answer":"yes","by":1}]`,
		}, odd...)},
	},
	programme.TypeMilestone: {
		some("milestone", `"Go-live"`),
		some("phase", `"go_live"`, `"redesign"`, `"launch"`),
		some("done_on", `"2016-09-01"`, `"2016-02-30"`),
	},
}

// picked is the order in which picks choose a type.
var picked = programme.EventTypes()

// built writes the event that the picks choose: the first byte its type, each further one a field's value, 0 the right one.
func built(picks []byte, raw string) string {
	pick := func(n int) int {
		if len(picks) == 0 {
			return 0
		}
		chosen := int(picks[0]) % n
		picks = picks[1:]
		return chosen
	}
	kind := picked[pick(len(picked))]
	object := func(parts []part, more ...string) string {
		for _, each := range parts {
			value := each.values[pick(len(each.values))]
			if value == raws {
				value = raw
			}
			if value != "" {
				more = append(more, `"`+each.name+`":`+value)
			}
		}
		return "{" + strings.Join(more, ",") + "}"
	}
	data := object(dataParts[kind])
	return object(envelopeParts, `"type":"`+kind+`"`, `"data":`+data)
}

// decision is how the decoder decides a row alone: the code it is refused with, or none.
func (f *fixture) decision(tb testing.TB, by access.Principal, row string) programme.RefusalCode {
	tb.Helper()
	into, err := f.judgeAll(tb.Context(), Submission{Principal: by, Format: rows.FormatEvent, Body: []byte(row)})
	if err != nil {
		tb.Fatal(err)
	}
	defer into.release()
	if into.accepted == 1 {
		return ""
	}
	return into.refusals[0].Code
}

// FuzzSchema holds decoder and schema against each other. What is refused for other reasons than its shape, as a type that
// the decoder does not take, says nothing about the schema.
func FuzzSchema(f *testing.F) {
	for kind, name := range picked {
		parts := slices.Concat(dataParts[name], envelopeParts)
		for at, each := range parts {
			for value := range each.values {
				picks := make([]byte, at+2)
				picks[0], picks[at+1] = byte(kind), byte(value)
				f.Add(picks, `{"a":"b"}`)
			}
		}
	}
	chance := rand.New(rand.NewPCG(2016, 9))
	for range 300 {
		picks := make([]byte, 8)
		for at := range picks {
			if at == 0 || chance.IntN(2) == 0 {
				picks[at] = byte(chance.IntN(256))
			}
		}
		f.Add(picks, `12`)
	}
	fixture := newFixture(f, quick, newMemoryStore(), standing)
	f.Fuzz(func(t *testing.T, picks []byte, raw string) {
		if !json.Valid([]byte(raw)) {
			return // FuzzDecode is about that
		}
		row := built(picks, raw)
		code := fixture.decision(t, agency, row)
		if (code != "" && !aboutShape[code]) || excepted(agency, row) != "" {
			return
		}
		if err := schemaFault(t, row); (err == nil) != (code == "") {
			t.Errorf("the decoder decides %q, the schema %v on %s", code, err, row)
		}
	})
}
