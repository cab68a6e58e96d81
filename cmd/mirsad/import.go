package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"mirsad/ingest/source"
	"mirsad/internal/config"
	"mirsad/internal/programme"
	"mirsad/reports/scan"
)

type importCommand struct {
	Format string   `arg:"" help:"Format of the files: ${formats}."`
	Files  []string `arg:"" type:"existingfile" help:"Files to load."`
	DryRun bool     `help:"Print what the files would change, and record nothing."`
	// ConfirmYears is for the formats whose files are whole inventories.
	ConfirmYears bool `help:"Take a year or quarter that has under half of the services of its neighbour, or of its own earlier import."`
}

// Run sends the files through the door of the running server, or of one that it starts for the purpose.
func (c importCommand) Run(ctx context.Context, settings config.Settings, std streams) error {
	running, err := readServiceFile(settings.DataDir)
	if errors.Is(err, errNoService) {
		return c.runWithOwnService(ctx, settings, std)
	}
	if err != nil {
		return err
	}
	store, err := openStore(ctx, settings, std)
	if err != nil {
		return err
	}
	defer store.close()
	return c.load(ctx, store, running, std)
}

func (c importCommand) runWithOwnService(ctx context.Context, settings config.Settings, std streams) error {
	settings.Listen, settings.MetricsListen = "127.0.0.1:0", "127.0.0.1:0"
	own, err := newService(ctx, settings, std)
	if err != nil {
		return err
	}
	defer own.stop(context.WithoutCancel(ctx))
	if err := own.start(ctx); err != nil {
		return err
	}
	return c.load(ctx, own.store, own.file(), std)
}

func (c importCommand) load(ctx context.Context, s *store, to serviceFile, std streams) error {
	loader := newLoader(s, to)
	feed, err := source.Open(ctx, c.Format, c.Files, source.Means{
		Known: known(s), Stated: stated(s), Workbook: scan.Read, ConfirmYears: c.ConfirmYears,
	})
	if err != nil {
		return err
	}
	difference, err := source.DifferenceOf(ctx, feed, known(s))
	if err != nil {
		return err
	}
	if _, err = difference.WriteTo(std.out); err != nil {
		return err
	}
	if c.DryRun {
		return try(ctx, s, to, feed, std)
	}
	report, err := loader.Load(ctx, feed, progressTo(std.words))
	if err != nil {
		return err
	}
	_, err = report.WriteTo(std.out)
	return err
}

// try lets the server judge the rows of tables, which no other format leaves to it.
func try(ctx context.Context, s *store, to serviceFile, feed source.Feed, std streams) error {
	client := source.NewClient(to.URL, to.Operator, &http.Client{Timeout: time.Minute})
	client.Dry = true
	loader := &source.Loader{Sender: client, Now: s.now}
	report, tried, err := loader.Try(ctx, feed, progressTo(std.words))
	if err != nil || !tried {
		return err
	}
	_, err = report.WriteTo(std.out)
	return err
}

func newLoader(s *store, to serviceFile) *source.Loader {
	client := source.NewClient(to.URL, to.Operator, &http.Client{Timeout: time.Minute})
	return &source.Loader{Sender: client, Catalogue: s, Now: s.now, Actor: "operator/local", Settled: client.Settled}
}

// known answers what the store holds, for formats whose files build on one another.
func known(s *store) source.Known {
	return func(ctx context.Context) (programme.Facts, error) {
		streams, err := s.Facts(ctx, []programme.Family{programme.FamilyEntity, programme.FamilyService}, time.Time{})
		if err != nil {
			return programme.Facts{}, err
		}
		rollouts, err := s.Rollouts(ctx, time.Time{})
		return programme.Facts{Streams: streams, Rollouts: rollouts}, err
	}
}

// stated answers the newest statements, for formats whose files take the place of what they said before.
func stated(s *store) source.Stated {
	return func(ctx context.Context) ([]programme.Statement, error) {
		use, err := s.Use(ctx, time.Time{})
		return use.Statements, err
	}
}

// progressTo shows progress to a person at a terminal and to nobody else.
func progressTo(words io.Writer) io.Writer {
	if file, isFile := words.(*os.File); isFile && term.IsTerminal(int(file.Fd())) {
		return words
	}
	return io.Discard
}

func formatNames() string { return strings.Join(source.Formats(), ", ") }
