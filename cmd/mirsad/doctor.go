package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"

	"mirsad/internal/config"
	"mirsad/internal/engine"
)

// errLacking is what doctor fails with.
var errLacking = errors.New("something that Mirsad needs is missing: see the lines marked NO")

// doctorCommands examine this machine unless a flag says otherwise.
type doctorCommands struct {
	Machine doctorMachine `cmd:"" default:"withargs" help:"Check what this machine has and lacks."`
	Agency  doctorAgency  `cmd:"" help:"Check, as an agency's system, that a server takes its token and its events; nothing is stored."`
}

type doctorMachine struct{}

// finding is one thing that doctor looks at.
type finding struct {
	what   string
	fault  error
	remedy string
}

// Run says what this machine has and lacks, each with its remedy.
func (doctorMachine) Run(settings config.Settings, std streams) error {
	return tellFindings(std.out, []finding{
		{"engine library", engineFault(settings), ""},
		{"data folder", dataFolderFault(settings.DataDir), "make it writable or set MIRSAD_DATA_DIR"},
		{"listen address", listenFault(settings), "stop what listens there or set MIRSAD_LISTEN"},
	}, errLacking)
}

// tellFindings writes a line for each finding; with a fault among them it fails with the error given.
func tellFindings(out io.Writer, findings []finding, failure error) error {
	faulty := false
	for _, each := range findings {
		line := "ok  " + each.what
		if each.fault != nil {
			faulty = true
			line = fmt.Sprintf("NO  %s: %v", each.what, each.fault)
			if each.remedy != "" { // else the fault names it
				line += ": " + each.remedy
			}
		}
		if _, err := fmt.Fprintln(out, line); err != nil {
			return err
		}
	}
	if faulty {
		return failure
	}
	return nil
}

func engineFault(settings config.Settings) error {
	if settings.ClickHouseURL != "" {
		return nil
	}
	return engine.CheckLibrary(settings.EngineLibrary)
}

func dataFolderFault(folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	probe := filepath.Join(folder, ".doctor")
	if err := os.WriteFile(probe, nil, 0o600); err != nil {
		return err
	}
	return os.Remove(probe)
}

// listenFault is no fault when the one who listens is our own running server.
func listenFault(settings config.Settings) error {
	if _, err := readServiceFile(settings.DataDir); err == nil {
		return nil
	}
	return addressTaken(settings.Listen)
}

// addressTaken says why nobody can listen at an address.
func addressTaken(address string) error {
	listener, err := net.Listen("tcp", address) //nolint:noctx // held for an instant
	if err != nil {
		return err
	}
	return listener.Close()
}
