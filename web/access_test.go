package web

import (
	"errors"
	"slices"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/programme"
)

func TestWhoMayReadIsAKnownReaderOfTheRole(t *testing.T) {
	for _, role := range access.Roles() {
		v := someone(t)
		v.reader = reader{Principal: access.Principal{Role: role}, known: true}
		allowed := []access.Role{access.RoleAgency, access.RoleAdmin}
		if err := v.mayRead(allowed...); errors.Is(err, programme.ErrForbidden) == slices.Contains(allowed, role) {
			t.Errorf("%s: %v", role, err)
		}
		if makes := role == access.RoleAdmin || role == access.RolePlanner; v.makesLinks() != makes {
			t.Errorf("%s makes links: %t", role, v.makesLinks())
		}
		v.reader.known = false
		if v.mayRead(access.Roles()...) == nil || v.makesLinks() {
			t.Errorf("nobody may read as %s", role)
		}
	}
}

func TestWhatIsNotSeenIsNotFound(t *testing.T) {
	v := figuresOf(t, "moi")
	v.all = v.figures
	for _, code := range []string{"moi", "none", ""} {
		if err := v.noEntity(code); !errors.Is(err, programme.ErrNotFound) {
			t.Errorf("entity %q: %v", code, err)
		}
		if err := v.noService(code); !errors.Is(err, programme.ErrNotFound) {
			t.Errorf("service %q: %v", code, err)
		}
	}
}
