package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// The load of the fault suite: agencies that send bodies one after the other and again until they are answered.
const (
	loadEntities = 4
	loadServices = 5 // of each entity
	bodyEvents   = 200
	keptBodies   = 500 // to be sent again
)

// agencies are the senders of the fault suite, and what they were told is accepted.
type agencies struct {
	t       *testing.T
	p       *program
	bearers []string
	client  *http.Client

	mu         sync.Mutex
	made       int      // bodies ever made
	sent       [][]byte // some of those with a 202
	identities int64    // distinct, in the 202s
	uses       int64
}

// newAgencies enters the catalogue and makes a token for each entity.
func newAgencies(t *testing.T, p *program) *agencies {
	t.Helper()
	a := &agencies{t: t, p: p, client: &http.Client{Timeout: 10 * time.Second}}
	var entities, services strings.Builder
	entities.WriteString("code,name,name_ar\n")
	services.WriteString("code,name,name_ar,entity\n")
	for n := range loadEntities {
		fmt.Fprintf(&entities, "e%d,Entity %d,جهة %d\n", n, n, n)
		for s := range loadServices {
			fmt.Fprintf(&services, "e%d-s%d,Service,خدمة,e%d\n", n, s, n)
		}
	}
	folder := t.TempDir()
	files := []string{filepath.Join(folder, "entities.csv"), filepath.Join(folder, "services.csv")}
	for i, content := range []string{entities.String(), services.String()} {
		if err := os.WriteFile(files[i], []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p.must("import", "catalogue", files[0], files[1])
	for n := range loadEntities {
		out, words, code := runWith(t, p.data, p.environ, "token", "create", "--scope", "events", "--entity", fmt.Sprintf("e%d", n))
		if code != exitDone {
			t.Fatalf("token: %s", words)
		}
		a.bearers = append(a.bearers, strings.TrimSpace(out))
	}
	return a
}

// body is one body of an entity and how many uses it holds; identities are distinct from all others'.
func (a *agencies) body(entity int) (content []byte, uses int64) {
	a.mu.Lock()
	number := a.made
	a.made++
	a.mu.Unlock()
	var lines bytes.Buffer
	now := now(a.t)
	for n := range bodyEvents {
		at := now.Add(-time.Duration((number*7+n)%72) * time.Hour) // late ones among them, over four days
		count := n % 4                                             // voided ones among them
		uses += int64(count)
		fmt.Fprintf(&lines, `{"specversion":"1.0","id":"%d-%d","source":"/load","type":"mirsad.usage.v1","time":%q,"subject":"e%d-s%d",`+
			`"data":{"channel":"web","stage":"complete","count":%d}}`+"\n", number, n, at.UTC().Format(time.RFC3339), entity, n%loadServices, count)
	}
	return lines.Bytes(), uses
}

// load has every entity send until the context ends, at most so many events a second in all (0: as fast as it goes);
// bodies under way are sent until they are accepted.
func (a *agencies) load(ctx context.Context, perSecond int) {
	var group sync.WaitGroup
	for entity := range loadEntities {
		group.Go(func() {
			pace := time.Duration(0)
			if perSecond > 0 {
				pace = time.Second * bodyEvents * loadEntities / time.Duration(perSecond)
			}
			for next := time.Now(); ctx.Err() == nil; next = next.Add(pace) {
				time.Sleep(time.Until(next))
				content, uses := a.body(entity)
				if a.insist(entity, content) {
					a.mu.Lock()
					a.identities += bodyEvents
					a.uses += uses
					if len(a.sent) < keptBodies {
						a.sent = append(a.sent, content)
					}
					a.mu.Unlock()
				}
			}
		})
	}
	group.Wait()
}

// insist sends a body until it is accepted, as docs/agencies.md asks of every sender.
func (a *agencies) insist(entity int, content []byte) bool {
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		status, answer := a.send(entity, content)
		switch {
		case status == http.StatusAccepted:
			return true
		case status == 0, status >= http.StatusInternalServerError, status == http.StatusTooManyRequests:
		default:
			a.t.Errorf("a body is refused: %d %s", status, answer)
			return false
		}
	}
	a.t.Error("a body was not accepted within two minutes")
	return false
}

// send posts a body once; status 0: no answer.
func (a *agencies) send(entity int, content []byte) (status int, answer string) {
	request, err := http.NewRequest(http.MethodPost, a.p.address()+"/v1/events", bytes.NewReader(content))
	if err != nil {
		a.t.Error(err)
		return 0, ""
	}
	request.Header.Set("Authorization", "Bearer "+a.bearers[entity])
	request.Header.Set("Content-Type", "application/x-ndjson")
	response, err := a.client.Do(request)
	if err != nil {
		return 0, err.Error()
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return 0, err.Error()
	}
	var told struct {
		Accepted int   `json:"accepted"`
		Rejected []any `json:"rejected"`
	}
	if response.StatusCode == http.StatusAccepted && (json.Unmarshal(text, &told) != nil || told.Accepted != bodyEvents || len(told.Rejected) > 0) {
		a.t.Errorf("an answer that is not all of it: %.300s", text)
	}
	return response.StatusCode, string(text)
}

// mustEqual prints and checks the two equalities: what was acknowledged is stored, and is in the rollup, once.
func (a *agencies) mustEqual(round string) {
	a.t.Helper()
	a.p.settle()
	got := a.p.totals()
	a.t.Logf("%-44s identities: acknowledged %d = stored %d = rollup %d   uses: %d = %d = %d", round,
		a.identities, got.Identities, got.RollupEvents, a.uses, got.Uses, got.RollupUses)
	if got.Identities != a.identities || got.RollupEvents != a.identities || got.Uses != a.uses || got.RollupUses != a.uses || got.DirtySlices != 0 {
		a.t.Errorf("%s: acknowledged %d identities and %d uses, yet %+v", round, a.identities, a.uses, got)
	}
}
