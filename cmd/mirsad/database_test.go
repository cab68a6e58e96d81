package main

import (
	"io"
	"log/slog"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"mirsad/internal/engine"
)

// database is a ClickHouse of its own behind a line that can be cut, as a server in another room is.
type database struct {
	t      *testing.T
	url    string // with the administrator's password
	target string

	mu    sync.Mutex
	isCut bool
	lines []net.Conn
	// swallows is closed when the lines that are there begin to swallow what they carry; nil: none does.
	swallows chan struct{}
	hole     bool
}

// startDatabase starts an engine in this process and the line to it.
func startDatabase(t *testing.T) *database {
	t.Helper()
	needEngine(t)
	started, err := engine.New(engine.Configuration{DataDir: t.TempDir()}, engine.Dependencies{Logger: slog.New(slog.DiscardHandler), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if err := started.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	endpoint := started.Endpoint()
	address, err := url.Parse(endpoint.URL)
	if err != nil {
		t.Fatal(err)
	}
	d := &database{t: t, target: address.Host}
	address.Host = listener.Addr().String()
	address.User = url.UserPassword(engine.UserAdmin, endpoint.Passwords[engine.UserAdmin])
	d.url = address.String()
	go d.accept(listener)
	t.Cleanup(func() {
		_ = listener.Close()
		if err := started.Stop(t.Context()); err != nil {
			t.Log(err)
		}
	})
	return d
}

func (d *database) accept(listener net.Listener) {
	for {
		near, err := listener.Accept()
		if err != nil {
			return
		}
		go d.connect(near)
	}
}

// connect joins a line to the database; while it is cut, there is none.
func (d *database) connect(near net.Conn) {
	defer func() { _ = near.Close() }()
	far, err := net.Dial("tcp", d.target)
	if err != nil {
		return
	}
	defer func() { _ = far.Close() }()
	d.mu.Lock()
	if d.isCut {
		d.mu.Unlock()
		return
	}
	d.lines = append(d.lines, near, far)
	if d.swallows == nil {
		d.swallows = make(chan struct{})
	}
	swallows := d.swallows
	if d.hole { // a line that begins in the hole carries nothing either, for as long as it is
		swallows = make(chan struct{})
		close(swallows)
	}
	d.mu.Unlock()
	go func() {
		_, _ = io.Copy(holed{far, swallows}, near)
		_ = far.(*net.TCPConn).CloseWrite() //nolint:forcetypeassert // it was dialled as TCP
	}()
	_, _ = io.Copy(holed{near, swallows}, far)
}

// holed is one direction of a line; what is written to it after it begins to swallow is never seen again.
type holed struct {
	io.Writer

	swallows <-chan struct{}
}

func (h holed) Write(content []byte) (int, error) {
	select {
	case <-h.swallows:
		return len(content), nil
	default:
		return h.Writer.Write(content)
	}
}

// swallow makes every line to the database a black hole, as a firewall does that drops packets: nothing is refused and
// nothing is answered. After mend new lines carry again; those of before stay dumb.
func (d *database) swallow() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.hole = true
	if d.swallows != nil {
		close(d.swallows)
		d.swallows = nil
	}
}

// cut ends every line to the database, in the middle of whatever it carries.
func (d *database) cut() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.isCut = true
	for _, line := range d.lines {
		_ = line.Close()
	}
	d.lines = nil
}

func (d *database) mend() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.isCut, d.hole = false, false
}
