package config

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"

	"mirsad/internal/programme"
)

const (
	prefix     = "MIRSAD_"
	fileSuffix = "_FILE"
)

// forTests are variables that only tests read; they are no settings, and no faults either.
var forTests = []string{"MIRSAD_DATA"}

// ofCommands are variables that a command reads as a flag of its own; a secret does not belong on a command line.
var ofCommands = []string{"MIRSAD_TOKEN"}

// Environment checks the MIRSAD_* variables of environ ("NAME=value") and returns those that were given
// as NAME_FILE, read from their files. Unknown names and unreadable files are all reported at once.
func Environment(environ []string) (map[string]string, error) {
	fromFiles := map[string]string{}
	var faults []error
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(name, prefix) || slices.Contains(forTests, name) || known(name) {
			continue
		}
		setting, isFile := strings.CutSuffix(name, fileSuffix)
		if !isFile || !known(setting) {
			faults = append(faults, fmt.Errorf(
				"%w: %s is not a setting: the settings are %s", programme.ErrInvalid, name,
				strings.Join(names(), ", "),
			))
			continue
		}
		content, err := readSecret(name, value)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		fromFiles[setting] = strings.TrimRight(string(content), "\r\n")
	}
	return fromFiles, errors.Join(faults...)
}

func known(name string) bool {
	return slices.Contains(names(), name) || slices.Contains(ofCommands, name)
}

// names lists the variables of Settings, in the order of its fields.
func names() []string { return namesOf(reflect.TypeFor[Settings]()) }

// namesOf goes into the structs that group settings.
func namesOf(kind reflect.Type) []string {
	list := make([]string, 0, kind.NumField())
	for field := range kind.Fields() {
		if name := field.Tag.Get("env"); name != "" {
			list = append(list, name)
		} else if field.Type.Kind() == reflect.Struct {
			list = append(list, namesOf(field.Type)...)
		}
	}
	return list
}

// readSecret reads a file that only its owner and those who run the program may write.
func readSecret(name, path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err == nil {
		err = checkSecretFile(name, info)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	content, err := os.ReadFile(path) //nolint:gosec // the operator names the file that holds the secret
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return content, nil
}
