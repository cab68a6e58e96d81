package main

import (
	"fmt"
	"runtime/debug"

	"mirsad/internal/engine"
)

type versionCommand struct{}

// Run prints the program's revision and the engine's release.
func (versionCommand) Run(std streams) error {
	revision, built := builtFrom()
	_, err := fmt.Fprintf(std.out, "mirsad %s %s, engine %s\n", revision, built, engine.Version)
	return err
}

// builtFrom returns the revision that the program was built from and when that was made.
func builtFrom() (revision, at string) {
	revision = "unknown"
	if info, found := debug.ReadBuildInfo(); found {
		for _, setting := range info.Settings {
			switch setting.Key {
			case "vcs.revision":
				revision = setting.Value
			case "vcs.time":
				at = setting.Value
			}
		}
	}
	return revision, at
}
