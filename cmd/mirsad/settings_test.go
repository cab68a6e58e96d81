package main

import (
	"errors"
	"os/exec"
	"strings"
	"testing"
)

// TestWeakSettingsAreWrongUse starts the program with everything wrong at once: it must not serve, and must name it all.
func TestWeakSettingsAreWrongUse(t *testing.T) {
	command := mirsad(t.Context(), t, t.TempDir(), "serve")
	command.Env = append(command.Env, "MIRSAD_OIDC_ISSUER=https://id.example", "MIRSAD_OIDC_CLIENT_SECRET=changeme",
		"MIRSAD_CLICKHOUSE_URL=https://reporter:Password2016@db.example", "MIRSAD_COLOUR=red", "MIRSAD_OIDC_ROLES_FILE=/does/not/exist")
	said, err := command.CombinedOutput()
	exit, is := errors.AsType[*exec.ExitError](err)
	if !is || exit.ExitCode() != exitWrongUse {
		t.Fatalf("%v: %s", err, said)
	}
	for _, name := range []string{"MIRSAD_OIDC_CLIENT_SECRET is", "MIRSAD_CLICKHOUSE_URL is", "MIRSAD_COLOUR", "MIRSAD_OIDC_ROLES_FILE", "MIRSAD_OIDC_CLIENT_ID"} {
		if !strings.Contains(string(said), name) {
			t.Errorf("%s is not named in %s", name, said)
		}
	}
	for _, secret := range []string{"changeme", "Password2016"} {
		if strings.Contains(string(said), secret) {
			t.Errorf("it repeats %q: %s", secret, said)
		}
	}
}
