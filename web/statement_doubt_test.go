package web

import (
	"net/http"
	"strings"
	"testing"

	"mirsad/internal/programme"
)

// A total that would be a finding is asked about once, with its value kept, and never refused.
func TestAnImplausibleTotalIsAskedAboutOnce(t *testing.T) {
	t.Parallel()
	s := totalsSiteOf(t)
	s.receive(`{"specversion":"1.0","id":"s-8","source":"test","type":"mirsad.statement.v1","time":"2016-09-02T09:00:00Z","subject":"permit","data":{"period":"2016-08","channel":"web","measure":"completed","state":"reported","value":80}}
{"specversion":"1.0","id":"s-9","source":"test","type":"mirsad.statement.v1","time":"2016-10-02T09:00:00Z","subject":"permit","data":{"period":"2016-09","channel":"web","measure":"started","state":"reported","value":100}}`)
	before := len(s.statements())
	typed := totalsForm("web.completed.permit", "80,000", "reported", "counter.completed.permit", "5", "reported")
	answer, body := post(t, s.server, "/en/statements", typed)
	doubts := document(t, body).Find("section[aria-labelledby=changes] .doubt")
	if answer.StatusCode != http.StatusOK || doubts.Length() != 2 || !strings.Contains(textOf(doubts), "80,000. The number before it: 80.") ||
		!strings.Contains(textOf(doubts), "Completed 80,000, more than Started 100.") {
		t.Errorf("%d, the doubts: %q", answer.StatusCode, textOf(doubts))
	}
	finds(t, "the question", body, `form.stack input[type=checkbox][name=sure][required]`)
	form := confirming(t, body)
	answer, body = post(t, s.server, "/ar/statements", form)
	if answer.StatusCode != http.StatusUnprocessableEntity || len(s.statements()) != before {
		t.Errorf("without a tick: %d", answer.StatusCode)
	}
	finds(t, "asked again", body, `[role=alert]`, `form.stack input[name="value.web.completed.permit"][value="80000"]`, `input[name=sure]`)
	form = confirming(t, body)
	form.Set("sure", "yes")
	if answer, _ = post(t, s.server, "/en/statements", form); answer.StatusCode != http.StatusOK || s.stated("permit", programme.ChannelWeb) != 80_000 {
		t.Errorf("with a tick: %d, %d", answer.StatusCode, s.stated("permit", programme.ChannelWeb))
	}
	if counter, other := s.stated("permit", programme.ChannelCounter), s.stated("visa", programme.ChannelWeb); counter != 5 || other != -1 {
		t.Errorf("of the others %d and %d are stated", counter, other)
	}
	_, body = post(t, s.server, "/en/statements", totalsForm("web.completed.permit", "90", "reported"))
	finds(t, "a number like the others", body, "!input[name=sure]", "!.doubt")
}
