package source

import (
	"encoding/json"
	"fmt"
	"time"

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
	Body
	number int // in the order of making, from 0
	first  int // row of a table at which it begins, from 0
	events int
}

// batcher packs events into batches: those to be verified and the others apart, since a whole body is verified or not.
type batcher struct {
	send        func(batch) error
	time        time.Time // of the events that have none of their own
	made        int
	rows        int // of tables
	plain, sure batch
}

// add encodes an event and hands its batch on when it is full.
func (b *batcher) add(event programme.CloudEvent, verify bool) error {
	open := &b.plain
	if verify {
		open = &b.sure
	}
	open.Type, open.Verify = typeLines, verify
	if event.Time == "" {
		event.Time = b.time.UTC().Format(time.RFC3339)
	}
	// encoding/json takes 0.5 µs an event here, one written by hand 0.4: not worth its code.
	row, err := json.Marshal(event)
	if err != nil {
		return fmt.Errorf("encode event %s: %w", event.ID, err)
	}
	open.Content = append(append(open.Content, row...), '\n')
	open.events++
	if open.events >= batchEvents || len(open.Content) > batchBytes-largestRow {
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
	*open = batch{Body: Body{Content: make([]byte, 0, cap(full.Content))}}
	return b.send(full)
}

// addTable hands on a part of a table.
func (b *batcher) addTable(content []byte, rows int) error {
	part := batch{Body: Body{Type: typeCSV, Content: content}, number: b.made, first: b.rows, events: rows}
	b.made++
	b.rows += rows
	return b.send(part)
}
