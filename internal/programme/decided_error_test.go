package programme_test

import (
	"errors"
	"testing"
	"time"

	"mirsad/internal/programme"
)

func TestDecidedByTellsWhoAndWhen(t *testing.T) {
	err := programme.DecidedBy(programme.Fact{Family: programme.FamilyPlan, Subject: "moi", Seq: 3, Actor: "user/a@moi.qa", RecordedAt: time.Unix(0, 0), Reason: "why"})
	if !errors.Is(err, programme.ErrAlreadyDecided) || err.Error() != "already decided: by user/a@moi.qa at 1970-01-01T00:00:00Z" {
		t.Errorf("%v", err)
	}
}
