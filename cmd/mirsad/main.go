// Command mirsad monitors a national e-services programme: it takes in events and plans, serves the
// dashboard and the figures, and writes the monthly executive highlights. Each subcommand has a file of
// its own; this package wires components and holds no logic.
package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"mirsad/internal/config"
	"mirsad/internal/engine"
)

// The exit codes of every command.
const (
	exitDone     = 0
	exitFailed   = 1
	exitWrongUse = 2
)

// commands is the command line; kong reads the tags.
type commands struct {
	Settings config.Settings `embed:""`

	Serve   serveCommand   `cmd:"" help:"Run everything on one machine."`
	Import  importCommand  `cmd:"" help:"Load lists or public data through the same door as every agency."`
	Report  reportCommand  `cmd:"" help:"Write a month's highlights workbook."`
	Token   tokenCommands  `cmd:"" help:"Create, list, rotate and revoke API tokens."`
	User    userCommands   `cmd:"" help:"Create, list and disable people."`
	Bench   benchCommands  `cmd:"" help:"Measure the program on this machine."`
	Migrate migrateCommand `cmd:"" help:"Bring the database to this version."`
	Verify  verifyCommand  `cmd:"" help:"Check that raw facts and rollup agree, and prove the audit record."`
	Doctor  doctorCommands `cmd:"" help:"Check this machine, or a server as an agency's system meets it."`
	Routes  routesCommand  `cmd:"" help:"Print who may use which address."`
	Version versionCommand `cmd:"" help:"Print the version."`
}

func main() {
	if engine.ChildHook() {
		return
	}
	os.Exit(runHere(time.Now))
}

// runHere runs this process's command line by a clock, the one that everything in it reads, and returns its exit code.
func runHere(now func() time.Time) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return run(ctx, os.Args[1:], os.Environ(), streams{in: os.Stdin, out: os.Stdout, words: os.Stderr, now: now})
}

// run executes one command line and returns its exit code.
func run(ctx context.Context, args, environ []string, std streams) int {
	fromFiles, unread := config.Environment(environ) // its faults are listed with those of the values
	for _, name := range config.ReadableByAll(environ) {
		std.tell(
			"mirsad: everybody on this machine may read the file of %s: chmod 640 keeps it to its owner and group\n",
			name,
		)
	}
	var cli commands
	parser, err := newParser(&cli, fromFiles, std)
	if err != nil {
		return wrongUse(std, err)
	}
	command, err := parser.Parse(args)
	if err != nil {
		return wrongUse(std, errors.Join(unread, err))
	}
	if err := errors.Join(unread, cli.Settings.Validate()); err != nil {
		return wrongUse(std, err)
	}
	command.BindTo(ctx, (*context.Context)(nil))
	if err := command.Run(cli.Settings, std); err != nil {
		std.tell("mirsad: %v\n", err)
		return exitFailed
	}
	return exitDone
}

func newParser(cli *commands, fromFiles map[string]string, std streams) (*kong.Kong, error) {
	return kong.New(cli,
		kong.Name("mirsad"),
		kong.Description("Monitoring and executive reporting of a national e-services programme."),
		kong.Writers(std.out, std.words),
		kong.Vars{"formats": formatNames()},
		kong.Resolvers(secretFiles(fromFiles)),
	)
}

// secretFiles answers settings that were given as MIRSAD_…_FILE.
func secretFiles(values map[string]string) kong.Resolver {
	return kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		for _, name := range flag.Envs {
			if value, found := values[name]; found {
				return value, nil
			}
		}
		return nil, nil // not resolved here
	})
}

func wrongUse(std streams, err error) int {
	std.tell("mirsad: %v\n", err)
	return exitWrongUse
}
