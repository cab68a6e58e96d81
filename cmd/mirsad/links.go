package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"mirsad/internal/account"
	"mirsad/internal/clickhouse"
	"mirsad/internal/config"
	"mirsad/internal/mail"
	"mirsad/internal/programme"
)

// newMail returns what delivers letters; nil, and no error, when no mail server is set.
func newMail(settings config.Settings, log *slog.Logger, now func() time.Time) (account.Mail, error) {
	cfg, on := settings.Mail()
	if !on {
		log.Info("mail is off: signed links are shown to who makes them; set MIRSAD_SMTP_HOST to send them")
		return nil, nil //nolint:nilnil // no mail server is a setting
	}
	return mail.New(cfg, mail.Dependencies{Logger: log, Now: now})
}

// linkSubjects returns a function that describes an entity of the catalogue and the programme as they stand now.
func linkSubjects(db *clickhouse.DB) func(context.Context, string) (account.LinkSubject, error) {
	return func(ctx context.Context, code string) (account.LinkSubject, error) {
		stream, err := db.Stream(ctx, programme.FamilyEntity, code)
		if err != nil {
			return account.LinkSubject{}, err
		}
		if len(stream) == 0 {
			return account.LinkSubject{}, fmt.Errorf("%w: entity %s", programme.ErrNotFound, code)
		}
		var entity programme.Entity
		if err := json.Unmarshal(stream[len(stream)-1].Body, &entity); err != nil {
			return account.LinkSubject{}, fmt.Errorf("read entity %s: %w", code, err)
		}
		stream, err = db.Stream(ctx, programme.FamilyProgramme, programme.ProgrammeSubject)
		if err != nil {
			return account.LinkSubject{}, err
		}
		settings, err := newestSettings(stream)
		if err != nil {
			return account.LinkSubject{}, err
		}
		return account.LinkSubject{
			Entity: entity.Name, EntityAr: entity.NameAr, Programme: settings.Name, ProgrammeAr: settings.NameAr, Classification: settings.Classification,
		}, nil
	}
}
