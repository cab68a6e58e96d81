package guard

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/clocktest"
	"mirsad/internal/route"
)

// uploadSite guards a route that takes files; work is what it does with one.
func uploadSite(t *testing.T, work route.Handler) func(ctx context.Context, who string, body io.Reader) int {
	t.Helper()
	routes, err := route.NewRegistry(route.Problems{}, []route.Route{
		route.Post("/v1/plans", work, access.For(access.RoleAgency), route.Body(6<<20)),
	})
	if err != nil {
		t.Fatal(err)
	}
	g, err := New(Configuration{}, Dependencies{Routes: routes, Now: clocktest.Now})
	if err != nil {
		t.Fatal(err)
	}
	return func(ctx context.Context, who string, body io.Reader) int {
		ctx = access.WithPrincipal(ctx, access.Principal{ID: who, Role: access.RoleAgency, Entity: "moi"})
		w := httptest.NewRecorder()
		g.Handler().ServeHTTP(w, httptest.NewRequestWithContext(ctx, http.MethodPost, "/v1/plans", body))
		return w.Code
	}
}

// However many files one account sends at once, one of them is worked on, a few wait, the others are told to come again,
// and another's file is worked on meanwhile.
func TestOneAccountsFilesLeaveRoomForAnothers(t *testing.T) {
	begun, release := make(chan bool, 100), make(chan struct{})
	var working, most atomic.Int32
	send := uploadSite(t, func(_ http.ResponseWriter, r *http.Request) error {
		who, _ := access.PrincipalFrom(r.Context())
		if who.ID == "user/modest" {
			return nil
		}
		most.Store(max(most.Load(), working.Add(1)))
		begun <- true
		<-release
		working.Add(-1)
		return nil
	})
	var group sync.WaitGroup
	const files = 30
	refused := make(chan bool, files)
	for range files {
		group.Go(func() {
			if send(t.Context(), "user/greedy", strings.NewReader("file")) == http.StatusServiceUnavailable {
				refused <- true
			}
		})
	}
	<-begun
	for range files - arriving.Own {
		<-refused
	}
	for range 3 {
		if status := send(t.Context(), "user/modest", strings.NewReader("file")); status != http.StatusOK {
			t.Errorf("the modest one: %d", status)
		}
	}
	close(release)
	group.Wait()
	if most.Load() != 1 {
		t.Errorf("%d at once", most.Load())
	}
}

// slowBody never ends until it is let go.
type slowBody struct{ letGo chan struct{} }

func (b slowBody) Read([]byte) (int, error) {
	<-b.letGo
	return 0, io.EOF
}

// Files that arrive slowly keep nobody from working.
func TestAFileThatArrivesSlowlyTakesNobodysTurn(t *testing.T) {
	send := uploadSite(t, func(http.ResponseWriter, *http.Request) error { return nil })
	slow := slowBody{make(chan struct{})}
	var group sync.WaitGroup
	for _, who := range []string{"user/a", "user/b", "user/c"} {
		group.Go(func() { send(t.Context(), who, slow) })
	}
	for range 3 {
		if status := send(t.Context(), "user/modest", strings.NewReader("file")); status != http.StatusOK {
			t.Errorf("the modest one: %d", status)
		}
	}
	close(slow.letGo)
	group.Wait()
}

// Who has left is not worked for.
func TestAFileOfOneWhoHasLeftIsNotWorkedOn(t *testing.T) {
	begun, release := make(chan bool), make(chan struct{})
	var worked atomic.Int32
	send := uploadSite(t, func(http.ResponseWriter, *http.Request) error {
		worked.Add(1)
		begun <- true
		<-release
		return nil
	})
	var group sync.WaitGroup
	group.Go(func() { send(t.Context(), "user/a", strings.NewReader("file")) })
	<-begun
	ctx, leave := context.WithCancel(t.Context())
	group.Go(func() { send(ctx, "user/a", strings.NewReader("file")) })
	leave()
	close(release)
	group.Wait()
	if worked.Load() != 1 {
		t.Errorf("%d files were worked on", worked.Load())
	}
}

func TestAFileThatIsTooLargeIsRefused(t *testing.T) {
	send := uploadSite(t, func(http.ResponseWriter, *http.Request) error { return nil })
	if status := send(t.Context(), "user/a", io.LimitReader(endless{}, 7<<20)); status != http.StatusRequestEntityTooLarge {
		t.Errorf("%d", status)
	}
}

type endless struct{}

func (endless) Read(into []byte) (int, error) { return len(into), nil }
