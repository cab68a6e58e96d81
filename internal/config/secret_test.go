package config

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestWeakSecretsAreRefusedAllAtOnce(t *testing.T) {
	for _, weak := range []string{
		"sesame7", "changeme", "changemechangeme", "Password123!Password123!", "P@ssw0rd-P@ssw0rd-1", "admin-admin-admin-admin",
		"aaaaaaaaaaaaaaaaaaaaaaaa", "mirsad-at-the-ministry", "thisisasecret", "please-change-me-2016",
	} {
		s := withProvider()
		s.OIDC.ClientID = "mirsad-at-the-ministry"
		s.OIDC.ClientSecret = Secret(weak)
		s.ClickHouseURL = Secret("https://reporter:" + weak + "@db.example:8443")
		err := s.Validate()
		for _, name := range []string{"MIRSAD_OIDC_CLIENT_SECRET", "MIRSAD_CLICKHOUSE_URL"} {
			if weak == "mirsad-at-the-ministry" && name == "MIRSAD_CLICKHOUSE_URL" {
				continue // there it is the name of nothing
			}
			if err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("%q as %s: %v", weak, name, err)
			}
		}
		if err != nil && strings.Contains(err.Error(), weak) {
			t.Errorf("the fault repeats the secret: %v", err)
		}
	}
	s := withProvider()
	s.ClickHouseURL = "https://a-database-user-of-ours:A-Database-User-Of-Ours@db.example:8443"
	if err := s.Validate(); err == nil {
		t.Error("the user's name is taken for a password")
	}
	for _, strong := range []string{"k3Zt9qPvX1mWc7Lr", "correct horse battery staple", "0123456789abcdef", "admin7Qm2xTz9Kp4Lw"} {
		s := withProvider()
		s.OIDC.ClientSecret, s.ClickHouseURL = Secret(strong), Secret("https://reporter:"+strings.ReplaceAll(strong, " ", "-")+"@db.example:8443")
		if err := s.Validate(); err != nil {
			t.Errorf("%q: %v", strong, err)
		}
	}
}

func TestADatabaseElsewhereNeedsAPassword(t *testing.T) {
	for address, wanted := range map[string]bool{
		"http://127.0.0.1:8123": true, "http://localhost:8123": true, "http://db.example:8123": false,
		"https://reporter@db.example:8443": false, "https://reporter:@db.example": false,
	} {
		s := valid()
		s.ClickHouseURL = Secret(address)
		if err := s.Validate(); (err == nil) != wanted {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// Every secret among the settings is checked, also one that comes later: eachSecret finds them by their kind.
func TestEverySecretIsChecked(t *testing.T) {
	s := withProvider()
	s.ClickHouseURL, s.OIDC.ClientSecret = "https://reporter:x@db.example", "y"
	err := s.Validate()
	if err == nil || strings.Count(err.Error(), "openssl rand") != 2 {
		t.Errorf("two secrets are weak: %v", err)
	}
}

func TestAFileOfASecretIsNotForEverybody(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte("k3Zt9qPvX1mWc7Lr\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	environ := []string{"MIRSAD_OIDC_CLIENT_SECRET_FILE=" + file, "MIRSAD_UNKNOWN_FILE=" + file}
	for mode, want := range map[os.FileMode]struct{ refused, told bool }{
		0o600: {}, 0o640: {}, 0o644: {told: true}, 0o666: {refused: true, told: true}, 0o602: {refused: true},
	} {
		if err := os.Chmod(file, mode); err != nil {
			t.Fatal(err)
		}
		_, err := Environment(environ[:1])
		if (err != nil) != want.refused || (err != nil && !strings.Contains(err.Error(), "MIRSAD_OIDC_CLIENT_SECRET_FILE")) {
			t.Errorf("%o: %v", mode, err)
		}
		if told := slices.Equal(ReadableByAll(environ), []string{"MIRSAD_OIDC_CLIENT_SECRET_FILE"}); told != want.told {
			t.Errorf("%o: %v", mode, ReadableByAll(environ))
		}
	}
}
