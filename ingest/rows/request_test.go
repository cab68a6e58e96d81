package rows_test

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"mirsad/ingest/rows"
	"mirsad/internal/httpserver"
	"mirsad/internal/intake/intaketest"
	"mirsad/internal/programme"
)

// sending is what a request with these headers and a body sends.
func sending(t *testing.T, headers map[string]string, body string) (rows.Format, string, error) {
	t.Helper()
	request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/v1/events", http.NoBody)
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	how, err := rows.SendingOf(request)
	if err != nil {
		return "", "", err
	}
	read, err := how.Body([]byte(body))
	return how.Format, string(read), err
}

func TestAnEventInBinaryContentModeIsJoined(t *testing.T) {
	attributes := func(more map[string]string) map[string]string {
		headers := map[string]string{"ce-specversion": "1.0", "ce-id": "a", "ce-source": "/moi", "ce-type": programme.TypeUsage, "ce-subject": "moi-1"}
		maps.Copy(headers, more)
		return headers
	}
	envelope := func(more fields) fields {
		event := fields{"specversion": "1.0", "id": "a", "source": "/moi", "type": programme.TypeUsage, "subject": "moi-1"}
		maps.Copy(event, more)
		return event
	}
	for name, c := range map[string]struct {
		headers map[string]string
		body    string
		want    fields
	}{
		"JSON":           {attributes(map[string]string{"Content-Type": "application/json"}), `{"count":1}`, envelope(fields{"datacontenttype": "application/json", "data": fields{"count": 1.0}})},
		"with a charset": {attributes(map[string]string{"Content-Type": "application/json; charset=UTF-8"}), "\ufeff{}", envelope(fields{"datacontenttype": "application/json; charset=UTF-8", "data": fields{}})},
		"a type of JSON": {attributes(map[string]string{"Content-Type": "application/vnd.moi+json"}), `{}`, envelope(fields{"datacontenttype": "application/vnd.moi+json", "data": fields{}})},
		"no type":        {attributes(nil), `{}`, envelope(fields{"data": fields{}})},
		"no data":        {attributes(nil), ``, envelope(nil)},
		"an id beyond ASCII, an extension": {
			attributes(map[string]string{"ce-id": "%D9%A2%20b", "ce-traceparent": "00+1"}), `{}`, envelope(fields{"id": "٢ b", "traceparent": "00+1", "data": fields{}}),
		},
	} {
		format, body, err := sending(t, c.headers, c.body)
		got := fields{}
		if err != nil || format != rows.FormatEvent || json.Unmarshal([]byte(body), &got) != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %s %s, %v", name, format, body, err)
		}
	}
	if _, body, err := sending(t, attributes(map[string]string{"Content-Type": "application/json"}), `{},"subject":"x"`); err != nil || body != `{},"subject":"x"` {
		t.Errorf("data that are no JSON: %s, %v", body, err)
	}
}

func TestWhatABodyMayBe(t *testing.T) {
	table, err := charmap.Windows1256.NewEncoder().String("تجديد,b")
	if err != nil {
		t.Fatal(err)
	}
	for content, want := range map[string]struct {
		format rows.Format
		body   string
	}{
		"application/cloudevents+json":                {rows.FormatEvent, table},
		"application/cloudevents+json; charset=utf-8": {rows.FormatEvent, table},
		"application/cloudevents-batch+json":          {rows.FormatBatch, table},
		"text/csv":                                    {rows.FormatCSV, table},
		"text/csv; charset=windows-1256":              {rows.FormatCSV, "تجديد,b"},
		"text/csv; charset=utf-16":                    {rows.FormatCSV, table},
		"text/csv; charset=\"UTF8\"; header=present":  {rows.FormatCSV, table},
		"Text/CSV; charset=x-cp1256":                  {rows.FormatCSV, "تجديد,b"},
		"application/x-ndjson; charset=utf8":          {rows.FormatLines, table},
		"application/x-ndjson; charset=windows-1256":  {},
		"application/json":                            {},
		"application/x-ndjson; charset=utf-16":        {},
		"text/csv; charset=koi8-r":                    {},
		"":                                            {},
	} {
		format, body, err := sending(t, map[string]string{"Content-Type": content}, table)
		if want.format == "" && !errors.Is(err, httpserver.ErrUnsupportedMediaType) || want.format != "" && (err != nil || format != want.format || body != want.body) {
			t.Errorf("%q: %s %q, %v", content, format, body, err)
		}
	}
	if _, _, err := sending(t, map[string]string{"Content-Type": "text/csv; charset=utf-16le"}, "\x00\xd8a\x00"); err == nil || strings.Contains(err.Error(), "PK") {
		t.Errorf("half of a pair in UTF-16: %v", err)
	}
}

// What a program of Windows writes in UTF-16 is read in every format, as a table is.
func TestJSONInUTF16IsRead(t *testing.T) {
	for name, as := range map[string]encoding.Encoding{
		"little": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "big": unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
	} {
		for format, body := range map[rows.Format]string{rows.FormatEvent: `{"id":"٣"}`, rows.FormatLines: "{}\r\n{}\r\n", rows.FormatBatch: "[{}]"} {
			_, read, err := sending(t, map[string]string{"Content-Type": string(format)}, intaketest.Encoded(t, body, as))
			if err != nil || read != body {
				t.Errorf("%s, %s endian: %q, %v", format, name, read, err)
			}
		}
	}
	if _, _, err := sending(t, map[string]string{"Content-Type": "application/x-ndjson"}, "\xff\xfe{"); err == nil {
		t.Error("half a character is read")
	}
}

func TestContentEncodingsByAnyName(t *testing.T) {
	for name, want := range map[string]string{"": "", "identity": "", "GZIP": "gzip", "x-gzip": "gzip", " gzip": "gzip", "zstd": "zstd", "br": "br"} {
		if got := rows.ContentEncoding(name); got != want {
			t.Errorf("%q is %q", name, got)
		}
	}
}

// A byte order mark, as programs of Windows write it, does no harm in any format.
func TestAByteOrderMarkDoesNoHarm(t *testing.T) {
	for format, body := range map[rows.Format]string{rows.FormatEvent: "{}", rows.FormatLines: "{}\n{}", rows.FormatBatch: "[{}]"} {
		for _, row := range read(t, format, "\ufeff"+body) {
			if row.Wrong != nil || string(row.Event()) != "{}" {
				t.Errorf("%s: %q, %+v", format, row.Event(), row.Wrong)
			}
		}
	}
}

func TestTextsOfJSONAreWhatTheySay(t *testing.T) {
	for raw, want := range map[string]bool{
		`"a"`: true, `"\u0663"`: true, `"\ud83d\ude00"`: true, `"\\ud800"`: true, `"\\\\ud800"`: true, `"\n\ud83D\uDE00"`: true,
		`"\ud800"`: false, `"\udbff"`: false, `"\udc00"`: false, `"\ud800\ud800"`: false, `"\ud800x"`: false, `"\ud800\n"`: false, `"\\\ud800"`: false,
		"\"\xff\"": false, `"\ud800\u0041"`: false, `\`: true,
	} {
		if got := rows.ReadableJSON([]byte(raw)); got != want {
			t.Errorf("%s: %v", raw, got)
		}
	}
}

func TestNamesThatNobodySees(t *testing.T) {
	for name, want := range map[string]bool{
		"a": true, "نعم": true, " a ": true, "\u200fa": true, "": false, " ": false, "\u202e": false, "\u200f\u200f": false, "\ufff9": false,
		"\u200b": false, "\u00a0": false, "a\nb": false, "\u0000": false, strings.Repeat("é", 500): true, strings.Repeat("é", 501): false,
	} {
		if got := rows.Nameable([]byte(name)); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}
