package config

import (
	"errors"
	"fmt"
	"slices"

	"mirsad/internal/mail"
	"mirsad/internal/programme"
)

// SMTP are the settings of the mail server; without a host no mail is sent.
type SMTP struct {
	Host     string `env:"MIRSAD_SMTP_HOST"     help:"Mail server that letters are handed to; empty: no mail is sent."`
	Port     int    `env:"MIRSAD_SMTP_PORT"     help:"Its port; 0: 587, or 465 with implicit TLS." default:"0"`
	Username string `env:"MIRSAD_SMTP_USERNAME" help:"The program's name at the mail server; empty: it does not sign in."`
	Password Secret `env:"MIRSAD_SMTP_PASSWORD" help:"Its password; better by MIRSAD_SMTP_PASSWORD_FILE."`
	From     string `env:"MIRSAD_SMTP_FROM"     help:"Address that letters come from, such as mirsad@example.org."`
	TLS      string `env:"MIRSAD_SMTP_TLS"      help:"mandatory (STARTTLS), implicit or none; empty: mandatory, none for a server on this machine."`
	CA       string `env:"MIRSAD_SMTP_CA"       help:"Certificate authorities to trust for it, in PEM form; better by MIRSAD_SMTP_CA_FILE."`
}

// Mail returns the mail server as letters are sent with; false: no mail is sent. Validate has checked it.
func (s Settings) Mail() (mail.Configuration, bool) {
	return mail.Configuration{
		Host: s.SMTP.Host, Port: s.SMTP.Port, Username: s.SMTP.Username, Password: string(s.SMTP.Password),
		From: s.SMTP.From, TLS: mail.TLS(s.SMTP.TLS), Authority: s.SMTP.CA,
	}, s.SMTP.Host != ""
}

const highestPort = 65535

// validateMail reports every fault of the mail server's settings.
func (s Settings) validateMail() error {
	m := s.SMTP
	if m.Host == "" {
		return s.withoutMail()
	}
	fault := func(format string, values ...any) error {
		return fmt.Errorf("%w: "+format, append([]any{programme.ErrInvalid}, values...)...)
	}
	var faults []error
	if m.Port < 0 || m.Port > highestPort {
		faults = append(
			faults, fault("MIRSAD_SMTP_PORT %d is no port: give 1 to %d, or 0 for the usual one", m.Port, highestPort),
		)
	}
	if mail.CheckAddress(m.From) != nil {
		faults = append(faults, fault(
			"MIRSAD_SMTP_FROM %q is not one address such as mirsad@example.org, which MIRSAD_SMTP_HOST needs",
			m.From,
		))
	}
	if m.TLS != "" && !slices.Contains(mail.TLSPolicies(), mail.TLS(m.TLS)) {
		faults = append(faults, fault("MIRSAD_SMTP_TLS %q is none of %v", m.TLS, mail.TLSPolicies()))
	}
	if (m.Username == "") != (m.Password == "") {
		faults = append(
			faults, fault("MIRSAD_SMTP_USERNAME and MIRSAD_SMTP_PASSWORD go together: give both or neither"),
		)
	}
	if m.Username != "" && m.TLS == string(mail.TLSNone) && !mail.OwnMachine(m.Host) {
		faults = append(
			faults, fault("MIRSAD_SMTP_TLS none would send the password in the clear: use mandatory or implicit"),
		)
	}
	if _, err := mail.Authorities(m.CA); err != nil {
		faults = append(faults, fmt.Errorf("MIRSAD_SMTP_CA: %w", err))
	}
	if s.BaseURL == "" {
		faults = append(
			faults, fault("MIRSAD_BASE_URL is missing, which MIRSAD_SMTP_HOST needs: letters hold links to it"),
		)
	}
	return errors.Join(faults...)
}

// withoutMail names what is set for a mail server that is not.
func (s Settings) withoutMail() error {
	var faults []error
	for _, each := range []struct {
		name  string
		given bool
	}{
		{"MIRSAD_SMTP_PORT", s.SMTP.Port != 0},
		{"MIRSAD_SMTP_USERNAME", s.SMTP.Username != ""},
		{"MIRSAD_SMTP_PASSWORD", s.SMTP.Password != ""},
		{"MIRSAD_SMTP_FROM", s.SMTP.From != ""},
		{"MIRSAD_SMTP_TLS", s.SMTP.TLS != ""},
		{"MIRSAD_SMTP_CA", s.SMTP.CA != ""},
	} {
		if each.given {
			faults = append(faults, fmt.Errorf("%w: %s needs MIRSAD_SMTP_HOST", programme.ErrInvalid, each.name))
		}
	}
	return errors.Join(faults...)
}
