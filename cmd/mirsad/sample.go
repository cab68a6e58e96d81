package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"time"

	"mirsad/internal/account"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/internal/sample"
)

const (
	// sampleSeed makes every installation's sample the same.
	sampleSeed     = 2016
	sampleFileName = "sample.json"
	sampleReady    = "The sample programme is loaded"
)

// sampleFile remembers the sign-ins that were made for the sample and whether all of it has been loaded;
// it is kept 0600 in the data folder.
type sampleFile struct {
	Loaded bool         `json:"loaded"`
	People []sampleUser `json:"people"`
}

type sampleUser struct {
	Email    string `json:"email"`
	Password string `json:"password"`
}

// errNotSample refuses to mix generated data with a programme of one's own.
var errNotSample = errors.New(
	"the data folder holds a programme of its own: choose an empty one with MIRSAD_DATA_DIR, or leave --sample out",
)

// loadSample loads the sample programme through the same door as every agency, unless that was done before, and prints
// its sign-ins. A load that was cut off is done again from the beginning: what is already there counts once.
func loadSample(ctx context.Context, s *service, std streams) error {
	if err := refuseOtherProgramme(ctx, s.store); err != nil {
		return err
	}
	programme := sample.New(sampleSeed)
	state, err := sampleState(s.settings.DataDir, programme)
	if err != nil {
		return err
	}
	if err := s.createSamplePeople(ctx, programme, state); err != nil {
		return err
	}
	if !state.Loaded {
		if err := s.loadSampleData(ctx, programme, std); err != nil {
			return err
		}
		state.Loaded = true
		if err := state.write(s.settings.DataDir); err != nil {
			return err
		}
	}
	return printSignIns(programme, state, s.url(), std)
}

func refuseOtherProgramme(ctx context.Context, s *store) error {
	entities, err := s.Facts(ctx, []programme.Family{programme.FamilyEntity}, time.Time{})
	if err != nil || len(entities) == 0 {
		return err
	}
	stream, err := s.Stream(ctx, programme.FamilyProgramme, programme.ProgrammeSubject)
	if err != nil {
		return err
	}
	settings, err := register.SettingsOf(stream)
	if err != nil {
		return err
	}
	if !settings.Sample {
		return errNotSample
	}
	return nil
}

// sampleState returns what is remembered of the sample; at first a password is made for each of its people.
func sampleState(dataDir string, of *sample.Programme) (sampleFile, error) {
	var state sampleFile
	content, err := os.ReadFile(filepath.Join(dataDir, sampleFileName)) //nolint:gosec // the operator's own data folder
	if err == nil {
		return state, json.Unmarshal(content, &state)
	}
	if !errors.Is(err, os.ErrNotExist) {
		return state, err
	}
	for _, person := range of.People() {
		state.People = append(state.People, sampleUser{Email: person.Email, Password: rand.Text()[:16]})
	}
	return state, state.write(dataDir)
}

func (f sampleFile) write(dataDir string) error {
	content, err := json.Marshal(f)
	if err != nil {
		return err
	}
	return writePrivate(filepath.Join(dataDir, sampleFileName), content)
}

func (f sampleFile) password(email string) string {
	for _, user := range f.People {
		if user.Email == email {
			return user.Password
		}
	}
	return ""
}

func (s *service) createSamplePeople(ctx context.Context, of *sample.Programme, state sampleFile) error {
	existing, err := s.accounts.ListUsers(ctx)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, user := range existing {
		known[user.Email] = true
	}
	for _, person := range of.People() {
		if known[person.Email] {
			continue
		}
		_, err := s.accounts.CreateUser(
			ctx, person.Email, person.Name, person.Role, person.Entity, state.password(person.Email),
			account.KeepsPassword(),
		)
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *service) loadSampleData(ctx context.Context, of *sample.Programme, std streams) error {
	std.tell("Loading the generated sample programme (sample data) through the events API ...\n")
	loader := newLoader(s.store, s.file())
	report, err := loader.Load(ctx, of, progressTo(std.words))
	if err != nil {
		return err
	}
	_, err = report.WriteTo(std.words)
	return err
}

// printSignIns shows a person at the machine how to look at the sample.
func printSignIns(of *sample.Programme, state sampleFile, address string, std streams) error {
	std.tell("\n%s. Sign in at %s/ as:\n\n", sampleReady, address)
	rows := make([][]string, 0, len(state.People))
	for _, person := range of.People() {
		rows = append(rows, []string{"  " + string(person.Role), person.Email, state.password(person.Email)})
	}
	return writeTable(std.words, rows)
}
