package link

import (
	"context"
	"errors"
	"strings"
	"testing"

	"mirsad/internal/access"
)

// What a link is used up by is the session that it has now: one that was opened before, or whose secret is made up, does
// nothing, even where the middleware has let it pass a moment ago.
func TestOnlyTheLinksOwnSessionUsesIt(t *testing.T) {
	f := newFixture(t, "")
	bearer := f.link(access.LinkPlan)
	id, _, _ := strings.Cut(bearer, ".")
	f.opened(bearer)
	link, err := f.links.read(t.Context(), id)
	if err != nil || link.Session == "" {
		t.Fatalf("%+v, %v", link, err)
	}
	act := Act{Purpose: access.LinkPlan, Entity: "moi", Month: link.Month}
	done := 0
	use := func(session string) error {
		who := access.Principal{
			ID: "link/" + id, Role: access.RoleAgency, Entity: "moi", Purpose: access.LinkPlan, Month: link.Month, Session: session,
		}
		return f.links.Use(access.WithPrincipal(t.Context(), who), act, func(context.Context) error { done++; return nil })
	}
	for what, session := range map[string]string{
		"none": "", "made up": strings.Repeat("0", len(link.Session)), "shorter": link.Session[1:], "longer": link.Session + "0",
	} {
		if err := use(session); !errors.Is(err, ErrUnknown) || done != 0 {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := use(link.Session); err != nil || done != 1 {
		t.Errorf("its own: %v", err)
	}
	if err := use(link.Session); err == nil || done != 1 {
		t.Errorf("its own a second time: %v", err)
	}
}
