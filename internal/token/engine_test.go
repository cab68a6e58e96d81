package token

import (
	"errors"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/account/accounttest"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/programme"
)

// TestTokensLifeOnTheRealEngine rotates a token that two processes see, and reads back what both saw of it.
func TestTokensLifeOnTheRealEngine(t *testing.T) {
	t.Parallel()
	c := accounttest.NewClock()
	db := clickhousetest.NewWith(t, c.Now, time.UTC)
	here, elsewhere := newFixtureOver(t, db, c), newFixtureOver(t, db, c)
	for _, f := range []*fixture{here, elsewhere} {
		if err := f.tokens.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	bearer, id := here.token("moi", access.ScopeEvents)
	used := c.Now()
	if !here.living(bearer) {
		t.Error("not let in")
	}
	rotation := here.rotate(id, 7*day)
	c.Pass(5 * time.Second)
	if !elsewhere.living(bearer) || !elsewhere.living(rotation.Bearer) {
		t.Error("not both live in another process")
	}
	if _, err := elsewhere.tokens.Rotate(t.Context(), id, time.Time{}, 0); !errors.Is(err, programme.ErrAlreadyDecided) {
		t.Errorf("a second rotation: %v", err)
	}
	c.Pass(time.Second)
	refused := c.Now()
	(&browser{Site: here.Site, Bearer: rotation.Bearer}).Get("/v1/progress")
	if err := errors.Join(here.tokens.Stop(t.Context()), elsewhere.tokens.Stop(t.Context())); err != nil {
		t.Fatal(err)
	}
	command := newFixtureOver(t, db, c) // it has seen nothing itself
	if use := command.useOf(id); !use.LastUsed.Equal(used.Add(5*time.Second)) || !use.LastRefused.IsZero() {
		t.Errorf("the old one: %+v", use)
	}
	want := programme.TokenUse{
		Token: rotation.New.ID, LastUsed: used.Add(5 * time.Second), LastRefused: refused, Reason: programme.TokenForbidden,
	}
	if use := command.useOf(rotation.New.ID); use != want {
		t.Errorf("the successor:\n got %+v\nwant %+v", use, want)
	}
	tokens, err := command.tokens.List(t.Context())
	if err != nil || len(tokens) != 2 {
		t.Fatalf("%+v, %v", tokens, err)
	}
	for _, token := range tokens {
		if token.ID == id && (token.RotatedTo != rotation.New.ID || !token.ExpiresAt.Equal(used.Add(7*day))) {
			t.Errorf("the old one is listed as %+v", token)
		}
	}
}
