package account

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/programme"
)

const day = 24 * time.Hour

func (f *fixture) rotate(id string, overlap time.Duration) Rotation {
	f.t.Helper()
	rotation, err := f.accounts.RotateToken(f.t.Context(), id, time.Time{}, overlap)
	if err != nil {
		f.t.Fatal(err)
	}
	return rotation
}

// living reports whether a bearer is let in.
func (f *fixture) living(bearer string) bool {
	f.t.Helper()
	return (&browser{fixture: f, bearer: bearer}).get("/v1/quarantine").Code == http.StatusOK
}

func TestRotationLetsBothLive(t *testing.T) {
	f := newFixture(t, "")
	bearer, id := f.token("moi", access.ScopeEvents, access.ScopeRead)
	now := f.clock.now()
	rotation := f.rotate(id, 7*day)
	if !slices.Equal(rotation.New.Scopes, []access.Scope{access.ScopeEvents, access.ScopeRead}) || rotation.New.Entity != "moi" ||
		rotation.New.RotatedFrom != id || !rotation.New.ExpiresAt.Equal(now.Add(defaultExpiry)) {
		t.Errorf("successor %+v", rotation.New)
	}
	if rotation.Old.RotatedTo != rotation.New.ID || !rotation.Old.ExpiresAt.Equal(now.Add(7*day)) {
		t.Errorf("old %+v", rotation.Old)
	}
	if rotation.Bearer == bearer || !strings.HasPrefix(rotation.Bearer, rotation.New.ID+".") {
		t.Error("the bearer is not the successor's")
	}
	if !f.living(bearer) || !f.living(rotation.Bearer) {
		t.Error("not both live at once")
	}
	f.clock.pass(7*day - time.Second)
	if !f.living(bearer) {
		t.Error("the old one ends before the overlap")
	}
	f.clock.pass(time.Second)
	if f.living(bearer) || !f.living(rotation.Bearer) {
		t.Error("after the overlap the successor alone lives")
	}
	tokens, err := f.accounts.ListTokens(t.Context())
	if err != nil || len(tokens) != 2 || f.store.rows(programme.FamilyToken) != 3 {
		t.Errorf("%+v, %d facts, %v", tokens, f.store.rows(programme.FamilyToken), err)
	}
	for _, token := range tokens {
		if token.CreatedBy != "operator/command" || (token.ID == id && token.RotatedTo != rotation.New.ID) {
			t.Errorf("listed %+v", token)
		}
	}
}

func TestRotationNeverLengthensALife(t *testing.T) {
	f := newFixture(t, "")
	bearer, id := f.token("moi", access.ScopeEvents)
	f.clock.pass(defaultExpiry - day)
	rotation := f.rotate(id, 7*day)
	f.clock.pass(day)
	if f.living(bearer) || !f.living(rotation.Bearer) {
		t.Error("an overlap longer than the old one's life")
	}
}

func TestRotationWithoutOverlap(t *testing.T) {
	f := newFixture(t, "")
	bearer, id := f.token("moi", access.ScopeEvents)
	if rotation := f.rotate(id, 0); f.living(bearer) || !f.living(rotation.Bearer) {
		t.Error("both live, or none")
	}
	if use := f.useOf(id); use.Reason != programme.TokenExpired {
		t.Errorf("refused as %q", use.Reason)
	}
}

func TestRotationsThatAreRefused(t *testing.T) {
	f := newFixture(t, "")
	_, revoked := f.token("moi", access.ScopeEvents)
	if _, err := f.accounts.RevokeToken(t.Context(), revoked); err != nil {
		t.Fatal(err)
	}
	_, rotated := f.token("moi", access.ScopeEvents)
	successor := f.rotate(rotated, 30*day).New.ID
	_, alive := f.token("moi", access.ScopeEvents)
	short, err := f.accounts.token30(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	f.clock.pass(31 * day)
	now := f.clock.now()
	facts := f.store.rows(programme.FamilyToken)
	for _, test := range []struct {
		why, id, remedy string
		expires         time.Time
		overlap         time.Duration
		want            error
	}{
		{why: "unknown", id: "unknown", want: programme.ErrNotFound, remedy: "mirsad token list"},
		{why: "revoked", id: revoked, want: programme.ErrInvalid, remedy: "mirsad token create"},
		{why: "expired", id: short, want: programme.ErrInvalid, remedy: "mirsad token create"},
		{why: "rotated, and expired since", id: rotated, want: programme.ErrAlreadyDecided, remedy: "rotated to " + successor},
		{why: "a negative overlap", id: alive, overlap: -day, want: programme.ErrInvalid, remedy: "overlap"},
		{why: "a successor that has expired", id: alive, expires: now, want: programme.ErrInvalid, remedy: "within two years"},
		{why: "a successor for ever", id: alive, expires: now.AddDate(3, 0, 0), want: programme.ErrInvalid, remedy: "within two years"},
	} {
		_, err := f.accounts.RotateToken(t.Context(), test.id, test.expires, test.overlap)
		if !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.remedy) {
			t.Errorf("%s: %v", test.why, err)
		}
	}
	if f.store.rows(programme.FamilyToken) != facts {
		t.Error("a refused rotation leaves facts behind")
	}
	f.rotate(successor, day) // what the remedy names works
}

// token30 makes a token of thirty days and returns its id.
func (a *Accounts) token30(ctx context.Context) (string, error) {
	_, token, err := a.CreateToken(ctx, []access.Scope{access.ScopeRead}, "", a.dependencies.Now().Add(30*day))
	return token.ID, err
}

// gate holds back the second fact of each rotation until all have added their first.
type gate struct {
	*memory
	arrived sync.WaitGroup
}

func (g *gate) Append(ctx context.Context, draft programme.Draft, after uint32) (programme.Fact, error) {
	if after == 1 {
		if token, isToken := draft.Body.(Token); isToken && token.RotatedTo != "" {
			g.arrived.Done()
			g.arrived.Wait()
		}
	}
	return g.memory.Append(ctx, draft, after)
}

func TestOneOfTwoRotationsAtOnceWins(t *testing.T) {
	c := newClock()
	store := &gate{memory: &memory{now: c.now}}
	f := newFixtureOver(t, store, c, "")
	_, id := f.token("moi", access.ScopeEvents)
	const contenders = 8
	store.arrived.Add(contenders)
	var wait sync.WaitGroup
	failures := make([]error, contenders)
	for i := range contenders {
		wait.Go(func() {
			_, failures[i] = f.accounts.RotateToken(context.Background(), id, time.Time{}, day)
		})
	}
	wait.Wait()
	won := 0
	for _, err := range failures {
		if err == nil {
			won++
		} else if !errors.Is(err, programme.ErrAlreadyDecided) {
			t.Error(err)
		}
	}
	tokens, err := f.accounts.ListTokens(t.Context())
	if err != nil || won != 1 || len(tokens) != 1+contenders {
		t.Fatalf("%d won, %d tokens, %v", won, len(tokens), err)
	}
	living := map[string]bool{}
	for _, token := range tokens {
		if !token.Revoked {
			living[token.ID] = true
		}
	}
	for _, token := range tokens {
		if token.ID == id && (len(living) != 2 || !living[token.RotatedTo]) {
			t.Errorf("rotated to %s, living %v", token.RotatedTo, living)
		}
	}
}

// What a request says of scope and entity changes nothing: both are the token's, and its successor's are the same.
func TestScopeAndEntityComeFromTheTokenOnly(t *testing.T) {
	f := newFixture(t, "")
	f.user("admin@example.qa", access.RoleAdmin, "")
	admin := &browser{fixture: f}
	if !admin.signIn("admin@example.qa", password) {
		t.Fatal("the administrator is not let in")
	}
	bearer, id := f.token("moi", access.ScopeRead)
	var seen access.Principal
	f.site = f.answeredBy(func(_ http.ResponseWriter, r *http.Request) { seen, _ = access.PrincipalFrom(r.Context()) })
	rotation := f.rotate(id, day)
	for token, bearer := range map[string]string{id: bearer, rotation.New.ID: rotation.Bearer} {
		b := &browser{fixture: f, bearer: bearer, cookie: admin.cookie}
		for _, target := range []string{
			"/v1/progress", "/v1/progress?entity=moj", "/v1/progress?scope=admin&role=admin&entity=", "/v1/entities/moi?entity=moj",
		} {
			seen = access.Principal{}
			w := b.get(target)
			if w.Code != http.StatusOK || seen.ID != "token/"+token || seen.Entity != "moi" || seen.Role != "" ||
				!slices.Equal(seen.Scopes, []access.Scope{access.ScopeRead}) || seen.Admin() {
				t.Errorf("%s: %d as %+v", target, w.Code, seen)
			}
		}
		for _, target := range []string{"/v1/entities/moj?entity=moi", "/v1/quarantine?scope=events", "/en/admin"} {
			seen = access.Principal{}
			if w := b.get(target); w.Code == http.StatusOK || seen.ID != "" {
				t.Errorf("%s: %d as %+v", target, w.Code, seen)
			}
		}
	}
}
