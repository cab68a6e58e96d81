// Mutate changes a program a little, at random, and sees whether a package's own tests notice.
//
//	go run ./mutate -root ../.. -n 200 -seed 1 ./internal/usage ./internal/adoption
//
// Each change is one small one to one file: a < for a <=, a true for a false, a condition that always holds. The file
// itself is never touched: `go test -overlay` builds with a copy. A change that does not compile is not counted and
// another is drawn. What lives is printed with its place; what is known to change nothing is listed, with the reason,
// in lives.txt beside this program.
package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"slices"
	"time"
)

type settings struct {
	root    string
	lives   string
	n       int
	seed    uint64
	slow    string
	within  time.Duration
	atLeast float64
}

func main() {
	var s settings
	flag.StringVar(&s.root, "root", ".", "folder of the module whose packages are changed")
	flag.StringVar(&s.lives, "lives", "mutate/lives.txt", "list of changes that are known to make no difference")
	flag.IntVar(&s.n, "n", 40, "how many changes are tried")
	flag.Uint64Var(&s.seed, "seed", 1, "seed of the choice: the same seed and source give the same changes")
	flag.StringVar(&s.slow, "slow", "Bands|Backtest", "tests, by name, that run only where the quick ones notice nothing")
	flag.DurationVar(&s.within, "timeout", time.Minute, "how long the tests may take with a change; longer is caught")
	flag.Float64Var(&s.atLeast, "at-least", 0, "the share of changes that have to be caught")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, s, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(1)
	}
}

// run draws changes until so many compiled, and says how many were caught.
func run(ctx context.Context, s settings, packages []string) error {
	known, err := readLives(s.lives)
	if err != nil {
		return err
	}
	all, err := changesOf(s.root, packages)
	if err != nil {
		return err
	}
	chance := rand.New(rand.NewPCG(s.seed, 0x6d7574617465)) //nolint:gosec // a run must be repeatable, not secret
	order := chance.Perm(len(all))
	fmt.Printf("%d possible changes in %d packages; seed %d\n", len(all), len(packages), s.seed)
	tried, caught, lived := 0, 0, []string{}
	for _, at := range order {
		if tried == s.n || ctx.Err() != nil {
			break
		}
		c := all[at]
		if known[c.key()] {
			continue
		}
		switch outcome := try(ctx, s, c); outcome {
		case notBuilt:
			continue
		case noticed:
			caught++
			fmt.Println("caught", c)
		case unnoticed:
			lived = append(lived, c.String())
			fmt.Println("LIVED ", c)
		}
		tried++
	}
	return report(s, tried, caught, lived)
}

func report(s settings, tried, caught int, lived []string) error {
	fmt.Printf("%d of %d changes were caught\n", caught, tried)
	slices.Sort(lived)
	for _, each := range lived {
		fmt.Println("  lived:", each)
	}
	if float64(caught) < s.atLeast*float64(tried) {
		return fmt.Errorf("fewer than %.0f %% were caught", 100*s.atLeast)
	}
	return nil
}
