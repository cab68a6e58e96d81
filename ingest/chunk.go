package ingest

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"

	"mirsad/ingest/spool"
	"mirsad/internal/programme"
)

// chunk is a range of the spool, read: one block of each kind for the store. It is a
// pure function of the range, so that a retry writes the identical blocks.
type chunk struct {
	receipts []programme.Receipt
	refusals []programme.Refusal
	blocks   []block // in the order of kinds
}

func newChunk() *chunk {
	c := &chunk{blocks: make([]block, 0, len(kinds))}
	for _, k := range kinds {
		c.blocks = append(c.blocks, k.newBlock())
	}
	return c
}

// chunkReader reads one chunk after the other into the same space: at full speed that is most of what the writer
// would allocate.
type chunkReader struct {
	records recordReader
	space   *chunk
}

func newChunkReader() *chunkReader { return &chunkReader{space: newChunk()} }

// read returns the chunk of a range; it is valid until the next call.
func (c *chunkReader) read(s *spool.Spool, r spool.Range) (*chunk, error) {
	c.space.empty()
	for _, b := range c.space.blocks {
		b.expect(int(r.To - r.From)) //nolint:gosec // at most ChunkRows and a body
	}
	err := s.Each(r, func(_ uint64, data []byte) error { return c.records.readRecord(data, c.space) })
	if err != nil {
		return nil, err
	}
	return c.space, nil
}

func (c *chunk) empty() {
	c.receipts, c.refusals = c.receipts[:0], c.refusals[:0]
	for _, b := range c.blocks {
		b.empty()
	}
}

// begin starts the rows of another receipt.
func (c *chunk) begin(receipt programme.Receipt) *programme.Receipt {
	c.receipts = append(c.receipts, receipt)
	for _, b := range c.blocks {
		b.beginReceipt()
	}
	return &c.receipts[len(c.receipts)-1]
}

// slices returns the slices of the rollups that the chunk's events touch, each once, in order.
func (c *chunk) slices() []programme.Slice {
	touched := map[programme.Slice]struct{}{}
	for _, b := range c.blocks {
		b.touch(touched)
	}
	return slices.SortedFunc(maps.Keys(touched), func(a, b programme.Slice) int {
		return cmp.Or(cmp.Compare(a.Entity, b.Entity), cmp.Compare(a.ReportDate, b.ReportDate))
	})
}

// receiptOf returns the receipt of the body whose row had the stamp, and the row's index in it.
func (c *chunk) receiptOf(stamp uint64) (receipt string, index int) {
	for i := range c.receipts {
		begin := stampOf(c.receipts[i].RecordedAt)
		rows := c.receipts[i].Accepted + c.receipts[i].Rejected
		if index := int(stamp - begin); stamp >= begin && index < rows { //nolint:gosec // used only when it is small
			return c.receipts[i].ID, index
		}
	}
	return "", 0
}

// block is the events of one kind in a chunk.
type block interface {
	// beginReceipt notes that the next event has another receipt than the last one.
	beginReceipt()
	// read reads an event whose letter has been read, and those of the same kind that follow it.
	read(r *recordReader, receipt *programme.Receipt)
	// expect makes room for the rows of a chunk.
	expect(rows int)
	// size is the number of events.
	size() int
	empty()
	// touch adds the slices of the rollups that the events change.
	touch(touched map[programme.Slice]struct{})
	// write brings the events to the store and returns those that it will never take.
	write(ctx context.Context, w *writer, tokens string, c *chunk) ([]programme.Refusal, error)
}

// events is the block of one kind.
type events[T any] struct {
	kind *kind[T]
	rows []T
	from []int // where the events of each receipt of the chunk begin
}

func (b *events[T]) expect(rows int) {
	if b.kind.many {
		b.rows = slices.Grow(b.rows, rows)
	}
}

func (b *events[T]) size() int { return len(b.rows) }

func (b *events[T]) empty() { b.rows, b.from = b.rows[:0], b.from[:0] }

func (b *events[T]) beginReceipt() { b.from = append(b.from, len(b.rows)) }

func (b *events[T]) read(r *recordReader, receipt *programme.Receipt) {
	for {
		b.rows = append(b.rows, b.kind.decode(r, receipt))
		if len(r.data) == 0 || r.data[0] != b.kind.letter {
			return
		}
		r.data = r.data[1:]
	}
}

func (b *events[T]) touch(touched map[programme.Slice]struct{}) {
	if b.kind.slice == nil {
		return
	}
	for i := range b.rows {
		touched[b.kind.slice(&b.rows[i])] = struct{}{}
	}
}

func (b *events[T]) write(ctx context.Context, w *writer, tokens string, c *chunk) ([]programme.Refusal, error) {
	var rejected []programme.Refusal
	put := func(ctx context.Context, token string, rows []T) error {
		return b.kind.insert(w.Store, ctx, token, rows)
	}
	err := insert(ctx, w, tokens+b.kind.block, b.rows, put, func(event *T) {
		rejected = append(rejected, b.rejection(event, c))
	})
	return rejected, err
}

// rejection is the quarantined form of an event that was accepted and that the store will never take.
func (b *events[T]) rejection(event *T, c *chunk) programme.Refusal {
	from := b.kind.origin(event)
	receipt, index := c.receiptOf(stampOf(from.at))
	if receipt == "" {
		receipt, index = b.receiptByPlace(event, c)
	}
	raw, err := json.Marshal(event)
	if err != nil {
		raw = nil // plain data always marshals; without it the receipt and index still name the row
	}
	return programme.Refusal{
		Receipt: receipt, Index: index, Entity: from.entity, EventID: from.eventID,
		Code: programme.RefusedByStore, Raw: raw, RecordedAt: from.at,
	}
}

// receiptByPlace finds the receipt of an event that keeps the time of an earlier one, as a replayed usage event does.
// The index is that among the receipt's events of this kind.
func (b *events[T]) receiptByPlace(event *T, c *chunk) (receipt string, index int) {
	at := 0
	for at < len(b.rows) && &b.rows[at] != event {
		at++
	}
	of, exact := slices.BinarySearch(b.from, at)
	for exact && of+1 < len(b.from) && b.from[of+1] == at { // receipts without such events begin at the same place
		of++
	}
	if !exact {
		of--
	}
	return c.receipts[of].ID, at - b.from[of]
}
