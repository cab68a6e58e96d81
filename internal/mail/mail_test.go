package mail

import (
	"errors"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"mirsad/internal/clocktest"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

var sentAt = time.Date(2016, time.October, 5, 11, 5, 0, 0, time.UTC)

// letter is a whole one; a test changes what it is about.
func letter() Letter {
	return Letter{
		To: "noor@example.org", Language: i18n.English, Subject: "Statements for September 2016", Heading: "Ministry of Justice",
		Paragraphs: []string{"Please send the statements.", "No account is needed."}, Action: "Open the form",
		Link: "https://mirsad.example/en/link/0123.abc-_9", Expires: "It works until 19 October 2016, 14:05.",
		Closing: "Sent by the programme office.", Classification: "Internal",
	}
}

func mailer(t *testing.T, cfg Configuration) *Mailer {
	t.Helper()
	cfg.Host, cfg.From = "127.0.0.1", "mirsad@example.org"
	m, err := New(cfg, Dependencies{Logger: slog.New(slog.DiscardHandler), Now: func() time.Time { return sentAt }})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// read parses the one letter that the server took.
func read(t *testing.T, s *server) (header mail.Header, plain, page string) {
	t.Helper()
	taken := s.letters()
	if len(taken) != 1 {
		t.Fatalf("%d letters were taken", len(taken))
	}
	message, err := mail.ReadMessage(strings.NewReader(taken[0]))
	if err != nil {
		t.Fatal(err)
	}
	kind, parameters, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("it is %q, %v", kind, err)
	}
	parts := multipart.NewReader(message.Body, parameters["boundary"])
	for _, want := range []string{"text/plain", "text/html"} {
		part, err := parts.NextRawPart()
		if err != nil {
			t.Fatal(err)
		}
		if got, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type")); got != want {
			t.Fatalf("a part is %q, want %q", got, want)
		}
		var content io.Reader = part
		if part.Header.Get("Content-Transfer-Encoding") == "quoted-printable" {
			content = quotedprintable.NewReader(part)
		}
		text, err := io.ReadAll(content)
		if err != nil {
			t.Fatal(err)
		}
		plain, page = page, string(text)
	}
	if _, err := parts.NextRawPart(); !errors.Is(err, io.EOF) {
		t.Errorf("there is a third part: %v", err)
	}
	return message.Header, plain, page
}

func TestALetterIsDelivered(t *testing.T) {
	s := listen(t, false, func(*server) {})
	if err := mailer(t, Configuration{Port: s.port()}).Send(t.Context(), letter()); err != nil {
		t.Fatal(err)
	}
	header, plain, page := read(t, s)
	for name, want := range map[string]string{
		"From": "<mirsad@example.org>", "To": "<noor@example.org>", "Subject": "Statements for September 2016",
		"Content-Language": "en", "Auto-Submitted": "auto-generated",
	} {
		if got := header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if at, err := header.Date(); err != nil || !at.Equal(sentAt) {
		t.Errorf("sent at %v, %v", at, err)
	}
	for form, text := range map[string]string{"text": plain, "HTML": page} {
		for _, want := range []string{"Ministry of Justice", "No account is needed.", letter().Link, "until 19 October 2016", "Internal", "programme office"} {
			if !strings.Contains(text, want) {
				t.Errorf("the %s lacks %q:\n%s", form, want, text)
			}
		}
	}
	if !strings.Contains(page, `<html lang="en" dir="ltr">`) {
		t.Error("the page does not say its direction")
	}
}

func TestAnArabicLetterReadsFromTheRight(t *testing.T) {
	s := listen(t, false, func(*server) {})
	arabic := letter()
	arabic.Language, arabic.Subject, arabic.Heading = i18n.Arabic, "كشوف شهر سبتمبر 2016", "وزارة العدل"
	if err := mailer(t, Configuration{Port: s.port()}).Send(t.Context(), arabic); err != nil {
		t.Fatal(err)
	}
	header, plain, page := read(t, s)
	subject, err := new(mime.WordDecoder).DecodeHeader(header.Get("Subject"))
	if err != nil || subject != arabic.Subject || header.Get("Content-Language") != "ar" {
		t.Errorf("subject %q, %v, %v", subject, err, header)
	}
	if !strings.Contains(page, `<html lang="ar" dir="rtl">`) || !strings.Contains(page, "<h1>وزارة العدل</h1>") || !strings.Contains(plain, "وزارة العدل") {
		t.Errorf("the page is\n%s", page)
	}
}

func TestTheWayIsGuarded(t *testing.T) {
	guarded, authority := certificate(t)
	login := "mirsad\x00a long password"
	for name, implicit := range map[TLS]bool{TLSMandatory: false, TLSImplicit: true} {
		s := listen(t, implicit, func(s *server) { s.guarded, s.login = guarded, login })
		cfg := Configuration{Port: s.port(), TLS: name, Authority: authority, Username: "mirsad", Password: "a long password"}
		if err := mailer(t, cfg).Send(t.Context(), letter()); err != nil || len(s.letters()) != 1 || !s.said("AUTH") {
			t.Errorf("%s: %v, %d letters", name, err, len(s.letters()))
		}
		if implicit == s.said("STARTTLS") {
			t.Errorf("%s: STARTTLS %v", name, !implicit)
		}
		cfg.Authority = ""
		if err := mailer(t, cfg).Send(t.Context(), letter()); Reason(err) != "tls" || len(s.letters()) != 1 {
			t.Errorf("%s, nobody vouches for it: %s, %v", name, Reason(err), err)
		}
		cfg.Authority, cfg.Password = authority, "another"
		if err := mailer(t, cfg).Send(t.Context(), letter()); Reason(err) != "sign_in" || strings.Contains(err.Error(), "another") {
			t.Errorf("%s, a wrong password: %s, %v", name, Reason(err), err)
		}
	}
}

func TestNothingIsSentInTheClearWhereTLSIsAsked(t *testing.T) {
	s := listen(t, false, func(s *server) { s.login = "mirsad\x00a long password" })
	cfg := Configuration{Port: s.port(), TLS: TLSMandatory, Username: "mirsad", Password: "a long password"}
	err := mailer(t, cfg).Send(t.Context(), letter())
	if Reason(err) != "tls" || s.said("AUTH") || s.said("MAIL") || len(s.letters()) != 0 {
		t.Errorf("%s, %v, %v", Reason(err), err, s.commands)
	}
}

func TestWhyALetterIsNotDelivered(t *testing.T) {
	s := listen(t, false, func(*server) {})
	cfg := Configuration{Port: s.port()}
	unknown := letter()
	unknown.To = "unknown@example.org"
	if err := mailer(t, cfg).Send(t.Context(), unknown); Reason(err) != "recipient" || !errors.Is(err, programme.ErrInvalid) {
		t.Errorf("a recipient who is refused: %s, %v", Reason(err), err)
	}
	_ = s.listener.Close()
	if err := mailer(t, cfg).Send(t.Context(), letter()); Reason(err) != "unreachable" {
		t.Errorf("no server: %s, %v", Reason(err), err)
	}
	deaf := listen(t, false, func(s *server) { s.deaf = true })
	began := time.Now()
	err := mailer(t, Configuration{Port: deaf.port(), Within: 200 * time.Millisecond}).Send(t.Context(), letter())
	if took := time.Since(began); Reason(err) != "unreachable" || took > 3*time.Second {
		t.Errorf("a server that says nothing: %s after %v, %v", Reason(err), took, err)
	}
}

// TestNoAddressBeginsAHeader tries everything that would be a second recipient, header or command.
func TestNoAddressBeginsAHeader(t *testing.T) {
	s := listen(t, false, func(*server) {})
	for _, address := range []string{
		"", "noor", "Noor <noor@example.org>", "noor@example.org, evil@example.org", "noor@example.org\r\nBcc: evil@example.org",
		"noor@example.org\nX: y", "noor@example.org\x00", "\"a\r\nb\"@example.org", "noor@example.org>\r\nRCPT TO:<evil@example.org", "<noor@example.org>",
		" noor@example.org", "\u202enoor@example.org", strings.Repeat("a", 300) + "@example.org",
	} {
		hostile := letter()
		hostile.To = address
		if err := mailer(t, Configuration{Port: s.port()}).Send(t.Context(), hostile); Reason(err) != "address" {
			t.Errorf("%q: %s, %v", address, Reason(err), err)
		}
		if _, err := New(Configuration{Host: "127.0.0.1", From: address}, Dependencies{Logger: slog.New(slog.DiscardHandler), Now: clocktest.Now}); err == nil {
			t.Errorf("%q may send", address)
		}
	}
	if len(s.letters()) != 0 || s.said("RCPT") {
		t.Errorf("the server heard %v", s.commands)
	}
}

// hostileNames would run, load or inject something where a letter is careless.
var hostileNames = []string{
	`__f__window.hacked=1__f__`, `</script><script>window.hacked=2</script>`, `<img src=x onerror="window.hacked=3">`,
	`=cmd|' /C calc'!A0`, "\u202egnp.exe\u202c", "\u2066left\u2069", `"><svg onload=window.hacked=4>`, `javascript:window.hacked=5`,
	`{{.}}{{"x"}}`, `<a href="https://evil.example/">x</a>`, `&lt;b&gt;`, `وزارة <b>الداخلية</b>`, "one\r\nBcc: evil@example.org", "one\r\n\r\n<script>alert(1)</script>",
	"one\r\n.\r\nMAIL FROM:<evil@example.org>", `=?utf-8?q?=0D=0ABcc:_evil@example.org?=`, "\u2028Bcc: evil@example.org", "\x00\x07bell", "</title><style>*{}</style>",
}

// TestHostileNamesInALetter puts the corpus wherever a name can stand, and reads the letter as a mail program does.
func TestHostileNamesInALetter(t *testing.T) {
	for _, name := range hostileNames {
		s := listen(t, false, func(*server) {})
		hostile := letter()
		hostile.Subject, hostile.Heading, hostile.Paragraphs[0], hostile.Classification = name, name, name, name
		hostile.Action, hostile.Closing, hostile.Expires = name, name, name
		if err := mailer(t, Configuration{Port: s.port()}).Send(t.Context(), hostile); err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		header, plain, page := read(t, s)
		headersAreOurs(t, name, header)
		if subject, err := new(mime.WordDecoder).DecodeHeader(header.Get("Subject")); err != nil || strings.ContainsAny(subject, "\r\n") {
			t.Errorf("%q: the subject is %q, %v", name, subject, err)
		}
		if s.said("MAIL FROM:<evil") {
			t.Errorf("%q: the server heard %v", name, s.commands)
		}
		if strings.ContainsAny(plain, "\u202e\x00") {
			t.Errorf("%q: the text holds what is not written", name)
		}
		elementsAreOurs(t, name, page)
	}
}

func headersAreOurs(t *testing.T, name string, header mail.Header) {
	t.Helper()
	ours := map[string]bool{}
	for _, each := range []string{"From", "To", "Subject", "Date", "Message-Id", "Mime-Version", "Content-Type", "Content-Language", "Auto-Submitted"} {
		ours[each] = true
	}
	for each, values := range header {
		if !ours[each] || len(values) != 1 {
			t.Errorf("%q: there is a header %s: %q", name, each, values)
		}
	}
}

// elementsAreOurs finds anything in the page that the form does not hold.
func elementsAreOurs(t *testing.T, name, page string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	ours := map[string]string{
		"html": "lang dir", "head": "", "meta": "charset", "title": "", "body": "", "p": "dir", "strong": "", "bdi": "", "h1": "", "a": "href", "code": "",
	}
	for node := range root.Descendants() {
		if node.Type != html.ElementNode {
			continue
		}
		attributes, known := ours[node.Data]
		if !known {
			t.Errorf("%q: the page has an element %s", name, node.Data)
		}
		for _, each := range node.Attr {
			if !strings.Contains(attributes, each.Key) || (each.Key == "href" && each.Val != letter().Link) {
				t.Errorf("%q: %s has %s=%q", name, node.Data, each.Key, each.Val)
			}
		}
	}
}

func TestALetterNeedsAWholeLink(t *testing.T) {
	for _, link := range []string{"", "/en/link/a.b", "javascript:alert(1)", "mailto:a@example.org", "//mirsad.example/"} {
		wrong := letter()
		wrong.Link = link
		if _, _, err := wrong.parts(); !errors.Is(err, programme.ErrInvalid) {
			t.Errorf("%q: %v", link, err)
		}
	}
}
