package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"syscall"
	"time"

	"mirsad/ingest/source"
	"mirsad/internal/config"
)

// server is another process of this program that serves.
type server struct {
	serviceFile
	command *exec.Cmd
	ended   <-chan struct{}
}

// startServer starts `mirsad serve` on a data folder, on free ports, and waits until it is ready.
func startServer(ctx context.Context, settings config.Settings, std streams) (*server, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	s := &server{command: exec.Command(self, "serve")} //nolint:gosec,noctx // this program; it is stopped in order
	s.command.Env = append(os.Environ(), "MIRSAD_DATA_DIR="+settings.DataDir, "MIRSAD_CLICKHOUSE_URL=",
		"MIRSAD_LISTEN=127.0.0.1:0", "MIRSAD_METRICS_LISTEN=127.0.0.1:0")
	s.command.Stderr = std.words
	if s.ended, err = startChild(s.command); err != nil {
		return nil, fmt.Errorf("start the server: %w", err)
	}
	if err := s.ready(ctx, settings.DataDir); err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

// ready waits until the server has written where it listens.
func (s *server) ready(ctx context.Context, dataDir string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		file, err := readServiceFile(dataDir)
		if err == nil && file.PID == s.command.Process.Pid {
			s.serviceFile = file
			return nil
		}
		select {
		case <-s.ended:
			return errors.New("the server ended: see its words above")
		case <-ctx.Done():
			return fmt.Errorf("the server is not ready: %w", ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func (s *server) stop() {
	_ = s.command.Process.Signal(syscall.SIGTERM) // it has ended already, or it ends now
	select {
	case <-s.ended:
	case <-time.After(stopWithin + time.Second):
		_ = s.command.Process.Kill()
		<-s.ended
	}
}

// settle waits until everything accepted is in the store and in its rollups.
func (s *server) settle(ctx context.Context) error {
	client := source.NewClient(s.URL, s.Operator, &http.Client{Timeout: 10 * time.Minute})
	for {
		settled, err := client.Settled(ctx)
		if err != nil || settled {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}
