package main

import (
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestWeakSettingsAreWrongUse starts the program with everything wrong at once: it must not serve, and must name it all.
func TestWeakSettingsAreWrongUse(t *testing.T) {
	t.Parallel()
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

// otherwise are the flags that are not called as their variable is.
var otherwise = []string{"account-pace", "address-pace", "token-events"}

// TestAFlagIsCalledAsItsVariable derives each flag from its variable, as a reader would: MIRSAD_CLICKHOUSE_URL is
// --clickhouse-url.
func TestAFlagIsCalledAsItsVariable(t *testing.T) {
	var cli commands
	parser, err := newParser(&cli, nil, streams{out: io.Discard, words: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, flag := range parser.Model.Flags {
		for _, variable := range flag.Envs {
			seen++
			if want := strings.ReplaceAll(strings.ToLower(strings.TrimPrefix(variable, "MIRSAD_")), "_", "-"); flag.Name != want && !slices.Contains(otherwise, flag.Name) {
				t.Errorf("%s is --%s, want --%s", variable, flag.Name, want)
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d variables were found", seen)
	}
}
