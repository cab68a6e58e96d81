package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/config"
	"mirsad/internal/programme"
)

// errNotConforming is what the check of an agency's system fails with.
var errNotConforming = errors.New("this system can't send events yet: see the lines marked NO")

const (
	clockWarning = time.Minute
	clockFault   = 5 * time.Minute // what is further ahead is refused as future_time
	slowAnswer   = 2 * time.Second
	longestWait  = 30 * time.Second
)

type doctorAgency struct {
	Token   config.Secret `required:"" env:"MIRSAD_TOKEN" help:"The token to check, <id>.<secret>; - reads it from standard input."`
	URL     string        `name:"url" help:"Address of the server; default: the server of this data folder, else MIRSAD_BASE_URL."`
	Service string        `help:"Code of a service of your entity; default: the first that the token may read."`
}

// Run sends dry runs, which store nothing, and says what became of each.
func (c doctorAgency) Run(ctx context.Context, settings config.Settings, std streams) error {
	bearer, err := c.bearer(std.in)
	if err != nil {
		return err
	}
	address, err := c.address(settings)
	if err != nil {
		return err
	}
	e := examination{server: newDryRuns(address, bearer, std.now), service: c.Service}
	return tellFindings(std.out, e.examine(ctx), errNotConforming)
}

func (c doctorAgency) bearer(in io.Reader) (string, error) {
	text := string(c.Token)
	if text == "-" {
		read, err := io.ReadAll(io.LimitReader(in, 4096))
		if err != nil {
			return "", fmt.Errorf("read the token: %w", err)
		}
		text = string(read)
	}
	if text = strings.TrimSpace(text); text == "" || strings.ContainsAny(text, " \r\n\t") {
		return "", fmt.Errorf("%w: the token is not written as <id>.<secret>", programme.ErrInvalid)
	}
	return text, nil
}

func (c doctorAgency) address(settings config.Settings) (string, error) {
	address := c.URL
	if address == "" {
		if running, err := readServiceFile(settings.DataDir); err == nil {
			address = running.URL
		}
	}
	if address == "" {
		address = settings.BaseURL
	}
	if !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") {
		return "", fmt.Errorf("%w: name the server: --url https://…", programme.ErrInvalid)
	}
	return strings.TrimRight(address, "/"), nil
}

// examination gathers the findings about one token at one server.
type examination struct {
	server   *dryRuns
	service  string
	findings []finding
}

// examine stops at the first fault that would make what follows say the same again.
func (e *examination) examine(ctx context.Context) []finding {
	for _, step := range []func(context.Context) bool{e.reach, e.admit, e.choose, e.send} {
		if !step(ctx) {
			return e.findings
		}
	}
	what := fmt.Sprintf("answer time: %s at most", e.server.slowest.Round(time.Millisecond))
	if e.server.slowest > slowAnswer {
		what += ": warning: that is slow: check the network, and send events in batches"
	}
	return append(e.findings, finding{what: what})
}

// note adds a finding and reports whether it is a good one.
func (e *examination) note(what string, fault error, remedy string) bool {
	e.findings = append(e.findings, finding{what, fault, remedy})
	return fault == nil
}

// reach asks whether the server is there and compares the clocks.
func (e *examination) reach(ctx context.Context) bool {
	got := e.server.do(ctx, http.MethodGet, "/readyz", nil, "")
	fault, remedy := got.err, "check --url, the network and the proxy between"
	switch {
	case fault != nil:
	case got.status >= 300 && got.status < 400:
		fault = fmt.Errorf("it sends on to %s", got.location)
		remedy = "give that address as --url: a token is not sent on"
	case got.status != http.StatusOK:
		fault = fmt.Errorf("it is not ready (%d)", got.status)
		remedy = "try again later; if it stays so, tell the programme office"
	}
	if !e.note("server "+e.server.url, fault, remedy) {
		return false
	}
	e.compareClocks(got.ahead)
	return true
}

func (e *examination) compareClocks(ahead time.Duration) {
	text := fmt.Sprintf("%s ahead of the server", ahead.Abs().Round(time.Second))
	if ahead < 0 {
		text = fmt.Sprintf("%s behind the server", ahead.Abs().Round(time.Second))
	}
	switch {
	case ahead.Abs() > clockFault:
		e.note(
			"clock", errors.New(text),
			"set it by NTP: the time of an event decides its day, and what is over five minutes ahead is refused",
		)
	case ahead.Abs() > clockWarning:
		e.note("clock: warning: "+text+": set it by NTP", nil, "")
	default:
		e.note("clock: within a minute of the server's", nil, "")
	}
}

// admit asks whether the token is accepted, by an event of a service that nobody has.
func (e *examination) admit(ctx context.Context) bool {
	got := e.server.send(ctx, e.usage(noService), "")
	remedy, fault := got.fault(programme.RefusedUnknownService)
	switch got.status {
	case http.StatusUnauthorized:
		fault = errors.New("it is not accepted (401)")
		remedy = "check that it was copied whole, as <id>.<secret>; " +
			"if it has expired or was revoked, ask the programme office for a new one"
	case http.StatusForbidden:
		fault = errors.New("it may not send events (403)")
		remedy = "ask the programme office for a token with the scope events that is bound to your entity"
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		fault = fmt.Errorf("there is no events API at this address (%d)", got.status)
		remedy = "check --url: it is the address without /v1"
	}
	return e.note("token", fault, remedy)
}

// choose takes the service named, else the first that the token may read.
func (e *examination) choose(ctx context.Context) bool {
	if e.service != "" {
		return true
	}
	var fault error
	for _, status := range []string{"live", "all"} {
		got := e.server.do(ctx, http.MethodGet, "/v1/services?limit=1&status="+status, nil, "")
		var list struct {
			Items []struct {
				Code string `json:"code"`
			} `json:"items"`
		}
		switch {
		case got.err != nil:
			fault = got.err
		case got.status == http.StatusForbidden:
			return e.note(
				"service", errors.New("this token may send events and not read the list of services"),
				"name a service of your entity with --service CODE",
			)
		case got.status != http.StatusOK:
			fault = fmt.Errorf("the list of services can't be read (%d)", got.status)
		case json.Unmarshal(got.body, &list) == nil && len(list.Items) > 0:
			e.service = list.Items[0].Code
			return true
		default:
			fault = errors.New("the token's entity has no service in the catalogue")
		}
	}
	return e.note(
		"service", fault,
		"name one with --service CODE, or ask the programme office to enter your services in the catalogue",
	)
}

// noService is a code that no catalogue has.
const noService = "mirsad-doctor-no-such-service"

// trial is an event, how its body is packed, and the code with which it is refused; none: it is accepted.
type trial struct {
	what     string
	event    programme.CloudEvent
	encoding string
	code     programme.RefusalCode
}

// send tries a plain event first: when that is refused, the others would be refused for the same reason.
func (e *examination) send(ctx context.Context) bool {
	for i, each := range e.trials() {
		remedy, fault := e.server.send(ctx, each.event, each.encoding).fault(each.code)
		if good := e.note(each.what, fault, remedy); !good && i == 0 {
			return false
		}
	}
	return true
}

// trials are what an agency will send, and its likeliest mistakes. Their times are by the server's clock, which is
// looked at apart.
func (e *examination) trials() []trial {
	at := e.server.now()
	plain := e.usage(e.service)
	unknown, future, zoneless := plain, plain, plain
	unknown.Data = map[string]any{"channel": programme.ChannelWeb, "stage": programme.StageComplete, "citizen": "x"}
	future.Time = at.Add(time.Hour).Format(time.RFC3339)
	zoneless.Time = at.Format("2006-01-02T15:04:05")
	statement := plain
	zero := int64(0)
	statement.Type, statement.Data = programme.TypeStatement, programme.StatementData{
		Period:  (civil.NewMonth(at.Year(), at.Month()) - 1).Period(),
		Channel: programme.ChannelWeb, Measure: programme.MeasureCompleted, State: programme.Reported, Value: &zero,
	}
	return []trial{
		{what: "usage event for " + e.service, event: plain},
		{what: "statement for " + e.service, event: statement},
		{what: "body packed with gzip", event: plain, encoding: "gzip"},
		{what: "body packed with zstd", event: plain, encoding: "zstd"},
		{what: "unknown field is refused as unknown_field", event: unknown, code: programme.RefusedUnknownField},
		{what: "time an hour ahead is refused as future_time", event: future, code: programme.RefusedFutureTime},
		{what: "time without a zone is refused as bad_time", event: zoneless, code: programme.RefusedBadTime},
		{
			what:  "service that is not in the catalogue is refused as unknown_service",
			event: e.usage(noService),
			code:  programme.RefusedUnknownService,
		},
	}
}

// usage is a plain event of a minute ago.
func (e *examination) usage(service string) programme.CloudEvent {
	return programme.CloudEvent{
		SpecVersion: "1.0", ID: "doctor", Source: "/mirsad/doctor", Type: programme.TypeUsage, Subject: service,
		Time: e.server.now().Add(-time.Minute).Format(time.RFC3339),
		Data: programme.UsageData{Channel: programme.ChannelWeb, Stage: programme.StageComplete},
	}
}
