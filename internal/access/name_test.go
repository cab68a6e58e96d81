package access

import (
	"strings"
	"testing"
)

func TestCodesOfEntities(t *testing.T) {
	for code, want := range map[string]bool{
		"moi": true, "e08": true, "MOI-2.a_b": true, "": true,
		"../moi": false, "a/b": false, ".moi": false, "a b": false, strings.Repeat("x", 65): false,
	} {
		if err := CheckEntity(code); (err == nil) != want {
			t.Errorf("%q: %v", code, err)
		}
	}
	if IsCode("") {
		t.Error("no text is a code")
	}
}

func TestAddressesNamePeople(t *testing.T) {
	if got, is := NormalAddress("\u200f  Noor@Example.QA\u202c\u00a0"); !is || got != "noor@example.qa" {
		t.Errorf("%q, %v", got, is)
	}
	for _, none := range []string{"", "noor", "Noor <noor@example.qa>", "a@b\r\nBcc: c@d", strings.Repeat("x", 200) + "@example.qa"} {
		if got, is := NormalAddress(none); is {
			t.Errorf("%q is taken for %q", none, got)
		}
	}
}
