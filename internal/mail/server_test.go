package mail

import (
	"bufio"
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// server speaks SMTP (RFC 5321, 3207, 4954) over a socket, as much of it as a submission needs.
type server struct {
	t        *testing.T
	listener net.Listener
	guarded  *tls.Config // offers STARTTLS; nil: it does not
	login    string      // name NUL password; empty: nobody signs in
	deaf     bool        // takes connections and says nothing

	mu       sync.Mutex
	taken    []string
	commands []string
}

// listen starts a server on a free port of this machine.
func listen(t *testing.T, implicit bool, change func(*server)) *server {
	t.Helper()
	var listening net.ListenConfig
	listener, err := listening.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{t: t}
	change(s)
	if s.listener = listener; implicit {
		s.listener = tls.NewListener(listener, s.guarded)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			connection, err := s.listener.Accept()
			if err != nil {
				return
			}
			go s.talk(connection)
		}
	}()
	return s
}

func (s *server) port() int { return s.listener.Addr().(*net.TCPAddr).Port }

// letters returns what was delivered.
func (s *server) letters() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.taken
}

func (s *server) said(command string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, each := range s.commands {
		if strings.HasPrefix(each, command) {
			return true
		}
	}
	return false
}

func (s *server) talk(connection net.Conn) {
	defer func() { _ = connection.Close() }()
	if s.deaf {
		_, _ = io.Copy(io.Discard, connection)
		return
	}
	lines := bufio.NewReader(connection)
	say := func(text string) { _, _ = fmt.Fprint(connection, text+"\r\n") }
	say("220 here")
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		s.mu.Lock()
		s.commands = append(s.commands, line)
		s.mu.Unlock()
		verb, rest, _ := strings.Cut(line, " ")
		switch strings.ToUpper(verb) {
		case "EHLO":
			say("250-here\r\n" + s.offers(connection) + "250 8BITMIME")
		case "STARTTLS":
			say("220 go on")
			connection = tls.Server(connection, s.guarded)
			lines = bufio.NewReader(connection)
		case "AUTH":
			say(s.judge(rest))
		case "RCPT":
			if strings.Contains(rest, "unknown@") {
				say("550 5.1.1 no such mailbox")
			} else {
				say("250 fine")
			}
		case "DATA":
			say("354 go on")
			s.take(lines)
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 fine")
		}
	}
}

func (s *server) offers(connection net.Conn) string {
	offered := ""
	if _, is := connection.(*tls.Conn); !is && s.guarded != nil {
		offered += "250-STARTTLS\r\n"
	}
	if s.login != "" {
		offered += "250-AUTH PLAIN\r\n"
	}
	return offered
}

func (s *server) judge(rest string) string {
	given, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(rest, "PLAIN "))
	if err == nil && string(given) == "\x00"+s.login {
		return "235 welcome"
	}
	return "535 5.7.8 no"
}

func (s *server) take(lines *bufio.Reader) {
	var letter strings.Builder
	for {
		line, err := lines.ReadString('\n')
		if err != nil || line == ".\r\n" {
			break
		}
		letter.WriteString(strings.TrimPrefix(line, "."))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taken = append(s.taken, letter.String())
}

// certificate returns a server's certificate for 127.0.0.1, and its authority as PEM.
func certificate(t *testing.T) (guarded *tls.Config, authority string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	raw, err := x509.CreateCertificate(rand.Reader, form, form, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	var encoded bytes.Buffer
	if err := pem.Encode(&encoded, &pem.Block{Type: "CERTIFICATE", Bytes: raw}); err != nil {
		t.Fatal(err)
	}
	return &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{{Certificate: [][]byte{raw}, PrivateKey: key}}}, encoded.String()
}
