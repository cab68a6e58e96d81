package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"mirsad/internal/clickhouse"
	"mirsad/internal/programme"
)

// settleProgramme makes sure that the programme's settings stand as a fact from the first start on, and
// refuses a time zone other than theirs: every reporting date already stored was reckoned in it.
func settleProgramme(ctx context.Context, db *clickhouse.DB, zone string) error {
	stream, err := db.Stream(ctx, programme.FamilyProgramme, programme.ProgrammeSubject)
	if err != nil {
		return err
	}
	if len(stream) == 0 {
		settings := programme.DefaultSettings()
		settings.TimeZone = zone
		_, err := db.Append(ctx, programme.Draft{
			Family: programme.FamilyProgramme, Subject: programme.ProgrammeSubject,
			Actor: "program", Reason: "first start", Body: settings,
		}, 0)
		return err
	}
	newest, err := newestSettings(stream)
	if err != nil {
		return err
	}
	if newest.TimeZone != zone {
		return fmt.Errorf("%w: the programme's time zone is %s since its first start: set MIRSAD_TIME_ZONE to it", programme.ErrInvalid, newest.TimeZone)
	}
	return nil
}

// newestSettings returns the settings in force: those of the stream's last fact, else the defaults.
func newestSettings(stream []programme.Fact) (programme.Settings, error) {
	settings := programme.DefaultSettings()
	if len(stream) == 0 {
		return settings, nil
	}
	if err := json.Unmarshal(stream[len(stream)-1].Body, &settings); err != nil {
		return settings, fmt.Errorf("programme settings: %w", err)
	}
	return settings, nil
}

// How long settings are taken as the newest: for events, whose earliest report date they decide, and for pages, which
// show the programme's name and classification to who has just changed them.
const (
	settingsForEvents = 10 * time.Second
	settingsForPages  = time.Second
)

// newestSettingsOf returns a function that answers the programme's settings in force, read again after a while. While
// the store is away it answers the last it knew: events are taken in all the same.
func newestSettingsOf(ctx context.Context, s *store, after time.Duration) func() programme.Settings {
	var mu sync.Mutex
	var askedAt time.Time
	known := programme.DefaultSettings()
	return func() programme.Settings {
		mu.Lock()
		defer mu.Unlock()
		now := s.now()
		if now.Sub(askedAt) < after {
			return known
		}
		askedAt = now
		stream, err := s.Stream(ctx, programme.FamilyProgramme, programme.ProgrammeSubject)
		if err == nil {
			known, err = newestSettings(stream)
		}
		if err != nil {
			s.log.WarnContext(ctx, "programme settings not read", slog.Any("error", err))
		}
		return known
	}
}
