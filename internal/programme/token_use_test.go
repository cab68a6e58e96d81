package programme_test

import (
	"testing"
	"time"

	"mirsad/internal/programme"
)

// Two servers see one token: each knows a part of its use, and the later moment counts whichever tells it first.
func TestOfTwoObserversOfATokenTheLaterMomentCounts(t *testing.T) {
	at := func(minute int) time.Time { return time.Date(2016, 5, 17, 9, minute, 0, 0, time.UTC) }
	for name, test := range map[string]struct{ one, other, want programme.TokenUse }{
		"only one saw it": {
			programme.TokenUse{LastUsed: at(1), LastRefused: at(2), Reason: programme.TokenExpired},
			programme.TokenUse{},
			programme.TokenUse{LastUsed: at(1), LastRefused: at(2), Reason: programme.TokenExpired},
		},
		"each saw something else": {
			programme.TokenUse{LastUsed: at(5)},
			programme.TokenUse{LastRefused: at(3), Reason: programme.TokenForbidden},
			programme.TokenUse{LastUsed: at(5), LastRefused: at(3), Reason: programme.TokenForbidden},
		},
		"the later use, the later refusal with its reason": {
			programme.TokenUse{LastUsed: at(5), LastRefused: at(7), Reason: programme.TokenRevoked},
			programme.TokenUse{LastUsed: at(6), LastRefused: at(4), Reason: programme.TokenWrongSecret},
			programme.TokenUse{LastUsed: at(6), LastRefused: at(7), Reason: programme.TokenRevoked},
		},
		"neither saw it": {},
	} {
		test.one.Token, test.other.Token, test.want.Token = "t", "t", "t"
		if got := test.one.And(test.other); got != test.want {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
		if got := test.other.And(test.one); got != test.want {
			t.Errorf("%s, the other way round: %+v, want %+v", name, got, test.want)
		}
	}
}

func TestOfTwoRefusalsAtOneMomentTheFirstObserversReasonStays(t *testing.T) {
	at := time.Date(2016, 5, 17, 9, 0, 0, 0, time.UTC)
	one := programme.TokenUse{LastRefused: at, Reason: programme.TokenExpired}
	other := programme.TokenUse{LastRefused: at, Reason: programme.TokenOtherEntity}
	if got := one.And(other); got != one {
		t.Errorf("%+v, want %+v", got, one)
	}
}
