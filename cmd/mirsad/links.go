package main

import (
	"log/slog"
	"time"

	"mirsad/internal/config"
	"mirsad/internal/link"
	"mirsad/internal/mail"
)

// newMail returns what delivers letters; nil, and no error, when no mail server is set.
func newMail(settings config.Settings, log *slog.Logger, now func() time.Time) (link.Mail, error) {
	cfg, on := settings.Mail()
	if !on {
		log.Info("mail is off: signed links are shown to who makes them; set MIRSAD_SMTP_HOST to send them")
		return nil, nil //nolint:nilnil // no mail server is a setting
	}
	return mail.New(cfg, mail.Dependencies{Logger: log, Now: now})
}
