package programme_test

import (
	"strings"
	"testing"

	"mirsad/internal/programme"
)

func TestWebAddresses(t *testing.T) {
	long := "https://moi.gov.qa/"
	for text, want := range map[string]bool{
		"https://moi.gov.qa/permits?x=1#top":                                true,
		"http://moi.gov.qa:8080":                                            true,
		"https://وزارة.قطر/خدمة":                                            true,
		"https://[2001:db8::1]/":                                            true,
		long + strings.Repeat("x", programme.LongestWebAddress-len(long)):   true,
		long + strings.Repeat("x", programme.LongestWebAddress-len(long)+1): false,
		"":                                 false,
		"moi.gov.qa":                       false,
		"ftp://moi.gov.qa":                 false,
		"javascript:alert(1)":              false,
		"https:moi.gov.qa":                 false,
		"https://":                         false,
		"https://.":                        false,
		"https://user:pw@moi.gov.qa":       false,
		"https://moi.gov.qa@evil.example":  false,
		"https://moi.gov.qa:99999999/":     false,
		"https://moi.gov.qa:0/":            false,
		"https://moi.gov.qa:/":             false,
		"https://m\u043ei.gov.qa/":         false, // a Cyrillic o
		"https://moi.gov.qa/\u202egnp.exe": false,
		"https://moi.gov.qa/a b":           false,
		"https://moi.gov.qa/\"x":           false,
		"https://moi.gov.qa/\xff":          false,
	} {
		if got := programme.WebAddress(text); got != want {
			t.Errorf("%.60q: %v, want %v", text, got, want)
		}
	}
}
