package config

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/programme"
)

// OIDC are the settings of the identity provider; without an issuer there is none.
type OIDC struct {
	Issuer       string `env:"MIRSAD_OIDC_ISSUER"        help:"Identity provider (OpenID Connect) that people sign in with; empty: passwords alone."`
	ClientID     string `env:"MIRSAD_OIDC_CLIENT_ID"     help:"The program's name at the provider."`
	ClientSecret Secret `env:"MIRSAD_OIDC_CLIENT_SECRET" help:"The program's secret at the provider; better by MIRSAD_OIDC_CLIENT_SECRET_FILE."`
	Scopes       string `default:"profile email" env:"MIRSAD_OIDC_SCOPES"       help:"Asked for beside openid, with spaces between them."`
	RoleClaim    string `default:"groups"        env:"MIRSAD_OIDC_ROLE_CLAIM"   help:"Claim that holds a person's groups, such as groups or realm_access.roles."`
	Roles        string `env:"MIRSAD_OIDC_ROLES" help:"Role of each group, such as planner=mirsad-planners,executive=mirsad-executives; the first that matches counts."`
	EntityClaim  string `default:"entity"        env:"MIRSAD_OIDC_ENTITY_CLAIM" help:"Claim that holds the code of an agency person's entity."`
}

// The values of MIRSAD_LOCAL_SIGN_IN.
const (
	localForAll    = "all"
	localForAdmins = "admin"
)

// Provider returns the identity provider as accounts take it; Validate has checked it.
func (s Settings) Provider() account.Provider {
	if s.OIDC.Issuer == "" {
		return account.Provider{}
	}
	groups, _ := account.ParseRoleGroups(s.OIDC.Roles) // Validate has reported the fault
	return account.Provider{
		Issuer:            s.OIDC.Issuer,
		ClientID:          s.OIDC.ClientID,
		ClientSecret:      string(s.OIDC.ClientSecret),
		Scopes:            strings.Fields(s.OIDC.Scopes),
		RoleClaim:         s.OIDC.RoleClaim,
		Roles:             groups,
		EntityClaim:       s.OIDC.EntityClaim,
		OnlyAdminsLocally: s.LocalSignIn == localForAdmins,
	}
}

// Proxies returns the networks whose X-Forwarded-For is believed.
func (s Settings) Proxies() []string {
	return strings.FieldsFunc(s.TrustedProxies, func(c rune) bool { return c == ',' || c == ' ' })
}

// validateSignIn reports every fault of how people sign in.
func (s Settings) validateSignIn() error {
	faults := []error{oneOf("MIRSAD_LOCAL_SIGN_IN", s.LocalSignIn, localForAll, localForAdmins)}
	for _, network := range s.Proxies() {
		if prefix, err := netip.ParsePrefix(network); err != nil || prefix.Bits() == 0 {
			faults = append(faults, fmt.Errorf(
				"%w: MIRSAD_TRUSTED_PROXIES %q is no network such as 10.1.2.0/24, or is everybody",
				programme.ErrInvalid, network,
			))
		}
	}
	if s.OIDC.Issuer == "" {
		return errors.Join(append(faults, s.withoutProvider()...)...)
	}
	return errors.Join(append(faults, s.withProvider()...)...)
}

// withoutProvider names what is set for a provider that is not.
func (s Settings) withoutProvider() []error {
	var faults []error
	for _, each := range []struct {
		name  string
		given bool
	}{
		{"MIRSAD_OIDC_CLIENT_ID", s.OIDC.ClientID != ""},
		{"MIRSAD_OIDC_CLIENT_SECRET", s.OIDC.ClientSecret != ""},
		{"MIRSAD_OIDC_ROLES", s.OIDC.Roles != ""},
		{"MIRSAD_LOCAL_SIGN_IN=admin", s.LocalSignIn == localForAdmins},
	} {
		if each.given {
			faults = append(faults, fmt.Errorf("%w: %s needs MIRSAD_OIDC_ISSUER", programme.ErrInvalid, each.name))
		}
	}
	return faults
}

func (s Settings) withProvider() []error {
	faults := []error{
		guardedAddress("MIRSAD_OIDC_ISSUER", s.OIDC.Issuer),
		guardedAddress("MIRSAD_BASE_URL", s.BaseURL),
		given("MIRSAD_OIDC_CLIENT_ID", s.OIDC.ClientID),
		given("MIRSAD_OIDC_CLIENT_SECRET", string(s.OIDC.ClientSecret)),
		given("MIRSAD_OIDC_ROLE_CLAIM", s.OIDC.RoleClaim),
	}
	groups, err := account.ParseRoleGroups(s.OIDC.Roles)
	if err != nil {
		faults = append(faults, fmt.Errorf("MIRSAD_OIDC_ROLES: %w", err))
	}
	if slices.ContainsFunc(groups, func(g account.RoleGroup) bool { return g.Role == access.RoleAgency }) {
		faults = append(faults, given("MIRSAD_OIDC_ENTITY_CLAIM", s.OIDC.EntityClaim))
	}
	return faults
}

func given(name, value string) error {
	if value == "" {
		return fmt.Errorf("%w: %s is missing, which MIRSAD_OIDC_ISSUER needs", programme.ErrInvalid, name)
	}
	return nil
}

// guardedAddress wants TLS, except on this machine: codes, secrets and keys travel there.
func guardedAddress(name, value string) error {
	parsed, err := url.Parse(value)
	if err == nil && parsed.Host != "" && parsed.User == nil && parsed.RawQuery == "" && parsed.Fragment == "" &&
		(parsed.Scheme == "https" || (parsed.Scheme == "http" && ownMachine(parsed.Hostname()))) {
		return nil
	}
	return fmt.Errorf(
		"%w: %s is no address that begins with https://, which signing in with a provider needs", programme.ErrInvalid,
		name,
	)
}

func ownMachine(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}
