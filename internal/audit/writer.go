package audit

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"mirsad/internal/programme"
)

const (
	// writeWithin bounds one attempt to write, auditAgain the time to the next, auditLook the time until a row that no
	// one announced is written.
	writeWithin = 10 * time.Second
	writeAgain  = time.Second
	lookEvery   = 10 * time.Second
)

// When an anchor is set.
const (
	anchorAtStart = "start"
	anchorHourly  = "hour"
	anchorAtStop  = "stop"
)

// Start begins to write at once what is recorded, and an anchor now and every hour, until Stop. It does not wait for
// the database. Starting twice is ErrInvalid.
func (a *Recorder) Start(ctx context.Context) error {
	if a == nil {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.end != nil {
		return fmt.Errorf("%w: the audit is started already", programme.ErrInvalid)
	}
	ctx, a.end = context.WithCancel(context.WithoutCancel(ctx)) // what happens while the program stops is written too
	a.ended = make(chan struct{})
	go a.run(ctx, a.ended)
	return nil
}

// Stop writes what waits and an anchor; call it when nothing is recorded any more. An audit that recorded nothing and
// was not started writes nothing.
func (a *Recorder) Stop(ctx context.Context) error {
	if a == nil {
		return nil
	}
	a.mu.Lock()
	end, ended, used := a.end, a.ended, a.seq > 0
	a.end = nil
	a.mu.Unlock()
	if end != nil {
		end()
		select {
		case <-ended:
		case <-ctx.Done():
			return fmt.Errorf("%w: write the audit record: %w", programme.ErrUnavailable, ctx.Err())
		}
	}
	if end == nil && !used {
		return nil
	}
	a.tellRefusals(true)
	return errors.Join(a.anchor(ctx, anchorAtStop), a.flush(ctx))
}

func (a *Recorder) run(ctx context.Context, ended chan<- struct{}) {
	defer close(ended)
	look, hourly := time.NewTicker(lookEvery), time.NewTicker(a.configuration.AnchorEvery)
	defer look.Stop()
	defer hourly.Stop()
	due, failing := anchorAtStart, false
	for {
		err := a.attempt(ctx, &due)
		if err != nil && !failing && ctx.Err() == nil {
			a.dependencies.Logger.WarnContext(ctx, "audit record not written", slog.String("error", err.Error()))
		}
		if failing = err != nil; failing {
			select { // new rows don't make the database come back sooner
			case <-ctx.Done():
				return
			case <-time.After(writeAgain):
			}
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-a.wake:
		case <-look.C:
			a.tellRefusals(false)
		case <-hourly.C:
			due = anchorHourly
		}
	}
}

// attempt sets the anchor that is due and writes what waits, with the anchor or without.
func (a *Recorder) attempt(ctx context.Context, due *string) error {
	ctx, stop := context.WithTimeout(ctx, writeWithin)
	defer stop()
	var err error
	if *due != "" {
		if err = a.anchor(ctx, *due); err == nil {
			*due = ""
		}
	}
	return errors.Join(err, a.flush(ctx))
}

// flush sends what waits, block by block. A block whose acknowledgement did not come is sent again as it was, for the
// database knows it by its token.
func (a *Recorder) flush(ctx context.Context) error {
	select {
	case a.sending <- struct{}{}:
		defer func() { <-a.sending }()
	case <-ctx.Done():
		return programme.Unavailable("write the audit record", ctx.Err())
	}
	for {
		rows := a.next()
		if len(rows) == 0 {
			return nil
		}
		if err := a.dependencies.Store.AppendAudit(ctx, rows); err != nil {
			return programme.Unavailable("write the audit record", err)
		}
		a.acknowledged()
	}
}

// next returns the block to send.
func (a *Recorder) next() []Row {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.block == 0 {
		a.block = min(len(a.waiting), mostInBlock)
	}
	return slices.Clone(a.waiting[:a.block])
}

func (a *Recorder) acknowledged() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.metrics.rows.Add(float64(a.block))
	a.waiting = slices.Delete(a.waiting, 0, a.block)
	a.block = 0
}

// anchor adds a row that holds the heads of the other chains, without those that this chain's anchors hold already.
// It is written even when there are none: the row's place shows a tail of this chain that was cut off before it.
func (a *Recorder) anchor(ctx context.Context, when string) error {
	heads, err := a.dependencies.Store.AuditHeads(ctx, a.chain)
	if err != nil {
		return programme.Unavailable("read the heads of the audit record", err)
	}
	detail := AnchorDetail{When: when, Heads: []Head{}}
	a.mu.Lock()
	for _, head := range heads {
		if head.Seq > a.held[head.Chain] {
			detail.Heads = append(detail.Heads, head)
			a.held[head.Chain] = head.Seq
		}
	}
	row := Row{
		Actor: system, Action: Anchor, Object: "audit", Detail: anchorJSON(detail), Outcome: Done,
	}
	a.keep(row)
	a.mu.Unlock()
	return nil
}

// anchorJSON is never cut: an anchor without its heads proves nothing.
func anchorJSON(detail AnchorDetail) string {
	written, _ := json.Marshal(detail) // texts and numbers always can be
	return string(written)
}
