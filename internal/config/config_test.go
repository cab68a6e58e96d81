package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func valid() Settings {
	return Settings{Listen: "127.0.0.1:8080", MetricsListen: "127.0.0.1:9090", TimeZone: "Asia/Qatar", LogFormat: "text", TokenEvents: 1, LocalSignIn: "all"}
}

func TestValidSettings(t *testing.T) {
	if err := valid().Validate(); err != nil {
		t.Fatal(err)
	}
}

func TestAllFaultsAreNamedAtOnce(t *testing.T) {
	settings := Settings{
		Listen: "8080", MetricsListen: "nowhere", TimeZone: "Asia/Doha-West", LogFormat: "xml",
		BaseURL: "mirsad.example", ClickHouseURL: "tcp://secret@host",
	}
	err := settings.Validate()
	if err == nil {
		t.Fatal("no fault found")
	}
	for _, name := range []string{"MIRSAD_LISTEN", "MIRSAD_METRICS_LISTEN", "Asia/Doha-West", "MIRSAD_LOG_FORMAT", "MIRSAD_BASE_URL", "MIRSAD_CLICKHOUSE_URL"} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not named in %q", name, err)
		}
	}
	if strings.Contains(err.Error(), "secret") {
		t.Error("the fault repeats a secret")
	}
}

func TestSecretsAreMasked(t *testing.T) {
	if got := Secret("http://user:word@host").String(); strings.Contains(got, "word") {
		t.Errorf("printed as %q", got)
	}
}

func TestEnvironment(t *testing.T) {
	file := filepath.Join(t.TempDir(), "url")
	if err := os.WriteFile(file, []byte("http://db:8123\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	values, err := Environment([]string{"HOME=/", "MIRSAD_LISTEN=:1", "MIRSAD_TOKEN=x", "MIRSAD_CLICKHOUSE_URL_FILE=" + file, "MIRSAD_TOKEN_FILE=" + file})
	if err != nil {
		t.Fatal(err)
	}
	if values["MIRSAD_CLICKHOUSE_URL"] != "http://db:8123" || values["MIRSAD_TOKEN"] != "http://db:8123" {
		t.Errorf("read %v", values)
	}
}

func TestUnknownVariablesAreNamedAtOnce(t *testing.T) {
	_, err := Environment([]string{"MIRSAD_LISTN=:1", "MIRSAD_COLOUR=red", "MIRSAD_LISTEN_FILE=/does/not/exist"})
	if err == nil {
		t.Fatal("no fault found")
	}
	for _, name := range []string{"MIRSAD_LISTN", "MIRSAD_COLOUR", "MIRSAD_LISTEN_FILE"} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not named in %q", name, err)
		}
	}
}
