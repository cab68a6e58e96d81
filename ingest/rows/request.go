package rows

import (
	"bytes"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/go-faster/jx"
	"golang.org/x/text/encoding/htmlindex"

	"mirsad/internal/httpserver"
	"mirsad/internal/i18n"
	"mirsad/internal/intake"
)

// Sending is how a request says that its body holds events.
type Sending struct {
	Format Format
	// charset is what a table is written in, when the sender says so; empty: to be found.
	charset intake.Encoding
	// headers are the attributes of an event in binary content mode, of which the body is the data; nil: it is none.
	headers http.Header
	content string // media type of the data
}

// charsets are the encodings of a table that a sender may name, by their first names. What comes without a name is read or
// named by itself.
var charsets = map[string]intake.Encoding{
	"utf-16le": intake.UTF16LE, "utf-16be": intake.UTF16BE, "windows-1256": intake.Windows1256,
	"windows-1252": intake.Windows1252,
}

// charsetOf is the encoding that a charset of any of its names means; plain: UTF-8, or one that shows itself.
func charsetOf(name string) (encoding intake.Encoding, plain, is bool) {
	switch name = strings.ToLower(strings.TrimSpace(name)); name {
	case "", "us-ascii", "ascii", "utf-8":
		return "", true, true
	case "utf-16", "utf16":
		return "", false, true // its mark says which
	}
	known, err := htmlindex.Get(name)
	if err != nil {
		return "", false, false
	}
	first, err := htmlindex.Name(known)
	if err != nil {
		return "", false, false
	}
	encoding, is = charsets[first]
	return encoding, first == "utf-8", is || first == "utf-8"
}

// attributePrefix is before the name of an attribute of an event in binary content mode.
const attributePrefix = "Ce-"

// SendingOf returns how the request's body holds its events (docs/agencies.md#formats-and-limits). An event may be in binary
// content mode of CloudEvents, as several SDKs send by default: attributes in headers, data in the body.
func SendingOf(r *http.Request) (Sending, error) {
	given := r.Header.Get("Content-Type")
	kind, parameters, err := mime.ParseMediaType(given)
	encoding, plain, known := charsetOf(parameters["charset"])
	binary := r.Header.Get(attributePrefix+"Specversion") != "" || r.Header.Get(attributePrefix+"Type") != ""
	switch format := Format(kind); {
	case given == "" && binary:
		return Sending{Format: FormatEvent, headers: r.Header}, nil
	case err != nil:
	case format == FormatCSV && known:
		return Sending{Format: format, charset: encoding}, nil
	case !plain:
	case binary && !strings.HasPrefix(kind, "application/cloudevents") && JSONContent([]byte(kind)):
		return Sending{Format: FormatEvent, headers: r.Header, content: given}, nil
	case slices.Contains(Formats(), format):
		return Sending{Format: format}, nil
	}
	types := make([]string, 0, len(Formats()))
	for _, each := range Formats() {
		types = append(types, string(each))
	}
	return Sending{}, httpserver.WithDetail(httpserver.ErrUnsupportedMediaType, "event_types", i18n.Args{
		"types": strings.Join(types, ", "),
	})
}

// AnswerSender answers a sender's question whether events may be delivered, as the specification of CloudEvents webhooks has
// it (4, abuse protection): from anywhere, with a token, and so many a minute.
func AnswerSender(w http.ResponseWriter, r *http.Request, perMinute int) {
	w.Header().Set("Allow", "OPTIONS, POST")
	if r.Header.Get("WebHook-Request-Origin") != "" {
		w.Header().Set("WebHook-Allowed-Origin", "*")
		w.Header().Set("WebHook-Allowed-Rate", strconv.Itoa(perMinute))
	}
	w.WriteHeader(http.StatusOK)
}

// Body returns the body that the request's stands for: the event of an event in binary content mode, a table in UTF-8, JSON
// that a program of Windows wrote in UTF-16 with a mark.
func (s Sending) Body(sent []byte) ([]byte, error) {
	encoding := s.charset
	if s.Format != FormatCSV && marked(sent) {
		encoding = intake.EncodingOf(sent)
	}
	if encoding != "" {
		text, err := intake.TextIn(sent, encoding)
		if err != nil {
			return nil, tableFault("body", "intake.encoding.unknown", "", 0)
		}
		sent = text
	}
	if s.headers != nil {
		return s.event(sent), nil
	}
	return sent, nil
}

// marked reports whether a text has the mark of UTF-16.
func marked(text []byte) bool {
	return bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff"))
}

// event joins attributes and data. Data that are no JSON are left as they are, for the judge to refuse.
func (s Sending) event(data []byte) []byte {
	data = bytes.TrimPrefix(data, mark)
	if len(data) > 0 && !jx.Valid(data) {
		return data
	}
	encoder := jx.GetEncoder()
	defer jx.PutEncoder(encoder)
	encoder.ObjStart()
	for name, values := range s.headers {
		attribute, is := strings.CutPrefix(name, attributePrefix)
		if !is || len(values) == 0 {
			continue
		}
		encoder.FieldStart(strings.ToLower(attribute))
		encoder.Str(percentDecoded(values[0]))
	}
	if s.content != "" {
		encoder.FieldStart("datacontenttype")
		encoder.Str(s.content)
	}
	if len(data) > 0 {
		encoder.FieldStart("data")
		encoder.Raw(data)
	}
	encoder.ObjEnd()
	return slices.Clone(encoder.Bytes())
}

// percentDecoded undoes the encoding of a header's value (CloudEvents HTTP binding, 3.1.3.2): only %XX, for a plus is one.
func percentDecoded(value string) string {
	if decoded, err := url.PathUnescape(value); err == nil {
		return decoded
	}
	return value
}
