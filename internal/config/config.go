// Package config holds every setting of the program: flags and MIRSAD_*
// variables become one struct, all faults are reported at once, and secrets
// are masked wherever a setting is printed.
package config

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // the programme's zone must be known on a machine without zone files

	"mirsad/internal/programme"
)

// Settings are the program's settings; the tags are read by kong.
type Settings struct {
	Listen        string `default:"127.0.0.1:8080" env:"MIRSAD_LISTEN"         help:"Address of pages and API."`
	MetricsListen string `default:"127.0.0.1:9090" env:"MIRSAD_METRICS_LISTEN" help:"Address of /metrics."`
	DataDir       string `default:"./data"         env:"MIRSAD_DATA_DIR"       help:"Folder of the engine, the spool and the endpoint."`
	ClickHouseURL Secret `name:"clickhouse-url" env:"MIRSAD_CLICKHOUSE_URL" help:"ClickHouse server; empty: the embedded engine."`
	EngineLibrary string `env:"MIRSAD_ENGINE_LIBRARY" help:"Path of libchdb.so; empty: the cache that make engine fills."`
	BaseURL       string `env:"MIRSAD_BASE_URL"       help:"Address under which people reach the program; empty: the listen address."`
	OIDC          OIDC   `embed:"" prefix:"oidc-"`
	SMTP          SMTP   `embed:"" prefix:"smtp-"`
	LocalSignIn   string `default:"all" env:"MIRSAD_LOCAL_SIGN_IN" help:"Who may sign in with a password: all, or admin where a provider is set."`
	// TrustedProxies is a list of networks, with commas or spaces between them.
	TrustedProxies string `env:"MIRSAD_TRUSTED_PROXIES" help:"Networks of the proxies in front, such as 10.1.2.0/24, whose X-Forwarded-For is believed."`
	TokenEvents    int    `default:"100000" env:"MIRSAD_TOKEN_EVENTS_PER_SECOND" help:"Events a second that a token may send in the long run."`
	// Zero takes the default of those who count.
	AccountPace   int    `default:"50"     env:"MIRSAD_REQUESTS_PER_SECOND"         help:"Requests a second that a person or token may make in the long run; events have their own."`
	AddressPace   int    `default:"200"    env:"MIRSAD_ADDRESS_REQUESTS_PER_SECOND" help:"Requests a second that one address may make, events aside."`
	DiskReserveMB int64  `default:"1024"   env:"MIRSAD_DISK_RESERVE_MB"         help:"Free disk, in MB, below which events are no longer taken."`
	TimeZone      string `default:"Asia/Qatar" env:"MIRSAD_TIME_ZONE"  help:"The programme's zone, fixed at first start."`
	LogFormat     string `default:"text"       env:"MIRSAD_LOG_FORMAT" help:"text or json."`
}

// Secret is a setting whose value is never printed.
type Secret string

// String masks the secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "(set)"
}

// Zone returns the programme's time zone; Validate has checked it.
func (s Settings) Zone() (*time.Location, error) {
	zone, err := time.LoadLocation(s.TimeZone)
	if err != nil {
		return nil, fmt.Errorf(
			"%w: time zone %q is unknown: use a name such as Asia/Qatar", programme.ErrInvalid, s.TimeZone,
		)
	}
	return zone, nil
}

// Validate reports every fault of the settings at once, each with its remedy.
func (s Settings) Validate() error {
	_, zoneErr := s.Zone()
	return errors.Join(
		address("MIRSAD_LISTEN", s.Listen),
		address("MIRSAD_METRICS_LISTEN", s.MetricsListen),
		webAddress("MIRSAD_BASE_URL", s.BaseURL, "http", "https"),
		webAddress("MIRSAD_CLICKHOUSE_URL", string(s.ClickHouseURL), "http", "https", "clickhouse"),
		oneOf("MIRSAD_LOG_FORMAT", s.LogFormat, "text", "json"),
		atLeast("MIRSAD_TOKEN_EVENTS_PER_SECOND", int64(s.TokenEvents), 1),
		atLeast("MIRSAD_REQUESTS_PER_SECOND", int64(s.AccountPace), 0),
		atLeast("MIRSAD_ADDRESS_REQUESTS_PER_SECOND", int64(s.AddressPace), 0),
		atLeast("MIRSAD_DISK_RESERVE_MB", s.DiskReserveMB, 0),
		s.validateSignIn(),
		s.validateSecrets(),
		s.validateMail(),
		zoneErr,
	)
}

func address(name, value string) error {
	if _, port, err := net.SplitHostPort(value); err != nil || port == "" {
		return fmt.Errorf("%w: %s %q is not host:port, such as 127.0.0.1:8080", programme.ErrInvalid, name, value)
	}
	return nil
}

func webAddress(name, value string, schemes ...string) error {
	if value == "" {
		return nil
	}
	parsed, err := url.Parse(value)
	if err != nil || parsed.Host == "" || !slices.Contains(schemes, parsed.Scheme) {
		// The value may hold a password, so it is not repeated here.
		return fmt.Errorf(
			"%w: %s is not an address that begins with %s://", programme.ErrInvalid, name,
			strings.Join(schemes, ":// or "),
		)
	}
	return nil
}

func atLeast(name string, value, least int64) error {
	if value >= least {
		return nil
	}
	return fmt.Errorf("%w: %s is %d: give %d or more", programme.ErrInvalid, name, value, least)
}

func oneOf(name, value string, allowed ...string) error {
	if slices.Contains(allowed, value) {
		return nil
	}
	return fmt.Errorf("%w: %s %q is none of %s", programme.ErrInvalid, name, value, strings.Join(allowed, ", "))
}
