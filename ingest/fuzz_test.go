package ingest

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/go-faster/jx"

	"mirsad/ingest/rows"
	"mirsad/internal/programme"
)

// FuzzDecode holds the decoder against encoding/json: both take a row apart the same way or both refuse it. Only fields that
// are given twice and halves of characters are read by encoding/json and refused here.
func FuzzDecode(f *testing.F) {
	for _, c := range refused {
		if len(c.row) < 4096 {
			f.Add([]byte(c.row))
		}
	}
	for _, row := range []string{
		usage(nil), usage(fields{"count": 7, "duration_ms": 1, "rating": 5}), statement(nil), rolloutEvent(nil),
		` {"id":"\u0041\ud83d\ude00\n","data":{"a":[1,{"b":null}]}} `, `{"id":"a","id":"b"}`, `{"ID":"a","Data":{}}`,
		`{"id":1e5,"source":-0,"type":true,"time":[],"subject":{}}`, `{"data":0123}`, `{"x":tru}`, `{"a":1,}`, `[]`, `null`, ``, `"\q"`,
	} {
		f.Add([]byte(row))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		checked := rows.Again(programme.RowJSON, raw, evening)
		if checked.Wrong == nil {
			var e envelope
			checked.Wrong = e.read(&jx.Decoder{}, checked.Event())
			compareEnvelopes(t, raw, &e, checked.Wrong)
			return
		}
		if checked.Wrong.Code == programme.RefusedMalformedJSON && json.Valid(raw) && !tooDeep(raw) {
			t.Errorf("refused as malformed, yet encoding/json reads %q", raw)
		}
	})
}

func compareEnvelopes(t *testing.T, raw []byte, e *envelope, wrong *rows.Fault) {
	t.Helper()
	if wrong != nil && wrong.Code == programme.RefusedMalformedJSON {
		if json.Valid(raw) && bytes.Equal(bytes.ToValidUTF8(raw, nil), raw) && wrong.Words == "" {
			t.Errorf("refused as malformed, yet encoding/json reads %q", raw)
		}
		return
	}
	if !json.Valid(raw) {
		t.Fatalf("accepted, yet encoding/json does not read %q", raw)
	}
	var oracle map[string]json.RawMessage
	isObject := json.Unmarshal(raw, &oracle) == nil && oracle != nil
	if !isObject {
		if wrong == nil || wrong.Code != programme.RefusedNotCloudEvent {
			t.Errorf("not an object, yet %v for %q", wrong, raw)
		}
		return
	}
	if repeats(raw) || bytes.Contains(raw, []byte(`\u`)) && bytes.Contains(bytes.ToLower(raw), []byte(`\ud`)) {
		return // which of two equal names counts, and lone surrogates, are read differently by right
	}
	for name, got := range map[string][]byte{
		"specversion": e.specVersion, "id": e.id, "source": e.source, "type": e.kind, "time": e.time, "subject": e.subject,
	} {
		var want string
		if json.Unmarshal(oracle[name], &want) != nil {
			want = "" // not given or not a string
		}
		if string(got) != want {
			t.Errorf("%s is %q, encoding/json reads %q from %q", name, got, want, raw)
		}
	}
	if want := bytes.TrimSpace(oracle["data"]); !bytes.Equal(bytes.TrimSpace(e.data), want) {
		t.Errorf("data is %q, encoding/json reads %q", e.data, want)
	}
}

// repeats reports whether the outermost object names a field twice.
func repeats(raw []byte) bool {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	seen := map[string]bool{}
	depth, isName := 0, false
	for {
		token, err := decoder.Token()
		if err != nil {
			return err != io.EOF
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
			isName = depth == 1
			continue
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth != 1 {
			continue
		}
		if name, text := token.(string); isName && text {
			if seen[name] {
				return true
			}
			seen[name] = true
			isName = false
			continue
		}
		isName = true
	}
}

// tooDeep reports whether the row may nest deeper than either decoder goes.
func tooDeep(raw []byte) bool {
	return strings.Count(string(raw), "[")+strings.Count(string(raw), "{") >= 9_990
}

// FuzzJudge feeds rows to the whole judgement, which must neither panic nor accept what it can't store.
func FuzzJudge(f *testing.F) {
	for _, c := range refused {
		if len(c.row) < 4096 {
			f.Add([]byte(c.row))
		}
	}
	f.Add([]byte(statementHeading + "moi-1,web,completed,2016-08,reported,1\n\"moi-1\";x,\"\n"))
	f.Add([]byte("id\ttime\tservice\tchannel\tstage\n1\t2016-09-30T09:00:00Z\tmoi-1\tweb\tcomplete\n"))
	fixture := newFixture(f, quick, newMemoryStore(), standing)
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, format := range rows.Formats() {
			into, err := fixture.judgeAll(t.Context(), Submission{Principal: admin, Format: format, Body: raw})
			if err != nil {
				continue
			}
			receipt := programme.Receipt{ID: "r", Accepted: into.accepted, Rejected: len(into.refusals), RecordedAt: evening}
			read := newChunk()
			if err := (&recordReader{}).readRecord(into.bytes(&receipt), read); err != nil {
				t.Errorf("%v for %q", err, raw)
			}
			accepted := 0
			for _, b := range read.blocks {
				accepted += b.size()
			}
			if accepted != into.accepted || len(read.refusals) != len(into.refusals) {
				t.Errorf("decided %d and %d, read back %d and %d", into.accepted, len(into.refusals), accepted, len(read.refusals))
			}
			into.release()
		}
	})
}
