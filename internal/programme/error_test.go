package programme_test

import (
	"errors"
	"testing"

	"mirsad/internal/programme"
)

func TestAFaultOfTheStoreIsUnavailableUnlessItMeansSomethingElse(t *testing.T) {
	away := errors.New("connection refused")
	for name, test := range map[string]struct {
		err         error
		words       string
		unavailable bool
	}{
		"a broken connection": {away, "unavailable: reading plans: connection refused", true},
		"not found":           {programme.ErrNotFound, "unavailable: reading plans: not found", true},
		"invalid":             {programme.ErrInvalid, "reading plans: invalid", false},
		"already decided":     {programme.ErrAlreadyDecided, "reading plans: already decided", false},
		"unavailable already": {programme.ErrUnavailable, "reading plans: unavailable", true},
	} {
		err := programme.Unavailable("reading plans", test.err)
		if err.Error() != test.words || !errors.Is(err, test.err) {
			t.Errorf("%s: %q, want %q", name, err, test.words)
		}
		if errors.Is(err, programme.ErrUnavailable) != test.unavailable {
			t.Errorf("%s: unavailable is %v, want %v", name, !test.unavailable, test.unavailable)
		}
	}
}
