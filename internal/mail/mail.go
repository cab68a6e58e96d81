// Package mail delivers letters over SMTP: each in the reader's language, as text and as HTML, with the programme's
// classification.
package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"time"

	smtp "github.com/wneessen/go-mail"

	"mirsad/internal/programme"
)

// TLS says how the way to the mail server is guarded.
type TLS string

// The ways: STARTTLS or nothing, TLS from the first byte, or in the clear.
const (
	TLSMandatory TLS = "mandatory"
	TLSImplicit  TLS = "implicit"
	TLSNone      TLS = "none"
)

// TLSPolicies lists the ways.
func TLSPolicies() []TLS { return []TLS{TLSMandatory, TLSImplicit, TLSNone} }

// Configuration is the mail server and the sender; a zero value takes the default beside it.
type Configuration struct {
	Host string
	Port int // 587; 465 with TLSImplicit
	// Username and Password sign in at the server; without a name nobody does.
	Username, Password string
	// From is the sender: one bare address.
	From string
	TLS  TLS // mandatory; none where the server is on this machine
	// Authority is the PEM of the certificate authorities to trust beside the machine's; empty: none.
	Authority string
	// Within bounds one delivery: a page waits for it.
	Within time.Duration // 10 s
}

// Dependencies are what delivery needs.
type Dependencies struct {
	Logger *slog.Logger
	Now    func() time.Time
}

// Mailer delivers letters; it is safe for use by many goroutines.
type Mailer struct {
	configuration Configuration
	dependencies  Dependencies
	options       []smtp.Option
}

const (
	submissionPort = 587
	implicitPort   = 465
	defaultWithin  = 10 * time.Second
)

// New returns a mailer. Nothing is asked of the server yet: it may be away when the program starts.
func New(cfg Configuration, deps Dependencies) (*Mailer, error) {
	if cfg.Host == "" || deps.Logger == nil || deps.Now == nil {
		return nil, fmt.Errorf("%w: mail needs a server, a logger and a clock", programme.ErrInvalid)
	}
	if err := CheckAddress(cfg.From); err != nil {
		return nil, fmt.Errorf("the sender: %w", err)
	}
	if cfg.TLS == "" {
		cfg.TLS = TLSMandatory
		if OwnMachine(cfg.Host) {
			cfg.TLS = TLSNone
		}
	}
	if cfg.Port == 0 {
		cfg.Port = submissionPort
		if cfg.TLS == TLSImplicit {
			cfg.Port = implicitPort
		}
	}
	if cfg.Within == 0 {
		cfg.Within = defaultWithin
	}
	roots, err := Authorities(cfg.Authority)
	if err != nil {
		return nil, err
	}
	m := &Mailer{configuration: cfg, dependencies: deps}
	m.options = m.clientOptions(roots)
	return m, nil
}

// OwnMachine reports whether a server's name is this machine's own: what goes there meets no wire.
func OwnMachine(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

// Authorities returns the machine's certificate authorities and those of the PEM; nil, which means the machine's, when
// there are no others. A PEM without a certificate is ErrInvalid.
func Authorities(pem string) (*x509.CertPool, error) {
	if pem == "" {
		return nil, nil //nolint:nilnil // crypto/tls reads no pool as the machine's
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM([]byte(pem)) {
		return nil, fmt.Errorf("%w: it holds no certificate in PEM form", programme.ErrInvalid)
	}
	return pool, nil
}

func (m *Mailer) clientOptions(roots *x509.CertPool) []smtp.Option {
	cfg := m.configuration
	options := []smtp.Option{
		smtp.WithPort(cfg.Port), smtp.WithTimeout(cfg.Within), smtp.WithoutNoop(),
		smtp.WithTLSConfig(&tls.Config{ServerName: cfg.Host, MinVersion: tls.VersionTLS12, RootCAs: roots}),
	}
	auth := smtp.SMTPAuthAutoDiscover
	switch cfg.TLS {
	case TLSImplicit:
		options = append(options, smtp.WithSSL())
	case TLSNone:
		options = append(options, smtp.WithTLSPolicy(smtp.NoTLS))
		auth = smtp.SMTPAuthPlainNoEnc // the settings allow it on this machine alone
	default:
		options = append(options, smtp.WithTLSPolicy(smtp.TLSMandatory))
	}
	if cfg.Username != "" {
		options = append(
			options, smtp.WithSMTPAuth(auth), smtp.WithUsername(cfg.Username), smtp.WithPassword(cfg.Password),
		)
	}
	return options
}

// Send delivers a letter, or says within the configured time why it can't. Its errors are those that Reason names; the
// letter may have arrived all the same when the answer was lost.
func (m *Mailer) Send(ctx context.Context, letter Letter) error {
	message, err := m.message(letter)
	if err != nil {
		return err
	}
	client, err := smtp.NewClient(m.configuration.Host, m.options...)
	if err != nil {
		return fmt.Errorf("%w: set up: %w", ErrUnreachable, err)
	}
	ctx, stop := context.WithTimeout(ctx, m.configuration.Within)
	defer stop()
	if err := m.deliver(ctx, client, message); err != nil {
		return err
	}
	m.dependencies.Logger.InfoContext(ctx, "letter delivered", slog.String("server", m.configuration.Host))
	return nil
}

func (m *Mailer) deliver(ctx context.Context, client *smtp.Client, message *smtp.Msg) error {
	// Whatever the server does with the connection, the page gets its answer in time.
	done := make(chan error, 1)
	go func() { done <- client.DialAndSendWithContext(ctx, message) }()
	select {
	case err := <-done:
		return meant(err)
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", ErrUnreachable, ctx.Err())
	}
}

func (m *Mailer) message(letter Letter) (*smtp.Msg, error) {
	if err := CheckAddress(letter.To); err != nil {
		return nil, err
	}
	plain, html, err := letter.parts()
	if err != nil {
		return nil, err
	}
	message := smtp.NewMsg(smtp.WithNoDefaultUserAgent())
	if err := errors.Join(message.From(m.configuration.From), message.To(letter.To)); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAddress, err)
	}
	// A name that looks encoded already would be sent as it is, and decoded by the reader's program.
	message.Subject(strings.ReplaceAll(oneLine(letter.Subject), "=?", "= ?"))
	message.SetDateWithValue(m.dependencies.Now())
	message.SetGenHeader(smtp.HeaderContentLang, string(letter.Language))
	message.SetGenHeader("Auto-Submitted", "auto-generated") // no out-of-office answer comes back
	message.SetBodyString(smtp.TypeTextPlain, plain)
	message.AddAlternativeString(smtp.TypeTextHTML, html)
	return message, nil
}
