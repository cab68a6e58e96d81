package secret

import (
	"errors"
	"strings"
	"testing"
	"time"

	"mirsad/internal/httpserver"
)

func TestABearerIsSplitIntoItsIDAndTheHashOfItsSecret(t *testing.T) {
	bearer := NewBearer()
	id, hash, err := Split(bearer)
	if err != nil || len(id) != 2*idBytes || len(hash) != 64 || strings.Contains(bearer, hash) {
		t.Errorf("%s: %s, %s, %v", bearer, id, hash, err)
	}
	again := BearerOf(id)
	sameID, otherHash, err := Split(again)
	if err != nil || sameID != id || Same(otherHash, hash) || !Same(hash, hash) {
		t.Errorf("%s and %s", bearer, again)
	}
	for _, none := range []string{"", ".", "id", "id.", ".secret"} {
		if _, _, err := Split(none); !errors.Is(err, httpserver.ErrUnauthenticated) {
			t.Errorf("%q: %v", none, err)
		}
	}
	if Same("", "") {
		t.Error("no hash equals none")
	}
}

func TestAnExpiryIsAWholeSecond(t *testing.T) {
	moment := time.Date(2016, 10, 5, 11, 5, 7, 999, time.FixedZone("", 3*60*60))
	if got, want := Expiry(moment), time.Date(2016, 10, 5, 8, 5, 7, 0, time.UTC); got != want {
		t.Errorf("%v, want %v", got, want)
	}
}
