package act_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/act"
	"mirsad/internal/civil"
	"mirsad/internal/link"
	"mirsad/internal/programme"
)

// counter is an intake that keeps what it was sent, and a keeper of links; neither stores anything.
type counter struct {
	answer  act.IntakeAnswer
	fails   error
	refuses error // of a link

	sent []string
	dry  []bool
	used []link.Act
}

func (c *counter) Submit(
	_ context.Context, who access.Principal, entity string, body []byte, contentType string, dryRun bool,
) (act.IntakeAnswer, error) {
	c.sent = append(c.sent, strings.Join([]string{who.ID, entity, contentType, string(body)}, "\n"))
	c.dry = append(c.dry, dryRun)
	return c.answer, c.fails
}

func (c *counter) Use(ctx context.Context, use link.Act, submit func(context.Context) error) error {
	c.used = append(c.used, use)
	if c.refuses != nil {
		return c.refuses
	}
	return submit(ctx)
}

func (c *counter) statements() act.Statements {
	return act.New(act.Dependencies{Links: c, Intake: c, Logger: slog.New(slog.DiscardHandler)}).Statements
}

var august = civil.NewMonth(2016, time.August)

// twoTotals is a total of completions on the web, known so far as nine, and one of views that is not provided.
func twoTotals() []act.Total {
	return []act.Total{
		{
			Service: "visa", Channel: programme.ChannelWeb, Measure: programme.MeasureCompleted, State: programme.Reported,
			Value: "12", Before: programme.CountOf(9),
		},
		{
			Service: "visa", Channel: programme.ChannelKiosk, Measure: programme.MeasureViews, State: programme.NotProvided,
			Before: programme.Count{State: programme.NotProvided},
		},
	}
}

// noted is what the audit record keeps of totals that were sent.
func noted(t *testing.T, sent *act.Sent) access.Act {
	t.Helper()
	verdict := &access.Verdict{}
	sent.Note(access.WithVerdict(t.Context(), verdict))
	return verdict.Act()
}

func TestTotalsAreSentAsRowsOfATable(t *testing.T) {
	c := &counter{answer: act.IntakeAnswer{Receipt: "r", Accepted: 2}}
	sent, err := c.statements().Send(t.Context(), act.By{Who: interior}, "moi", august, twoTotals())
	if err != nil || sent.Receipt != "r" || sent.Accepted != 2 {
		t.Fatalf("%+v, %v", sent, err)
	}
	want := "user/noor@moi\nmoi\ntext/csv\n" +
		"service,channel,measure,period,state,value,source\n" +
		"visa,web,completed,2016-08,reported,12,form\n" +
		"visa,kiosk,views,2016-08,not_provided,,form\n"
	if len(c.sent) != 1 || c.sent[0] != want || c.dry[0] || len(c.used) != 0 {
		t.Errorf("sent %q, dry %v, links %v; want %q", c.sent, c.dry, c.used, want)
	}
}

func TestTheAuditRecordKeepsEachTotalWithWhatWasKnownBefore(t *testing.T) {
	c := &counter{answer: act.IntakeAnswer{Receipt: "r", Accepted: 1, Rejected: []act.IntakeRefusal{{Index: 1}}}}
	for dry, word := range map[bool]string{false: "", true: `"dry_run":true,`} {
		sent, err := c.statements().Send(t.Context(), act.By{Who: interior, Dry: dry}, "moi", august, twoTotals())
		if err != nil {
			t.Fatal(err)
		}
		got := noted(t, &sent)
		before, _ := json.Marshal(got.Before)
		after, _ := json.Marshal(got.After)
		if got.Object != "statements/moi/2016-08" || got.Entity != "moi" {
			t.Errorf("noted of %s of %s", got.Object, got.Entity)
		}
		wantBefore := `[{"service":"visa","channel":"web","measure":"completed","state":"reported","value":"9"},` +
			`{"service":"visa","channel":"kiosk","measure":"views","state":"not_provided"}]`
		wantAfter := `{"receipt":"r",` + word + `"accepted":1,"rejected":1,"totals":[` +
			`{"service":"visa","channel":"web","measure":"completed","state":"reported","value":"12"},` +
			`{"service":"visa","channel":"kiosk","measure":"views","state":"not_provided","refused":true}]}`
		if string(before) != wantBefore || string(after) != wantAfter {
			t.Errorf("before %s\nafter %s\nwant %s", before, after, wantAfter)
		}
	}
}

func TestOnlyTheEntitysOwnPeopleSendItsTotals(t *testing.T) {
	for _, test := range []struct {
		who  access.Principal
		want error
	}{
		{interior, nil}, {admin, nil}, {justice, programme.ErrNotFound}, {nobodys, programme.ErrNotFound},
	} {
		c := &counter{}
		sent, err := c.statements().Send(t.Context(), act.By{Who: test.who}, "moi", august, twoTotals())
		if !errors.Is(err, test.want) || (len(c.sent) == 1) != (test.want == nil) {
			t.Errorf("%s: %v, sent %d", test.who.ID, err, len(c.sent))
		}
		if test.want != nil {
			if got := noted(t, &sent); got.Object != "" {
				t.Errorf("%s: what is hidden is named: %+v", test.who.ID, got)
			}
		}
	}
}

func TestWithoutTotalsNothingIsSent(t *testing.T) {
	c := &counter{}
	sent, err := c.statements().Send(t.Context(), act.By{Who: byLink}, "moi", august, nil)
	after, _ := json.Marshal(noted(t, &sent).After)
	if err != nil || len(c.sent) != 0 || len(c.used) != 0 || !strings.Contains(string(after), `"dry_run":true`) {
		t.Errorf("%+v, %v, noted %s", c, err, after)
	}
}

// A signed link is used up by what it is for, once the intake has taken it, and not by a try.
func TestALinkIsUsedUpByItsTotals(t *testing.T) {
	refused, away := programme.ErrForbidden, programme.ErrUnavailable
	for name, test := range map[string]struct {
		by      act.By
		refuses error
		fails   error
		used    int
		sent    int
		want    error
		tried   bool // as the audit record has it
	}{
		"sent":               {act.By{Who: byLink}, nil, nil, 1, 1, nil, false},
		"tried":              {act.By{Who: byLink, Dry: true}, nil, nil, 0, 1, nil, true},
		"the link is used":   {act.By{Who: byLink}, refused, nil, 1, 0, refused, true},
		"the intake is away": {act.By{Who: byLink}, nil, away, 1, 1, away, true},
		"by a person":        {act.By{Who: interior}, refused, nil, 0, 1, nil, false},
	} {
		c := &counter{refuses: test.refuses, fails: test.fails}
		sent, err := c.statements().Send(t.Context(), test.by, "moi", august, twoTotals())
		if !errors.Is(err, test.want) || len(c.used) != test.used || len(c.sent) != test.sent {
			t.Errorf("%s: %v, used %v, sent %d", name, err, c.used, len(c.sent))
		}
		want := link.Act{Purpose: access.LinkStatements, Entity: "moi", Month: august}
		if test.used > 0 && c.used[0] != want {
			t.Errorf("%s: the link is used as %+v", name, c.used[0])
		}
		after, _ := json.Marshal(noted(t, &sent).After)
		if got := strings.Contains(string(after), `"dry_run":true`); got != test.tried {
			t.Errorf("%s: noted %s", name, after)
		}
	}
}
