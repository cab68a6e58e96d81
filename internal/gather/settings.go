package gather

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// Streams reads the facts about one subject.
type Streams interface {
	Stream(ctx context.Context, family programme.Family, subject string) ([]programme.Fact, error)
}

// SettingsInForce returns a function that answers the programme's settings in force, read again after a while. While
// the store is away it answers the last it knew: events are taken in all the same.
func SettingsInForce(
	ctx context.Context, store Streams, log *slog.Logger, now func() time.Time, after time.Duration,
) func() programme.Settings {
	var mu sync.Mutex
	var askedAt time.Time
	known := programme.DefaultSettings()
	return func() programme.Settings {
		mu.Lock()
		defer mu.Unlock()
		if now().Sub(askedAt) < after {
			return known
		}
		askedAt = now()
		stream, err := store.Stream(ctx, programme.FamilyProgramme, programme.ProgrammeSubject)
		if err == nil {
			var settings programme.Settings
			if settings, err = register.SettingsOf(stream); err == nil {
				known = settings
			}
		}
		if err != nil {
			log.WarnContext(ctx, "programme settings not read", slog.Any("error", err))
		}
		return known
	}
}
