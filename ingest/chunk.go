package ingest

import (
	"cmp"
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
