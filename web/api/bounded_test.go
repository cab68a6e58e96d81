package api

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"mirsad/internal/access"
	"mirsad/internal/clocktest"
	"mirsad/internal/httpserver"
)

// mostAnswered is the most that a refusal may be, in bytes, whatever was sent.
const mostAnswered = 256 << 10

// answered sends a body through the whole server and returns the status, how much came back and how long the log is.
func answered(t *testing.T, o *office, target, content string) (status, size, logged int) {
	t.Helper()
	var log bytes.Buffer
	as := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		o.api.router.ServeHTTP(w, r.WithContext(access.WithPrincipal(r.Context(), claimant)))
	})
	server, err := httpserver.New(httpserver.Configuration{Listen: "127.0.0.1:0"}, httpserver.Dependencies{
		Handlers: []httpserver.Mount{{Pattern: "/", Handler: as}}, Registry: prometheus.NewRegistry(),
		Logger: slog.New(slog.NewTextHandler(&log, nil)), Now: clocktest.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	method := http.MethodPost
	if content == "" {
		method = http.MethodGet
	}
	r, err := http.NewRequestWithContext(t.Context(), method, "http://"+server.Address()+target, strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer any")
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(w.Body)
	if err := errors.Join(err, w.Body.Close(), server.Stop(t.Context())); err != nil {
		t.Fatal(err)
	}
	return w.StatusCode, len(body), log.Len()
}

func repeated(text string, n int) string { return strings.TrimSuffix(strings.Repeat(text+",", n), ",") }

func distinct(n int) string {
	texts := make([]string, n)
	for i := range texts {
		texts[i] = fmt.Sprintf(`"c%d"`, i)
	}
	return strings.Join(texts, ",")
}

// Whatever is sent, the refusal and its log line are small.
func TestWhatIsRefusedIsAnsweredInBoundedSize(t *testing.T) {
	o := newOffice(t)
	milestone := func(rest string) string {
		return `{"milestones":[{"service":"visa","level":3,"planned_on":"2016-04-01",` + rest + `}]}`
	}
	for what, sent := range map[string]string{
		"channels":             milestone(`"channels":[` + repeated(`"web"`, 700_000) + `]`),
		"distinct channels":    milestone(`"channels":[` + distinct(400_000) + `]`),
		"depends_on":           milestone(`"depends_on":[` + distinct(9_000) + `]`),
		"a long name":          milestone(`"depends_on":["` + strings.Repeat("x", 4_000_000) + `"]`),
		"milestones":           `{"milestones":[` + repeated(`{}`, 1_600_000) + `]}`,
		"milestones of a plan": `{"milestones":[` + repeated(`{"channels":["a","b","c"],"depends_on":["x","y"]}`, 5_000) + `]}`,
		"depends_on of many":   `{"milestones":[` + repeated(`{"depends_on":[`+distinct(200)+`]}`, 500) + `]}`,
		"fields":               `{` + strings.TrimSuffix(fields(100_000), ",") + `}`,
		"depth":                `{"milestones":` + strings.Repeat("[", 4_000_000) + `}`,
	} {
		status, size, logged := answered(t, o, plansOf+"?dry_run=true", sent)
		if status != http.StatusUnprocessableEntity || size > mostAnswered || logged > 8<<10 {
			t.Errorf("%s: %d, %d bytes sent, %d answered, %d logged", what, status, len(sent), size, logged)
		}
	}
	parameters := make([]string, 4_000)
	for i := range parameters {
		parameters[i] = fmt.Sprintf("p%d=1", i)
	}
	query := "/v1/progress?" + strings.Join(parameters, "&")
	if status, size, logged := answered(t, o, query, ""); status != http.StatusBadRequest || size > mostAnswered || logged > 8<<10 {
		t.Errorf("parameters: %d, %d bytes sent, %d answered, %d logged", status, len(query), size, logged)
	}
}

func fields(n int) string {
	var text strings.Builder
	for i := range n {
		_, _ = fmt.Fprintf(&text, `"f%d":1,`, i)
	}
	return text.String()
}

// Work grows with what was sent and no faster: eight times the rows take about eight times the work.
func TestARefusedPlanIsLinearWork(t *testing.T) {
	o := newOffice(t)
	work := func(rows int) time.Duration {
		content := `{"milestones":[` + repeated(`{"level":9,"channels":["a","b"],"depends_on":["x"]}`, rows) + `]}`
		least := time.Hour
		for range 3 {
			began := time.Now()
			if status, _, _ := answered(t, o, plansOf+"?dry_run=true", content); status != http.StatusUnprocessableEntity {
				t.Fatalf("%d", status)
			}
			least = min(least, time.Since(began))
		}
		return least
	}
	if few, many := work(600), work(4_800); many > 24*few {
		t.Errorf("eight times the rows take %.1f times the work", float64(many)/float64(few))
	}
}
