package token

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
	"mirsad/internal/account/accounttest"
	"mirsad/internal/programme"
)

func (f *fixture) rotate(id string, overlap time.Duration) Rotation {
	f.T.Helper()
	rotation, err := f.tokens.Rotate(f.T.Context(), id, time.Time{}, overlap)
	if err != nil {
		f.T.Fatal(err)
	}
	return rotation
}

// living reports whether a bearer is let in.
func (f *fixture) living(bearer string) bool {
	f.T.Helper()
	return (&browser{Site: f.Site, Bearer: bearer}).Get("/v1/quarantine").Code == http.StatusOK
}

func TestRotationLetsBothLive(t *testing.T) {
	f := newFixture(t)
	bearer, id := f.token("moi", access.ScopeEvents, access.ScopeRead)
	now := f.Clock.Now()
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
	f.Clock.Pass(7*day - time.Second)
	if !f.living(bearer) {
		t.Error("the old one ends before the overlap")
	}
	f.Clock.Pass(time.Second)
	if f.living(bearer) || !f.living(rotation.Bearer) {
		t.Error("after the overlap the successor alone lives")
	}
	tokens, err := f.tokens.List(t.Context())
	if err != nil || len(tokens) != 2 || f.Store.Rows(programme.FamilyToken) != 3 {
		t.Errorf("%+v, %d facts, %v", tokens, f.Store.Rows(programme.FamilyToken), err)
	}
	for _, token := range tokens {
		if token.CreatedBy != "operator/command" || (token.ID == id && token.RotatedTo != rotation.New.ID) {
			t.Errorf("listed %+v", token)
		}
	}
}

func TestRotationNeverLengthensALife(t *testing.T) {
	f := newFixture(t)
	bearer, id := f.token("moi", access.ScopeEvents)
	f.Clock.Pass(defaultExpiry - day)
	rotation := f.rotate(id, 7*day)
	f.Clock.Pass(day)
	if f.living(bearer) || !f.living(rotation.Bearer) {
		t.Error("an overlap longer than the old one's life")
	}
}

func TestRotationWithoutOverlap(t *testing.T) {
	f := newFixture(t)
	bearer, id := f.token("moi", access.ScopeEvents)
	if rotation := f.rotate(id, 0); f.living(bearer) || !f.living(rotation.Bearer) {
		t.Error("both live, or none")
	}
	if use := f.useOf(id); use.Reason != programme.TokenExpired {
		t.Errorf("refused as %q", use.Reason)
	}
}

func TestRotationsThatAreRefused(t *testing.T) {
	f := newFixture(t)
	_, revoked := f.token("moi", access.ScopeEvents)
	if _, err := f.tokens.Revoke(t.Context(), revoked); err != nil {
		t.Fatal(err)
	}
	_, rotated := f.token("moi", access.ScopeEvents)
	successor := f.rotate(rotated, 30*day).New.ID
	_, alive := f.token("moi", access.ScopeEvents)
	short, err := f.tokens.token30(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	f.Clock.Pass(31 * day)
	now := f.Clock.Now()
	facts := f.Store.Rows(programme.FamilyToken)
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
		_, err := f.tokens.Rotate(t.Context(), test.id, test.expires, test.overlap)
		if !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.remedy) {
			t.Errorf("%s: %v", test.why, err)
		}
	}
	if f.Store.Rows(programme.FamilyToken) != facts {
		t.Error("a refused rotation leaves facts behind")
	}
	f.rotate(successor, day) // what the remedy names works
}

// token30 makes a token of thirty days and returns its id.
func (t *Tokens) token30(ctx context.Context) (string, error) {
	_, token, err := t.Create(ctx, []access.Scope{access.ScopeRead}, "", t.dependencies.Now().Add(30*day))
	return token.ID, err
}

// gate holds back the second fact of each rotation until all have added their first.
type gate struct {
	*accounttest.Memory
	arrived sync.WaitGroup
}

func (g *gate) Append(ctx context.Context, draft programme.Draft, after uint32) (programme.Fact, error) {
	if after == 1 {
		if token, isToken := draft.Body.(Token); isToken && token.RotatedTo != "" {
			g.arrived.Done()
			g.arrived.Wait()
		}
	}
	return g.Memory.Append(ctx, draft, after)
}

func TestOneOfTwoRotationsAtOnceWins(t *testing.T) {
	c := accounttest.NewClock()
	store := &gate{Memory: &accounttest.Memory{Now: c.Now}}
	f := newFixtureOver(t, store, c)
	_, id := f.token("moi", access.ScopeEvents)
	const contenders = 8
	store.arrived.Add(contenders)
	var wait sync.WaitGroup
	failures := make([]error, contenders)
	for i := range contenders {
		wait.Go(func() {
			_, failures[i] = f.tokens.Rotate(context.Background(), id, time.Time{}, day)
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
	tokens, err := f.tokens.List(t.Context())
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
