package engine

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// freePort returns a port of 127.0.0.1 that nobody listens on now.
func freePort(ctx context.Context) (int, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp4", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	return port, listener.Close()
}

// listenerIsOf reports whether the socket that listens on 127.0.0.1:port belongs to the process: its inode
// in /proc/net/tcp is among the process's open files. Anybody may answer on a port; only the child owns
// this socket.
func listenerIsOf(pid, port int) (bool, error) {
	inode, err := listeningInode(port)
	if err != nil || inode == "" {
		return false, err
	}
	links, err := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", pid))
	if err != nil {
		return false, err
	}
	for _, link := range links {
		if target, err := os.Readlink(link); err == nil && target == "socket:["+inode+"]" {
			return true, nil
		}
	}
	return false, nil
}

// listeningInode returns the inode of the socket in state LISTEN on 127.0.0.1:port; empty when there is none.
func listeningInode(port int) (string, error) {
	const listening, loopback = "0A", "0100007F"
	file, err := os.Open("/proc/net/tcp")
	if err != nil {
		return "", fmt.Errorf("read the list of sockets: %w", err)
	}
	defer func() { _ = file.Close() }() // only read
	local := fmt.Sprintf("%s:%04X", loopback, port)
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		// sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode
		fields := strings.Fields(lines.Text())
		if len(fields) > 9 && fields[1] == local && fields[3] == listening {
			return fields[9], nil
		}
	}
	return "", lines.Err()
}

// errRefused says that the engine answered, and not what it was asked for.
var errRefused = errors.New("the engine refuses")

// askVersion returns what version() answers to a user; errRefused when the engine answers something else.
func askVersion(ctx context.Context, client *http.Client, endpoint Endpoint) (string, error) {
	request, err := http.NewRequestWithContext(
		ctx, http.MethodPost, endpoint.URL, strings.NewReader("SELECT version()"),
	)
	if err != nil {
		return "", err
	}
	request.Header.Set("X-ClickHouse-User", UserWeb)
	request.Header.Set("X-ClickHouse-Key", endpoint.Passwords[UserWeb])
	answer, err := client.Do(request)
	if err != nil {
		return "", err
	}
	defer func() { _ = answer.Body.Close() }() // read to its end below
	content, err := io.ReadAll(io.LimitReader(answer.Body, 4096))
	if err != nil {
		return "", err
	}
	text := strings.TrimSpace(string(content))
	if answer.StatusCode != http.StatusOK {
		return "", fmt.Errorf("%w: %s", errRefused, text)
	}
	return text, nil
}

// awaitReady waits until the child's own listener answers with the version that this program is made for.
// It returns early when the child has ended.
func (e *Engine) awaitReady(ctx context.Context, child *process, endpoint Endpoint) error {
	ctx, cancel := context.WithTimeout(ctx, e.ReadyTimeout)
	defer cancel()
	port, err := endpoint.port()
	if err != nil {
		return err
	}
	last := errors.New("no listener")
	for {
		select {
		case <-child.ended:
			return child.failure()
		case <-ctx.Done():
			return fmt.Errorf("the engine is not ready after %s: %w", e.ReadyTimeout, last)
		case <-time.After(readyPoll):
		}
		own, err := listenerIsOf(child.pid, port)
		if err != nil || !own {
			continue
		}
		version, err := askVersion(ctx, e.client, endpoint)
		if err != nil {
			last = err
			continue
		}
		if !strings.HasPrefix(version, release) {
			return fmt.Errorf(
				"the engine library is of version %s, this program is made for %s: %w", version, Version, ErrNoLibrary,
			)
		}
		return nil
	}
}

func (e Endpoint) port() (int, error) {
	_, text, err := net.SplitHostPort(strings.TrimPrefix(e.URL, "http://"))
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(text)
}
