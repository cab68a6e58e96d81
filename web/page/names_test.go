package page

import (
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
)

func TestNamesAreThoseOfTheLanguageElseTheOthers(t *testing.T) {
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		language        i18n.Language
		english, arabic string
		want            string
	}{
		{i18n.English, "Interior", "الداخلية", "Interior"},
		{i18n.Arabic, "Interior", "الداخلية", "الداخلية"},
		{i18n.English, "", "الداخلية", "الداخلية"},
		{i18n.Arabic, "Interior", "", "Interior"},
	} {
		v := &Visit{Words: Words{words.In(c.language)}}
		if got := v.Name(c.english, c.arabic); got != c.want {
			t.Errorf("%s of %q and %q: %q", c.language, c.english, c.arabic, got)
		}
	}
}

func TestWhatHasNoNameIsCalledByItsCode(t *testing.T) {
	v := figuresOf(t, "moi")
	v.Address = Address{Language: i18n.English}
	v.Named.Entities = map[string]*figures.EntityFigures{"moi": &v.Figures.Entities[0]}
	v.All = v.Figures
	for code, want := range map[string]string{"moi": "Ministry moi", "a/b": "a/b"} {
		if v.EntityName(code) != want || v.AnyEntity(code) != want || v.EntityLink(code).Text != want {
			t.Errorf("%s is called %s, %s", code, v.EntityName(code), v.AnyEntity(code))
		}
	}
	if got := v.EntityLink("a/b").Address; got != "/en/entities/a%2Fb" {
		t.Errorf("the link leads to %s", got)
	}
	if got := v.ServiceLink("visa"); got.Text != "visa" || got.Address != "/en/services/visa" {
		t.Errorf("%+v", got)
	}
	if got := v.ClaimsLink("visa"); got.Address != "" {
		t.Errorf("nobody claims, but there is a link to %s", got.Address)
	}
}

func TestClaimsAreLinkedWhereTheReaderWorksOnThem(t *testing.T) {
	for _, c := range []struct {
		person access.Principal
		want   string
	}{
		{access.Principal{Role: access.RolePlanner}, "/en/review/claims?service=visa"},
		{access.Principal{Role: access.RoleAgency, Entity: "moi"}, "/en/claims/visa"},
		{access.Principal{Role: access.RoleAdmin}, "/en/claims/visa"},
		{access.Principal{Role: access.RoleExecutive}, ""},
	} {
		v := someone(t)
		v.Address = Address{Language: i18n.English}
		v.Reader = reader{Principal: c.person, Known: true}
		if got := v.ClaimsLink("visa").Address; got != c.want {
			t.Errorf("%s is led to %q, want %q", c.person.Role, got, c.want)
		}
	}
}

func TestActorsAreWorded(t *testing.T) {
	v := someone(t)
	for actor, want := range map[string]string{
		"operator/local": "Operator local", "program": "Mirsad itself", "system": "Mirsad itself",
		"anonymous": "Nobody signed in", "user/a@b.example": "user/a@b.example", "token/T1": "token/T1",
	} {
		if got := v.ActorName(actor); got != want {
			t.Errorf("%s is %q, not %q", actor, got, want)
		}
	}
}
