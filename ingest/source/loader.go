package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"mirsad/internal/programme"
	"mirsad/internal/wait"
)

// senders is how many bodies are under way at once.
const senders = 2

// settlePause and settlePatience are how often and how long a Loader asks whether everything is settled.
const (
	settlePause    = 200 * time.Millisecond
	settlePatience = 2 * time.Minute
)

// Catalogue takes catalogue facts; a draft that the store holds already is left out, so twice is once.
type Catalogue interface {
	AppendAll(ctx context.Context, drafts []programme.Draft) (added int, err error)
}

// Loader loads feeds: the catalogue into the store, then the events through the API.
type Loader struct {
	Sender    Sender
	Catalogue Catalogue
	// Now is the clock of what is sent, by which the load's duration is measured too.
	Now func() time.Time
	// Actor is recorded as who brought the catalogue.
	Actor string
	// Settled reports whether everything accepted so far can be read in the store, as Client.Settled does. Load waits
	// for it, so that a next import, which builds on this one, finds it. May be nil: then nothing is waited for.
	Settled func(ctx context.Context) (bool, error)
}

// Load brings a feed in and reports what was accepted, what was refused and why. Progress, in words, goes to the
// writer. After an error the report holds what was done; loading again is safe.
func (l *Loader) Load(ctx context.Context, feed Feed, progress io.Writer) (Report, error) {
	began := l.Now()
	report := Report{Name: feed.Name()}
	err := l.load(ctx, feed, began, newProgress(progress, feed.Name()), &report)
	report.Duration = l.Now().Sub(began)
	return report, err
}

// Try reports what would become of a feed's tables, whose rows only the server judges, and stores nothing if the sender is dry;
// false: the feed has none.
func (l *Loader) Try(ctx context.Context, feed Feed, progress io.Writer) (report Report, is bool, err error) {
	if _, is = feed.(tabled); !is {
		return Report{}, false, nil
	}
	began := l.Now()
	report = Report{Name: feed.Name(), Dry: true}
	shown := newProgress(progress, feed.Name())
	if err = l.sendAll(ctx, feed, began, shown, &report); err != nil {
		return report, true, fmt.Errorf("%s: try events: %w", feed.Name(), err)
	}
	shown.end()
	report.Duration = l.Now().Sub(began)
	return report, true, nil
}

func (l *Loader) load(
	ctx context.Context, feed Feed, began time.Time, progress *progress, report *Report,
) error {
	drafts, err := feed.Catalogue()
	if err != nil {
		return fmt.Errorf("%s: catalogue: %w", feed.Name(), err)
	}
	for i := range drafts {
		if drafts[i].Actor == "" {
			drafts[i].Actor = l.Actor
		}
	}
	if report.CatalogueAdded, err = l.Catalogue.AppendAll(ctx, drafts); err != nil {
		return fmt.Errorf("%s: catalogue: %w", feed.Name(), err)
	}
	if err := progress.expectAll(feed); err != nil {
		return fmt.Errorf("%s: %w", feed.Name(), err)
	}
	if err := l.sendAll(ctx, feed, began, progress, report); err != nil {
		return fmt.Errorf("%s: send events: %w", feed.Name(), err)
	}
	progress.end()
	return l.settle(ctx, report)
}

// sendAll packs the events into batches, sends two at a time and adds the answers to the report in the batches' order.
func (l *Loader) sendAll(
	ctx context.Context, feed Feed, began time.Time, progress *progress, report *Report,
) error {
	group, ctx := errgroup.WithContext(ctx)
	batches := make(chan batch)
	tables, inTables := feed.(tabled)
	var mutex sync.Mutex
	var sent []sentBatch
	for range senders {
		group.Go(func() error {
			for b := range batches {
				answer, err := l.Sender.Send(ctx, b.Body)
				if err != nil {
					return err
				}
				for i := range answer.Rejected {
					answer.Rejected[i].Index += b.first
					if inTables {
						tables.locate(&answer.Rejected[i])
					}
				}
				mutex.Lock()
				sent = append(sent, sentBatch{b.number, b.events, answer})
				progress.add(b.events, len(answer.Rejected))
				mutex.Unlock()
			}
			return nil
		})
	}
	group.Go(func() error {
		defer close(batches)
		packer := batcher{time: began, send: func(b batch) error {
			select {
			case batches <- b:
				return nil
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		}}
		if inTables {
			return tables.parts(packer.addTable)
		}
		if err := feed.Events(packer.add); err != nil {
			return err
		}
		return packer.close()
	})
	err := group.Wait()
	if inTables {
		report.refuse(tables.unsent())
	}
	slices.SortFunc(sent, func(a, b sentBatch) int { return a.number - b.number })
	for _, s := range sent {
		report.add(s.events, s.answer)
	}
	return err
}

// sentBatch is a batch with its answer.
type sentBatch struct {
	number, events int
	answer         Answer
}

// settle waits until what was sent can be read.
func (l *Loader) settle(ctx context.Context, report *Report) error {
	if l.Settled == nil || len(report.Receipts) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, settlePatience)
	defer cancel()
	for {
		settled, err := l.Settled(ctx)
		if settled {
			return nil
		}
		if err == nil {
			err = wait.For(ctx, settlePause)
		}
		if errors.Is(err, context.DeadlineExceeded) {
			return fmt.Errorf(
				"%w: everything was accepted, but after %s it can't all be read yet; wait before the next import",
				programme.ErrUnavailable, settlePatience,
			)
		}
		if err != nil {
			return fmt.Errorf("wait for the store: %w", err)
		}
	}
}
