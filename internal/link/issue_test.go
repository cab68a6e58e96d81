package link

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/i18n"
	"mirsad/internal/mail"
	"mirsad/internal/programme"
)

func TestFaultsOfALink(t *testing.T) {
	f := newFixture(t, "")
	right := Ask{
		Purpose:  access.LinkPlan,
		Entity:   "moi",
		Month:    septembersMonth,
		Email:    "noor@example.qa",
		Language: i18n.Arabic,
		Days:     60,
	}
	f.links.dependencies.Subject = func(_ context.Context, entity string) (Subject, error) {
		if entity != "moi" {
			return Subject{}, programme.ErrNotFound
		}
		return Subject{Entity: "Ministry"}, nil
	}
	for _, each := range []struct {
		change func(*Ask)
		want   error
	}{
		{func(a *Ask) { a.Purpose = "everything" }, ErrPurpose},
		{func(a *Ask) { a.Entity = "" }, ErrEntity},
		{func(a *Ask) { a.Entity = "none" }, ErrEntity},
		{func(a *Ask) { a.Month = "" }, ErrMonth},
		{func(a *Ask) { a.Month = "September" }, ErrMonth},
		{func(a *Ask) { a.Purpose = access.LinkInvitation }, ErrNoMonth},
		{func(a *Ask) { a.Email = "noor@example.qa\r\nBcc: evil@example.org" }, ErrEmail},
		{func(a *Ask) { a.Language = "fr" }, ErrLanguage},
		{func(a *Ask) { a.Days = 61 }, ErrLife},
		{func(a *Ask) { a.Days = 0 }, ErrLife},
		{func(*Ask) {}, nil},
	} {
		ask := right
		each.change(&ask)
		_, err := f.links.Issue(t.Context(), ask)
		if !errors.Is(err, each.want) {
			t.Errorf("%+v: %v, want %v", ask, err, each.want)
		}
		if field, key := Fault(err); each.want != nil && (field == "" || key == "") {
			t.Errorf("%v has no text", err)
		}
	}
}

// post is a mail server that keeps letters or refuses them.
type post struct {
	letters []mail.Letter
	err     error
}

func (p *post) Send(_ context.Context, letter mail.Letter) error {
	p.letters = append(p.letters, letter)
	return p.err
}

func TestALinkIsSentToItsReader(t *testing.T) {
	f := newFixture(t, "https://mirsad.example")
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	office := &post{}
	f.links.dependencies.Mail, f.links.dependencies.Words = office, words
	f.links.dependencies.Subject = func(context.Context, string) (Subject, error) {
		return Subject{
			Entity:         "Ministry of Interior",
			EntityAr:       "وزارة الداخلية",
			Programme:      "e-Services",
			ProgrammeAr:    "الخدمات",
			Classification: "Restricted",
		}, nil
	}
	for _, language := range i18n.Languages() {
		for _, purpose := range access.Purposes() {
			ask := Ask{Purpose: purpose, Entity: "moi", Email: "noor@example.qa", Language: language, Days: 3}
			if purpose != access.LinkInvitation {
				ask.Month = septembersMonth
			}
			issued, err := f.links.Issue(t.Context(), ask)
			if err != nil || issued.Mail != MailSent || issued.Address != "" {
				t.Fatalf("%+v, %v", issued, err)
			}
			letter := office.letters[len(office.letters)-1]
			whole := strings.Join(append(letter.Paragraphs, letter.Subject, letter.Expires, letter.Action, letter.Closing), "\n")
			entity := map[i18n.Language]string{i18n.English: "Ministry of Interior", i18n.Arabic: "وزارة الداخلية"}[language]
			if letter.To != "noor@example.qa" || letter.Classification != "Restricted" || !strings.Contains(whole, entity) || strings.Contains(whole, "people.") ||
				strings.Contains(whole, "{") ||
				!strings.HasPrefix(letter.Link, "https://mirsad.example/"+string(language)+"/link/"+issued.Link.ID+".") {
				t.Errorf("%+v", letter)
			}
		}
	}
	office.err = mail.ErrRecipient
	f.Refusals()
	issued, err := f.links.Issue(
		t.Context(),
		Ask{Purpose: access.LinkInvitation, Entity: "moi", Email: "noor@example.qa", Language: i18n.Arabic, Days: 3},
	)
	if err != nil || issued.Mail != "recipient" || issued.Address == "" {
		t.Errorf("a letter that is refused: %+v, %v", issued, err)
	}
	if got, want := f.Refusals(), "mail_send link/"+issued.Link.ID+" recipient"; got != want {
		t.Errorf("written is %q, want %q", got, want)
	}
	sent := 0
	for _, row := range f.Store.Written() {
		if row.Action == audit.MailSend && row.Outcome == audit.Done && row.Detail == `{"to":"noor@example.qa"}` {
			sent++
		}
	}
	if sent != 8 {
		t.Errorf("%d letters are written down, want 8", sent)
	}
}

func TestLinksOverTheAPI(t *testing.T) {
	f := newFixture(t, "")
	admin := f.asAdmin()
	send := func(body string) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/v1/links", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+admin.Bearer)
		w := httptest.NewRecorder()
		f.Handler.ServeHTTP(w, r)
		return w
	}
	w := send(`{"purpose":"claims","entity":"moi","month":"2016-09","email":"noor@example.qa","language":"ar"}`)
	var made LinkItem
	if err := json.Unmarshal(
		w.Body.Bytes(),
		&made,
	); err != nil || w.Code != http.StatusCreated || made.Mail != MailOff ||
		made.State != Alive {
		t.Fatalf("%d %s, %v", w.Code, w.Body, err)
	}
	if life := made.ExpiresAt.Sub(f.Clock.Now()); life != UsualDays*aDay {
		t.Errorf("it lives %v", life)
	}
	reader := f.opened(made.Address[strings.LastIndex(made.Address, "/")+1:])
	for body, want := range map[string]string{
		`{"purpose":"claims","entity":"moi","email":"noor@example.qa","language":"ar"}`:                               `"field":"month"`,
		`{"purpose":"invitation","entity":"moi","email":"noor@example.qa","language":"ar","days":61}`:                 `"field":"days"`,
		`{"purpose":"invitation","entity":"moi","email":"noor@example.qa","language":"ar","secret":"chosen by hand"}`: "JSON object",
		`[]`: "JSON object",
	} {
		if w := send(body); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: %d %s", body, w.Code, w.Body)
		}
	}
	for _, each := range []struct {
		id   string
		want int
	}{{made.ID, 204}, {made.ID, 204}, {"unknown", 404}} {
		if w := admin.Do(http.MethodDelete, "/v1/links/"+each.id, nil); w.Code != each.want {
			t.Errorf("DELETE %s: %d", each.id, w.Code)
		}
	}
	if w := reader.Get("/en/submit"); w.Code != http.StatusSeeOther {
		t.Errorf("the session of a revoked link: %d", w.Code)
	}
}
