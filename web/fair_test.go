package web

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// The modest caller's median during an attack is at most so many times its quiet one, beside a pause of the machine.
const (
	mostTimes = 8
	pause     = 400 * time.Millisecond
)

// class is one kind of address: what one who takes all that there is asks for, each time another, and what another
// person asks for meanwhile.
type class struct {
	name   string
	greedy func(n int) sent
	modest func(n int) sent
	// who is modest: the planner unless it says otherwise.
	who string
}

func asks(path string) sent { return sent{method: http.MethodGet, path: path} }

func fairClasses(t *testing.T) []class {
	t.Helper()
	_, upload := templateInForce(t)
	upload.path += "?entity=moi"
	month := func(n int) string { return fmt.Sprintf("20%02d-%02d", 10+n%6, 1+n%12) }
	day := func(n int) string { return fmt.Sprintf("%s-%02d", month(n), 1+n%28) }
	modest := func(path string) func(int) sent { return func(int) sent { return asks(path) } }
	return []class{
		{name: "pages", greedy: func(n int) sent { return asks("/en/?on=" + day(n)) }, modest: modest("/en/usage")},
		{
			name:   "figures of the API",
			greedy: func(n int) sent { return asks("/v1/progress?as_at=" + day(n)) }, modest: modest("/v1/progress"),
		},
		{
			name: "series by day",
			greedy: func(n int) sent {
				return asks("/v1/usage?grain=day&by=service&from=" + day(n) + "&to=" + month(n) + "-28")
			},
			modest: func(n int) sent {
				return asks(fmt.Sprintf("/v1/usage?grain=day&from=2016-08-%02d&to=2016-08-28", 1+n%20))
			},
		},
		{
			name:   "exports",
			greedy: func(n int) sent { return asks("/v1/services.csv?status=all&on=" + day(n)) }, modest: modest("/v1/services.csv"),
		},
		{name: "uploads", greedy: func(int) sent { return upload }, modest: modest("/en/submit"), who: "agency"},
		{
			name: "sign-in",
			greedy: func(n int) sent {
				return aForm("/en/sign-in", url.Values{"email": {fmt.Sprintf("n%d@example.org", n)}, "password": {"wrong"}})
			},
			modest: modest("/en/usage"),
		},
	}
}

// timed asks so often and returns the median of the times; what is not answered with success is a fault.
func (s *doorSite) timed(t *testing.T, name string, ask func(int) sent, times int) time.Duration {
	t.Helper()
	took := make([]time.Duration, times)
	for i := range took {
		began := time.Now()
		if status := s.status(name, ask(i)); status != http.StatusOK {
			t.Errorf("%s is answered %d", ask(i).path, status)
		}
		took[i] = time.Since(began)
	}
	slices.Sort(took)
	return took[times/2]
}

// status sends a request as a person.
func (s *doorSite) status(name string, act sent) int {
	request, err := http.NewRequestWithContext(s.t.Context(), act.method, s.server.URL+act.path, strings.NewReader(act.content))
	if err != nil {
		return 0
	}
	if act.contentType != "" {
		request.Header.Set("Content-Type", act.contentType)
	}
	if name != "" {
		request.AddCookie(s.cookies[name])
	}
	answer, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		return 0
	}
	_ = answer.Body.Close()
	return answer.StatusCode
}

// One who asks for as much as goes is slowed or refused; whoever else asks for the same kind of thing, or for another,
// is answered all the same, and not much later than when it is quiet.
func TestOneWhoTakesAllLeavesRoomForAModestCaller(t *testing.T) {
	s := newDoorSite(t)
	s.servePages(t)
	for _, each := range fairClasses(t) {
		t.Run(each.name, func(t *testing.T) {
			who := cmp.Or(each.who, "planner")
			s.timed(t, who, each.modest, 1) // warm
			quiet := s.timed(t, who, each.modest, 9)
			var stop atomic.Bool
			var asked atomic.Int32
			var group sync.WaitGroup
			greedy := "admin"
			if each.name == "sign-in" {
				greedy = ""
			}
			for range 24 {
				group.Go(func() {
					for !stop.Load() {
						if s.status(greedy, each.greedy(int(asked.Add(1)))) == 0 {
							return
						}
					}
				})
			}
			for asked.Load() < 24 {
				s.status(who, asks("/en/account"))
			}
			during := s.timed(t, who, each.modest, 9)
			stop.Store(true)
			group.Wait()
			if during > mostTimes*quiet+pause {
				t.Errorf("%s when it is quiet, %s beside one who asked %d times", quiet, during, asked.Load())
			}
			t.Logf("%s when it is quiet, %s beside one who asked %d times", quiet, during, asked.Load())
		})
	}
}
