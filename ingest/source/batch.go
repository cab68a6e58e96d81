package source

import (
	"encoding/json"
	"fmt"

	"mirsad/internal/programme"
)

// The bounds of a batch: within the API's 10,000 events and 8 MiB sent, with room to spare.
const (
	batchEvents = 5_000
	batchBytes  = 7 << 20
	largestRow  = 64 << 10
)

// batch is one body to be sent.
type batch struct {
	number int // in the order of making, from 0
	ndjson []byte
	events int
	verify bool
}

// batcher packs events into batches: those to be verified and the others apart, since a whole body is verified or not.
type batcher struct {
	send        func(batch) error
	made        int
	plain, sure batch
}

// add encodes an event and hands its batch on when it is full.
func (b *batcher) add(event programme.CloudEvent, verify bool) error {
	open := &b.plain
	if verify {
		open = &b.sure
	}
	open.verify = verify
	// encoding/json takes 0.5 µs an event here, one written by hand 0.4: not worth its code.
	row, err := json.Marshal(event)
	if err != nil {
		return fmt.Errorf("encode event %s: %w", event.ID, err)
	}
	open.ndjson = append(append(open.ndjson, row...), '\n')
	open.events++
	if open.events >= batchEvents || len(open.ndjson) > batchBytes-largestRow {
		return b.flush(open)
	}
	return nil
}

// close hands on what is left.
func (b *batcher) close() error {
	if err := b.flush(&b.sure); err != nil {
		return err
	}
	return b.flush(&b.plain)
}

func (b *batcher) flush(open *batch) error {
	if open.events == 0 {
		return nil
	}
	full := *open
	full.number = b.made
	b.made++
	*open = batch{ndjson: make([]byte, 0, cap(full.ndjson))}
	return b.send(full)
}
