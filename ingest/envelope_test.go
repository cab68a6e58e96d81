package ingest

import (
	"encoding/base64"
	"testing"

	"mirsad/internal/programme"
)

// What decoders make of a text is not always what was sent: such rows are refused, with what is wrong in both languages.
func TestWhatWouldBeLostInDecodingIsRefused(t *testing.T) {
	f := newFixture(t, quick, newMemoryStore(), standing)
	const data = `,"data":{"channel":"web","stage":"complete"}}`
	const rest = `"source":"/moi","type":"mirsad.usage.v1","time":"2016-09-30T09:00:00+03:00","subject":"moi-1"`
	encoded := base64.StdEncoding.EncodeToString([]byte(`{"channel":"web","stage":"complete"}`))
	for row, want := range map[string]programme.RefusalCode{
		`{"specversion":"1.0","id":"s-\ud800",` + rest + data:                                                         programme.RefusedMalformedJSON,
		`{"specversion":"1.0","id":"s-\udbff",` + rest + data:                                                         programme.RefusedMalformedJSON,
		`{"specversion":"1.0","id":"s-\ud83d\ude00",` + rest + data:                                                   "",
		`{"specversion":"1.0","id":"a","id":"b",` + rest + data:                                                       programme.RefusedMalformedJSON,
		`{"specversion":"1.0","id":"a",` + rest + `,"data":{"name":"Fatima"}` + data:                                  programme.RefusedMalformedJSON,
		`{"specversion":"1.0","id":"a",` + rest + `,"x":1,"x":2` + data:                                               programme.RefusedMalformedJSON,
		`{"specversion":"1.0","id":"a",` + rest + `,"data":{"channel":"web","stage":"complete","count":1,"count":2}}`: programme.RefusedMalformedJSON,
		`{"specversion":"1.0","id":"\u202e",` + rest + data:                                                           programme.RefusedBadValue,
		`{"specversion":"1.0","id":"\u200b",` + rest + data:                                                           programme.RefusedBadValue,
		`{"specversion":"1.0","id":"\ufff9",` + rest + data:                                                           programme.RefusedBadValue,
		`{"specversion":"1.0","id":"a",` + rest + `,"data_base64":"` + encoded + `"}`:                                 "",
		`{"specversion":"1.0","id":"a",` + rest + `,"data_base64":"` + encoded + `"` + data:                           programme.RefusedBadValue,
		`{"specversion":"1.0","id":"a",` + rest + `,"data_base64":"=="}`:                                              programme.RefusedBadValue,
		`{"specversion":"1.0","id":"a",` + rest + `,"data_base64":"` + encoded[:8] + `"}`:                             programme.RefusedBadValue,
		`{"specversion":"1.0","id":"a",` + rest + `,"data_base64":1}`:                                                 programme.RefusedBadValue,
	} {
		answer := f.lines(t, agency, row, usage(nil))
		var got programme.RefusalCode
		if len(answer.Rejected) > 0 {
			got = answer.Rejected[0].Code
			if r := answer.Rejected[0]; r.Message == r.MessageAr || r.Remedy == "" || r.RemedyAr == "" {
				t.Errorf("%s: %+v", row, r)
			}
		}
		if got != want {
			t.Errorf("%s is refused as %q, not as %q", row, got, want)
		}
	}
}
