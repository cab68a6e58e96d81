package csvfile

import (
	"bytes"
	"encoding/csv"
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestTextIsNeverAFormula(t *testing.T) {
	for text, want := range map[string]string{
		"":                      "",
		"Renewal of a permit":   "Renewal of a permit",
		"تجديد رخصة":            "تجديد رخصة",
		"2016-09-30":            "2016-09-30",
		"a=1":                   "a=1",
		"'=1":                   "'=1",
		"–":                     "–",
		"=1+1":                  "'=1+1",
		"=cmd|' /C calc'!A0":    "'=cmd|' /C calc'!A0",
		"+1+1":                  "'+1+1",
		"-2+3":                  "'-2+3",
		"-5":                    "'-5",
		"@SUM(1)":               "'@SUM(1)",
		"\t=1":                  "'\t=1",
		"\ta":                   "'\ta",
		"\r=1":                  "'\r=1",
		"\na":                   "'\na",
		"  =1":                  "'  =1",
		"\u00a0\u3000=1":        "'\u00a0\u3000=1",
		"\ufeff=1":              "'\ufeff=1",
		"\u200b\u202e=1":        "'\u200b\u202e=1",
		"\u2068=1\u2069":        "'\u2068=1\u2069",
		"\x00=1":                "'\x00=1",
		"＝1":                    "'＝1",
		"＋1":                    "'＋1",
		"－1":                    "'－1",
		"＠SUM(1)":               "'＠SUM(1)",
		" \u3000＝1":             "' \u3000＝1",
		"   ":                   "   ",
		"\u2066left\u2069":      "\u2066left\u2069",
		"(=1)":                  "(=1)",
		"javascript:alert('=')": "javascript:alert('=')",
	} {
		if got := Text(text).String(); got != want {
			t.Errorf("%q is written as %q, want %q", text, got, want)
		}
	}
}

func TestNumbersStayNumbers(t *testing.T) {
	for _, digits := range []string{"0", "12", "-5", "-0.025", "0.637", "1234567890123"} {
		if got := Number(digits).String(); got != digits {
			t.Errorf("%s is written as %q", digits, got)
		}
	}
	for text, want := range map[string]string{
		"": "", "-": "'-", "-.5": "'-.5", "1.2.3": "1.2.3", "-1-1": "'-1-1", "+5": "'+5", "=5": "'=5", "--5": "'--5", "-5+cmd": "'-5+cmd", "n/a": "n/a",
	} {
		if got := Number(text).String(); got != want {
			t.Errorf("%q, which is no number, is written as %q, want %q", text, got, want)
		}
	}
}

func TestAFileIsReadAsItWasWritten(t *testing.T) {
	var out bytes.Buffer
	table := NewWriter(&out)
	table.Heading("name", "=value")
	table.Row(Text("a \"quoted\", name\nin two lines"), Number("-5"))
	table.Row(Text("@b"), Cell{})
	if err := table.Flush(); err != nil {
		t.Fatal(err)
	}
	content, marked := strings.CutPrefix(out.String(), ByteOrderMark)
	if !marked || !strings.HasSuffix(content, "\r\n") {
		t.Errorf("%q", out.String())
	}
	rows, err := csv.NewReader(strings.NewReader(content)).ReadAll()
	want := [][]string{{"name", "'=value"}, {"a \"quoted\", name\nin two lines", "-5"}, {"'@b", ""}}
	if err != nil || !slices.EqualFunc(rows, want, slices.Equal) {
		t.Errorf("%q, %v", rows, err)
	}
}

// broken takes nothing.
type broken struct{ error }

func (b broken) Write([]byte) (int, error) { return 0, b.error }

func TestAFailedWriteIsReturnedInTheEnd(t *testing.T) {
	gone := errors.New("the browser has gone")
	table := NewWriter(broken{gone})
	table.Heading("name")
	if err := table.Flush(); !errors.Is(err, gone) {
		t.Errorf("%v", err)
	}
}
