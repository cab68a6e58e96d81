package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/account"
)

func withProvider() Settings {
	s := valid()
	s.BaseURL = "https://mirsad.example"
	s.OIDC = OIDC{
		Issuer: "https://id.example/realms/gov", ClientID: "mirsad", ClientSecret: "0123456789abcdef", Scopes: "profile  email",
		RoleClaim: "groups", Roles: "planner=mirsad-planners,agency=mirsad-agencies", EntityClaim: "entity",
	}
	return s
}

func TestProviderSettings(t *testing.T) {
	s := withProvider()
	if err := s.Validate(); err != nil {
		t.Fatal(err)
	}
	got := s.Provider()
	if got.ClientSecret != "0123456789abcdef" || len(got.Scopes) != 2 || got.Roles[1] != (account.RoleGroup{Role: access.RoleAgency, Group: "mirsad-agencies"}) || got.OnlyAdminsLocally {
		t.Errorf("%+v", got)
	}
	s.LocalSignIn, s.OIDC.Issuer, s.BaseURL = "admin", "http://127.0.0.1:9000", "http://localhost:8080"
	if err := s.Validate(); err != nil || !s.Provider().OnlyAdminsLocally {
		t.Errorf("on this machine: %v", err)
	}
	if none := valid().Provider(); none.Issuer != "" || none.RoleClaim != "" {
		t.Errorf("without a provider: %+v", none)
	}
}

func TestFaultsOfTheProviderAreNamedAtOnce(t *testing.T) {
	s := valid()
	s.OIDC = OIDC{Issuer: "http://id.example", ClientSecret: "changeme", Roles: "king=a,agency=b"}
	s.LocalSignIn, s.TrustedProxies = "nobody", "10.0.0.1, 0.0.0.0/0,10.0.0.0/8"
	err := s.Validate()
	if err == nil {
		t.Fatal("no fault found")
	}
	for _, name := range []string{
		"MIRSAD_OIDC_ISSUER is no", "MIRSAD_BASE_URL is no", "MIRSAD_OIDC_CLIENT_ID", "MIRSAD_OIDC_CLIENT_SECRET", "MIRSAD_OIDC_ROLE_CLAIM",
		"king", "MIRSAD_OIDC_ENTITY_CLAIM", "MIRSAD_LOCAL_SIGN_IN", `"10.0.0.1"`, `"0.0.0.0/0"`,
	} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not named in %q", name, err)
		}
	}
	if strings.Contains(err.Error(), "changeme") || strings.Contains(err.Error(), `"10.0.0.0/8"`) {
		t.Errorf("it repeats a secret, or what is right: %q", err)
	}
	s = valid()
	s.OIDC.ClientID, s.OIDC.ClientSecret, s.OIDC.Roles, s.LocalSignIn = "a", "b", "planner=c", "admin"
	err = s.Validate()
	if err == nil || strings.Count(err.Error(), "needs MIRSAD_OIDC_ISSUER") != 4 {
		t.Errorf("without an issuer: %v", err)
	}
}

func TestTheProvidersSecretComesFromAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte("0123456789abcdef\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	values, err := Environment([]string{"MIRSAD_OIDC_ISSUER=https://id.example", "MIRSAD_OIDC_CLIENT_SECRET_FILE=" + file, "MIRSAD_TRUSTED_PROXIES="})
	if err != nil || values["MIRSAD_OIDC_CLIENT_SECRET"] != "0123456789abcdef" {
		t.Errorf("%v, %v", values, err)
	}
}
