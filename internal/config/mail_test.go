package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mirsad/internal/mail"
)

func withMail() Settings {
	s := valid()
	s.BaseURL = "https://mirsad.example"
	s.SMTP = SMTP{Host: "smtp.example", Username: "mirsad", Password: "a long password of the test", From: "mirsad@example.org"}
	return s
}

func TestMailSettings(t *testing.T) {
	s := withMail()
	if err := s.Validate(); err != nil {
		t.Fatal(err)
	}
	if got, on := s.Mail(); !on || got.Password != "a long password of the test" || got.TLS != "" || got.Host != "smtp.example" {
		t.Errorf("%+v, %v", got, on)
	}
	if strings.Contains(s.SMTP.Password.String(), "long") {
		t.Error("the password is printed")
	}
	s.SMTP.Host, s.SMTP.TLS = "127.0.0.1", string(mail.TLSNone)
	if err := s.Validate(); err != nil {
		t.Errorf("on this machine: %v", err)
	}
	if _, on := valid().Mail(); on {
		t.Error("there is mail without a server")
	}
}

func TestFaultsOfMailAreNamedAtOnce(t *testing.T) {
	s := valid()
	s.SMTP = SMTP{Host: "smtp.example", Port: 70000, Password: "hush hush", From: "a@b\r\nX: y", TLS: "maybe", CA: "no certificate"}
	err := s.Validate()
	if err == nil {
		t.Fatal("no fault found")
	}
	for _, name := range []string{"MIRSAD_SMTP_PORT", "MIRSAD_SMTP_FROM", "MIRSAD_SMTP_TLS", "MIRSAD_SMTP_USERNAME and", "MIRSAD_SMTP_CA", "MIRSAD_BASE_URL"} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not named in %q", name, err)
		}
	}
	if strings.Contains(err.Error(), "hush") {
		t.Errorf("it repeats a secret: %q", err)
	}
	s = withMail()
	s.SMTP.TLS = string(mail.TLSNone)
	if err := s.Validate(); err == nil || !strings.Contains(err.Error(), "in the clear") {
		t.Errorf("a password in the clear: %v", err)
	}
	s = valid()
	s.SMTP = SMTP{Port: 25, Username: "a", Password: "b", From: "c", TLS: "none", CA: "d"}
	if err := s.Validate(); err == nil || strings.Count(err.Error(), "needs MIRSAD_SMTP_HOST") != 6 {
		t.Errorf("without a server: %v", err)
	}
}

func TestTheMailPasswordComesFromAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(file, []byte("a long password of the test\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	values, err := Environment([]string{"MIRSAD_SMTP_HOST=smtp.example", "MIRSAD_SMTP_PASSWORD_FILE=" + file, "MIRSAD_SMTP_CA_FILE=" + file})
	if err != nil || values["MIRSAD_SMTP_PASSWORD"] != "a long password of the test" || values["MIRSAD_SMTP_CA"] == "" {
		t.Errorf("%v, %v", values, err)
	}
}
