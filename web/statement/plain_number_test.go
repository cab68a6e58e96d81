package statement

import (
	"strconv"
	"testing"

	"mirsad/internal/intake"
	"mirsad/internal/intake/intaketest"
)

// What is typed is read as everywhere; what is no number is left as it is, for the intake to name.
func TestNumbersAreTypedAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "2500": "2500", "2,500": "2500", "2\u202f500": "2500", "2\u2009500": "2500", "٢٬٥٠٠": "2500", "2'500": "2500", "2500.0": "2500",
		"\u200f2500": "2500", "\u202a2500\u202c": "2500", "\u20682500\u2069": "2500", "99,5": "99,5", "12,34": "12,34", "1.234": "1.234", "-4": "-4",
		"abc": "abc", "\u200f": "",
	} {
		if got := plainNumber(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestNumbersOfEveryDoorAreTyped(t *testing.T) {
	for _, number := range intaketest.Numbers() {
		want := strconv.FormatInt(number.Value, 10)
		if number.Reason != "" {
			want = intake.Clean(number.Text)
		}
		if got := plainNumber(number.Text); got != want {
			t.Errorf("%q is %q, want %q", number.Text, got, want)
		}
	}
}
