package page

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
		v.Reader = reader{Principal: access.Principal{Role: role}, Known: true}
		allowed := []access.Role{access.RoleAgency, access.RoleAdmin}
		if err := v.MayRead(allowed...); errors.Is(err, programme.ErrForbidden) == slices.Contains(allowed, role) {
			t.Errorf("%s: %v", role, err)
		}
		if makes := role == access.RoleAdmin || role == access.RolePlanner; v.MakesLinks() != makes {
			t.Errorf("%s makes links: %t", role, v.MakesLinks())
		}
		v.Reader.Known = false
		if v.MayRead(access.Roles()...) == nil || v.MakesLinks() {
			t.Errorf("nobody may read as %s", role)
		}
	}
}

func TestWhatIsNotSeenIsNotFound(t *testing.T) {
	v := figuresOf(t, "moi")
	v.All = v.Figures
	for _, code := range []string{"moi", "none", ""} {
		if err := v.NoEntity(code); !errors.Is(err, programme.ErrNotFound) {
			t.Errorf("entity %q: %v", code, err)
		}
		if err := v.NoService(code); !errors.Is(err, programme.ErrNotFound) {
			t.Errorf("service %q: %v", code, err)
		}
	}
}
