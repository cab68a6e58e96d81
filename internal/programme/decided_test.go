package programme

import (
	"errors"
	"testing"
	"time"
)

func TestDecidedByTellsWhoAndWhen(t *testing.T) {
	err := DecidedBy(Fact{Family: FamilyPlan, Subject: "moi", Seq: 3, Actor: "user/a@moi.qa", RecordedAt: time.Unix(0, 0), Reason: "why"})
	if !errors.Is(err, ErrAlreadyDecided) || err.Error() != "already decided: by user/a@moi.qa at 1970-01-01T00:00:00Z" {
		t.Errorf("%v", err)
	}
}
