package httpserver

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"mirsad/internal/clocktest"
	"mirsad/internal/programme"
)

// journal collects log lines; it is safe to read while the server runs.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(line []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(line)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// running is a started server.
type running struct {
	t       *testing.T
	server  *Server
	journal *journal
	url     string
}

var errSecret = errors.New("password=hunter2")

func start(t *testing.T, cfg Configuration, ready func(context.Context) error) *running {
	t.Helper()
	log := &journal{}
	cfg.Listen, cfg.MetricsListen = "127.0.0.1:0", "127.0.0.1:0"
	server, err := New(cfg, Dependencies{
		Registry: prometheus.NewRegistry(), Now: clocktest.Now, Ready: ready,
		Logger: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Handlers: []Mount{
			{Pattern: "/", Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				NameRoute(r.Context(), "/named")
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				_, _ = io.WriteString(w, strings.Repeat("page ", 500))
			})},
			{Pattern: "/panic", Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("oh no") })},
			{Pattern: "/fault", Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { WriteProblem(w, r, errSecret) })},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, stop := context.WithTimeout(context.Background(), 5*time.Second)
		defer stop()
		if err := server.Stop(ctx); err != nil {
			t.Error(err)
		}
	})
	return &running{t: t, server: server, journal: log, url: "http://" + server.Address()}
}

// received is what tests look at of an answer whose body has been read and closed.
type received struct {
	StatusCode int
	Header     http.Header
}

func (s *running) do(method, target string, header ...string) (received, string) {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), method, target, http.NoBody)
	if err != nil {
		s.t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return received{StatusCode: answer.StatusCode, Header: answer.Header}, string(body)
}

func TestListenersAndHealth(t *testing.T) {
	var away error
	s := start(t, Configuration{}, func(context.Context) error { return away })
	for _, target := range []string{"/healthz", "/readyz"} {
		if answer, body := s.do("GET", s.url+target); answer.StatusCode != http.StatusOK || body != "ok\n" {
			t.Errorf("%s: %d %s", target, answer.StatusCode, body)
		}
	}
	away = errors.New("the spool's disk is full")
	answer, body := s.do("GET", s.url+"/readyz")
	if answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") == "" || strings.Contains(body, "disk") {
		t.Errorf("not ready: %d %s", answer.StatusCode, body)
	}
	if answer, _ := s.do("GET", s.url+"/healthz"); answer.StatusCode != http.StatusOK {
		t.Errorf("healthy all the same: %d", answer.StatusCode)
	}
	s.do("GET", s.url+"/some/page")
	_, metrics := s.do("GET", "http://"+s.server.MetricsAddress()+"/metrics")
	if !strings.Contains(metrics, `mirsad_http_request_duration_seconds_count{method="GET",route="/named",status="200"} 1`) {
		t.Errorf("metrics:\n%s", metrics)
	}
	if _, body := s.do("GET", s.url+"/metrics"); strings.Contains(body, "mirsad_http") {
		t.Error("the metrics stand on the pages' listener")
	}
}

func TestStartIsRolledBack(t *testing.T) {
	var listen net.ListenConfig
	taken, err := listen.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	free, err := listen.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	_ = free.Close()
	server, err := New(Configuration{Listen: address, MetricsListen: taken.Addr().String()},
		Dependencies{Registry: prometheus.NewRegistry(), Logger: slog.New(slog.DiscardHandler), Now: clocktest.Now})
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(t.Context()); err == nil {
		t.Fatal("it starts without its metrics")
	}
	again, err := listen.Listen(t.Context(), "tcp", address)
	if err != nil {
		t.Fatalf("the first listener is still open: %v", err)
	}
	_ = again.Close()
}

func TestStopWaitsForRequestsUnderWay(t *testing.T) {
	entered, finish := make(chan struct{}), make(chan struct{})
	server, err := New(Configuration{Listen: "127.0.0.1:0"}, Dependencies{
		Registry: prometheus.NewRegistry(), Logger: slog.New(slog.DiscardHandler), Now: clocktest.Now,
		Handlers: []Mount{{Pattern: "/slow", Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			close(entered)
			<-finish
			_, _ = io.WriteString(w, "done")
		})}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := &running{t: t, server: server, url: "http://" + server.Address()}
	answered := make(chan string)
	go func() {
		_, body := s.do("GET", s.url+"/slow")
		answered <- body
	}()
	clocktest.Await(t, entered, "the request to be under way")
	stopped := make(chan error)
	go func() { stopped <- server.Stop(context.Background()) }()
	close(finish)
	if body := clocktest.Await(t, answered, "the answer of the request under way"); body != "done" {
		t.Errorf("answered %q", body)
	}
	if err := clocktest.Await(t, stopped, "the server to stop"); err != nil {
		t.Error(err)
	}
}

func TestAWrongWiringIsNamed(t *testing.T) {
	page := http.NotFoundHandler()
	for why, each := range map[string]struct {
		cfg    Configuration
		mounts []Mount
	}{
		"one pattern twice": {mounts: []Mount{{"/a", page}, {"/a", page}}},
		"a bad network":     {cfg: Configuration{TrustedProxies: []string{"10.0.0.0"}}},
		"a bad base URL":    {cfg: Configuration{BaseURL: "mirsad.example"}},
	} {
		_, err := New(each.cfg, Dependencies{Handlers: each.mounts, Registry: prometheus.NewRegistry(), Logger: slog.New(slog.DiscardHandler), Now: clocktest.Now})
		if !errors.Is(err, programme.ErrInvalid) {
			t.Errorf("%s: %v", why, err)
		}
	}
}

func TestSecurityHeaders(t *testing.T) {
	for base, strict := range map[string]bool{"": false, "https://mirsad.example": true} {
		s := start(t, Configuration{BaseURL: base}, nil)
		for _, target := range []string{"/", "/fault", "/panic", "/healthz", "//odd"} {
			answer, _ := s.do("GET", s.url+target)
			header := answer.Header
			if header.Get("Content-Security-Policy") != ContentSecurityPolicy || header.Get("X-Content-Type-Options") != "nosniff" ||
				header.Get("Referrer-Policy") != "same-origin" || header.Get("X-Request-Id") == "" || (header.Get("Strict-Transport-Security") != "") != strict {
				t.Errorf("%s: %v", target, header)
			}
		}
	}
}

func TestFaultsShowAReferenceAndNothingElse(t *testing.T) {
	s := start(t, Configuration{}, nil)
	for target, cause := range map[string]string{"/fault": "hunter2", "/panic": "oh no"} {
		answer, body := s.do("GET", s.url+target)
		var problem Problem
		if err := json.Unmarshal([]byte(body), &problem); err != nil {
			t.Fatalf("%s: %v in %s", target, err, body)
		}
		if answer.StatusCode != http.StatusInternalServerError || problem.Code != "internal" || problem.Reference == "" || strings.Contains(body, cause) {
			t.Errorf("%s: %d %s", target, answer.StatusCode, body)
		}
		if log := s.journal.String(); !strings.Contains(log, "request_id="+problem.Reference) || !strings.Contains(log, cause) {
			t.Errorf("%s: the log does not tell the cause of %s:\n%s", target, problem.Reference, log)
		}
	}
	if log := s.journal.String(); !strings.Contains(log, "stack=") {
		t.Error("a panic's stack is not in the log")
	}
}

func TestFormsOfAnotherSiteAreRefused(t *testing.T) {
	s := start(t, Configuration{BaseURL: "https://mirsad.example"}, nil)
	for _, each := range []struct {
		why    string
		header []string
		want   int
	}{
		{"its own form", []string{"Sec-Fetch-Site", "same-origin"}, http.StatusOK},
		{"its own form behind a proxy", []string{"Origin", "https://mirsad.example"}, http.StatusOK},
		{"no browser", nil, http.StatusOK},
		{"another site's form", []string{"Sec-Fetch-Site", "cross-site"}, http.StatusForbidden},
		{"a neighbour's form", []string{"Sec-Fetch-Site", "same-site"}, http.StatusForbidden},
		{"another origin in an old browser", []string{"Origin", "https://evil.example"}, http.StatusForbidden},
		{"a program with a token", []string{"Origin", "https://evil.example", "Authorization", "Bearer a.b"}, http.StatusOK},
	} {
		answer, body := s.do("POST", s.url+"/en/review", each.header...)
		if answer.StatusCode != each.want {
			t.Errorf("%s: %d %s", each.why, answer.StatusCode, body)
		}
	}
	if answer, _ := s.do("GET", s.url+"/en/", "Sec-Fetch-Site", "cross-site"); answer.StatusCode != http.StatusOK {
		t.Errorf("a link from another site: %d", answer.StatusCode)
	}
}

func TestSigningInIsLimited(t *testing.T) {
	s := start(t, Configuration{SignInsPerMinute: 3}, nil)
	for i := range 4 {
		answer, body := s.do("POST", s.url+"/en/sign-in")
		limited := answer.StatusCode == http.StatusTooManyRequests
		if limited != (i == 3) {
			t.Errorf("attempt %d: %d", i+1, answer.StatusCode)
		}
		if limited && (answer.Header.Get("Retry-After") == "" || !strings.Contains(body, "too_many_requests")) {
			t.Errorf("limited: %v %s", answer.Header, body)
		}
	}
	if answer, _ := s.do("GET", s.url+"/en/sign-in"); answer.StatusCode != http.StatusOK {
		t.Errorf("the page itself: %d", answer.StatusCode)
	}
}

func TestPagesArePacked(t *testing.T) {
	s := start(t, Configuration{}, nil)
	answer, body := s.do("GET", s.url+"/en/", "Accept-Encoding", "gzip")
	if answer.Header.Get("Content-Encoding") != "gzip" {
		t.Fatalf("not packed: %v", answer.Header)
	}
	reader, err := gzip.NewReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if page, err := io.ReadAll(reader); err != nil || !strings.HasPrefix(string(page), "page page") {
		t.Errorf("%v: %s", err, page)
	}
}

// What a problem says in English of one request it says in Arabic too.
func TestTheDetailOfAProblemIsInBothLanguages(t *testing.T) {
	fault := Fault{Field: "on", Message: "It is not a date.", MessageAr: "ليس تاريخًا."}
	for _, each := range []struct {
		err             error
		english, arabic string
	}{
		{TooManyBytes(65536), "At most 65,536 bytes may be sent.", "أكبر حجم يمكن إرساله بالبايت: 65,536."},
		{WrongMediaType("text/csv"), "Send text/csv.", "أرسل المحتوى من النوع \u2068text/csv\u2069."},
		{&FaultsError{Faults: []Fault{fault, fault}}, "on: It is not a date.; on: It is not a date.", "on: ليس تاريخًا.؛ on: ليس تاريخًا."},
	} {
		problem := ProblemOf(httptest.NewRequestWithContext(t.Context(), "PUT", "/", http.NoBody), each.err)
		if problem.Detail != each.english || problem.DetailAr != each.arabic {
			t.Errorf("%v: %q, %q", each.err, problem.Detail, problem.DetailAr)
		}
	}
}

func TestPlainPath(t *testing.T) {
	for path, want := range map[string]bool{
		"/": true, "/en/": true, "/en/entities/moi": true, "/v1/services/a.b-c_d": true, "/en/%D8%A3": true, "/.well-known/x": true,
		"//": false, "/en//": false, "/a/../b": false, "/a/.": false, "/a%2Fb": false, "/a%2fb": false, "/a%5Cb": false, `/a\b`: false, "/%00": false,
		"/%2e%2e/x": false, "": false,
	} {
		u, err := url.ParseRequestURI(path)
		if err != nil {
			u = &url.URL{Path: path}
		}
		if got := PlainPath(u); got != want {
			t.Errorf("%q: %v, want %v", path, got, want)
		}
	}
}

func TestTableOfProblems(t *testing.T) {
	for _, each := range []struct {
		err    error
		method string
		status int
		code   string
		detail string
	}{
		{fmt.Errorf("read: %w", programme.ErrNotFound), "GET", 404, "not_found", ""},
		{fmt.Errorf("%w: level 7", programme.ErrInvalid), "GET", 400, "invalid", "level 7"},
		{fmt.Errorf("%w: level 7", programme.ErrInvalid), "POST", 422, "invalid", "level 7"},
		{fmt.Errorf("%w: by user/x", programme.ErrAlreadyDecided), "POST", 409, "already_decided", "by user/x"},
		{
			fmt.Errorf("close: %w", programme.DecidedBy(programme.Fact{Actor: "user/y", RecordedAt: time.Unix(0, 0)})),
			"POST", 409, "already_decided", "Decided by user/y at 1970-01-01T00:00:00Z.",
		},
		{fmt.Errorf("%w: secret", programme.ErrForbidden), "GET", 403, "forbidden", ""},
		{fmt.Errorf("%w: 10.1.2.3", programme.ErrUnavailable), "GET", 503, "unavailable", ""},
		{context.DeadlineExceeded, "GET", 503, "unavailable", ""},
		{ErrUnauthenticated, "GET", 401, "unauthenticated", ""},
		{ErrCrossSite, "POST", 403, "cross_site", ""},
		{ErrTooManyRequests, "POST", 429, "too_many_requests", ""},
		{ErrMethodNotAllowed, "PUT", 405, "method_not_allowed", ""},
		{&http.MaxBytesError{Limit: 5}, "POST", 413, "too_large", "http: request body too large"},
		{fmt.Errorf("read: %w", TooManyBytes(65536)), "POST", 413, "too_large", "At most 65,536 bytes may be sent."},
		{WrongMediaType("application/json"), "PUT", 415, "unsupported_media_type", "Send application/json."},
		{fmt.Errorf("%w: text/plain", ErrUnsupportedMediaType), "POST", 415, "unsupported_media_type", "text/plain"},
		{errSecret, "GET", 500, "internal", ""},
		{&FaultsError{Faults: []Fault{{Field: "on", Message: "is no date"}}}, "GET", 400, "invalid", "on: is no date"},
	} {
		w := httptest.NewRecorder()
		WriteProblem(w, httptest.NewRequestWithContext(t.Context(), each.method, "/", http.NoBody), each.err)
		var problem Problem
		if err := json.Unmarshal(w.Body.Bytes(), &problem); err != nil {
			t.Fatal(err)
		}
		if w.Code != each.status || problem.Status != each.status || problem.Code != each.code || problem.Detail != each.detail {
			t.Errorf("%v: %d %+v", each.err, w.Code, problem)
		}
		if w.Header().Get("Content-Type") != "application/problem+json" || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%v: %v", each.err, w.Header())
		}
		for _, words := range []string{problem.Title, problem.TitleAr, problem.Remedy, problem.RemedyAr} {
			if words == "" || strings.Contains(words, "⟦") {
				t.Errorf("%s is not worded: %+v", each.code, problem)
			}
		}
	}
}
