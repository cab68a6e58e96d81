package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"mirsad/internal/clocktest"
)

// letterBox speaks as much SMTP as a delivery needs, and gives out what it was handed.
func letterBox(t *testing.T) (port string, letters <-chan string) {
	t.Helper()
	var listening net.ListenConfig
	listener, err := listening.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	taken := make(chan string, 100)
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			go takeLetters(connection, taken)
		}
	}()
	_, port, err = net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port, taken
}

func takeLetters(connection net.Conn, taken chan<- string) {
	defer func() { _ = connection.Close() }()
	lines := bufio.NewScanner(connection)
	say := func(text string) { _, _ = fmt.Fprint(connection, text+"\r\n") }
	say("220 here")
	for lines.Scan() {
		switch verb, _, _ := strings.Cut(lines.Text(), " "); verb {
		case "DATA":
			say("354 go on")
			var letter strings.Builder
			for lines.Scan() && lines.Text() != "." {
				letter.WriteString(strings.TrimPrefix(lines.Text(), ".") + "\r\n")
			}
			taken <- letter.String()
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 fine")
		}
	}
}

// readLetter returns the decoded subject and the two forms of a letter, read as a mail program does.
func readLetter(t *testing.T, letter string) (header mail.Header, plain, page string) {
	t.Helper()
	message, err := mail.ReadMessage(strings.NewReader(letter))
	if err != nil {
		t.Fatal(err)
	}
	_, parameters, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(message.Body, parameters["boundary"])
	var forms []string
	for {
		part, err := parts.NextRawPart()
		if err != nil {
			break
		}
		content, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		forms = append(forms, string(content))
	}
	if len(forms) != 2 {
		t.Fatalf("it has %d parts:\n%s", len(forms), letter)
	}
	return message.Header, forms[0], forms[1]
}

// TestHostileNamesInTheLettersOfLinks sends a link for an entity of every hostile name, in both languages, through the
// true program.
func TestHostileNamesInTheLettersOfLinks(t *testing.T) {
	port, letters := letterBox(t)
	p := serveWith(t, t.TempDir(), []string{
		"MIRSAD_SMTP_HOST=127.0.0.1", "MIRSAD_SMTP_PORT=" + port, "MIRSAD_SMTP_FROM=mirsad@example.org", "MIRSAD_BASE_URL=http://mirsad.example",
	})
	p.enterHostileNames(t)
	for n, name := range hostileNames {
		for _, language := range []string{"en", "ar"} {
			made := p.makeLink(t, fmt.Sprintf(`{"purpose":"plan","entity":"h%d","month":"2016-09","email":"noor@example.org","language":%q}`, n, language))
			if made.Mail != "sent" || made.Address != "" {
				t.Fatalf("%q: %+v", name, made)
			}
			header, plain, page := readLetter(t, clocktest.Await(t, letters, "a letter"))
			if len(header) != 9 || len(header["To"]) != 1 || len(header["Subject"]) != 1 || header.Get("To") != "<noor@example.org>" {
				t.Errorf("%q: the headers are %q", name, header)
			}
			link := "http://mirsad.example/" + language + "/link/" + made.ID + "."
			if !strings.Contains(plain, link) {
				t.Errorf("%q: the text lacks the link:\n%s", name, plain)
			}
			checkLetterPage(t, name, page, link)
		}
	}
}

// checkLetterPage finds elements and addresses that are a name's and not ours.
func checkLetterPage(t *testing.T, name, page, link string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	const ours = " html head meta title body p strong bdi h1 a code "
	for node := range root.Descendants() {
		if node.Type == html.ElementNode && !strings.Contains(ours, " "+node.Data+" ") {
			t.Errorf("%q: there is an element %s", name, node.Data)
		}
		for _, each := range node.Attr {
			if !strings.Contains(" lang dir charset href ", " "+each.Key+" ") || (each.Key == "href" && !strings.HasPrefix(each.Val, link)) {
				t.Errorf("%q: %s has %s=%q", name, node.Data, each.Key, each.Val)
			}
		}
	}
}

type madeLink struct{ ID, State, Address, Mail string }

func (p *program) makeLink(t *testing.T, body string) madeLink {
	t.Helper()
	status, answer := p.post("/v1/links", "application/json", []byte(body))
	var made madeLink
	if err := json.Unmarshal(answer, &made); err != nil || status != 201 {
		t.Fatalf("%d %s, %v", status, answer, err)
	}
	return made
}

// TestAnInvitationOfTheTrueProgram goes the way of an agency's contact from the link to the own entity's page.
func TestAnInvitationOfTheTrueProgram(t *testing.T) {
	p := serve(t, t.TempDir())
	if !strings.Contains(p.words.String(), "mail is off") {
		t.Error("the program does not say that mail is off")
	}
	p.enterHostileNames(t)
	if status, answer := p.post("/v1/links", "application/json", []byte(`{"purpose":"plan","entity":"none","month":"2016-09","email":"a@example.org","language":"en"}`)); status != 422 || !strings.Contains(string(answer), `"field":"entity"`) {
		t.Errorf("an entity that there is not: %d %s", status, answer)
	}
	made := p.makeLink(t, `{"purpose":"invitation","entity":"h3","email":"noor@example.org","language":"en"}`)
	address, err := url.Parse(made.Address)
	if err != nil || made.Mail != "off" {
		t.Fatalf("%+v, %v", made, err)
	}
	v := p.visitor()
	if status, _, body := v.do("GET", address.Path); status != 200 || !strings.Contains(body, "noor@example.org") {
		t.Fatalf("landing: %d %s", status, body)
	}
	form := []string{"name", "Noor", "password", ownPassword, "repeat", ownPassword}
	if status, location, body := v.do("POST", address.Path, form...); status != 303 || location != "/en/sign-in" {
		t.Fatalf("accepting: %d to %s: %s", status, location, body)
	}
	if status, _, _ := v.do("POST", address.Path, form...); status != 410 {
		t.Errorf("accepting again: %d", status)
	}
	if status, _, _ := v.do("POST", "/en/sign-in", "email", "noor@example.org", "password", ownPassword); status != 303 {
		t.Errorf("signing in: %d", status)
	}
	if status, _, _ := v.do("GET", "/en/entities/h4"); status != 404 {
		t.Errorf("another entity: %d", status)
	}
	var list struct{ Items []madeLink }
	p.get("/v1/links", &list)
	if len(list.Items) != 1 || list.Items[0].State != "used" {
		t.Errorf("listed are %+v", list)
	}
	secret := address.Path[strings.LastIndex(address.Path, ".")+1:]
	if words := p.words.String(); strings.Contains(words, secret) || !strings.Contains(words, "/en/link/"+made.ID) {
		t.Error("the log holds the link's secret, or not its path")
	}
	p.awaitAudit("action=link_use", 1)
	p.awaitAudit("action=link_open&outcome=refused", 1)
}
