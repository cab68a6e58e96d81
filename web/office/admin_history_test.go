package office

import (
	"testing"

	"mirsad/internal/i18n"
	"mirsad/internal/register"
	"mirsad/web/page"
)

// The reason that the program gave itself is said in the page's language; what a person gave is as it was given.
func TestTheReasonOfTheFirstSettingsIsInThePagesLanguage(t *testing.T) {
	bundle, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	first, err := register.Change{Actor: "program", Reason: register.FirstStart}.Begin("Asia/Qatar")(nil)
	if err != nil {
		t.Fatal(err)
	}
	for language, want := range map[i18n.Language]string{i18n.English: "first start", i18n.Arabic: "التشغيل الأول"} {
		words := historyWords{&page.Visit{Words: page.Words{Words: bundle.In(language)}}}
		if got := words.reason(first.Reason); got != want {
			t.Errorf("%s: %q, want %q", language, got, want)
		}
		if got := words.reason("because"); got != "because" {
			t.Errorf("%s: %q", language, got)
		}
	}
}
