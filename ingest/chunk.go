package ingest

import (
	"cmp"
	"slices"

	"mirsad/ingest/spool"
	"mirsad/internal/programme"
)

// chunk is a range of the spool, read: one block of each kind for the store. It is a
// pure function of the range, so that a retry writes the identical blocks.
type chunk struct {
	receipts   []programme.Receipt
	usageFrom  []int // where in usage the rows of each receipt begin
	refusals   []programme.Refusal
	statements []programme.Statement
	rollouts   []programme.Rollout
	milestones []programme.MilestoneEvent
	usage      []programme.UsageEvent
}

// chunkReader reads one chunk after the other into the same space: at full speed that is most of what the writer would allocate.
type chunkReader struct {
	records recordReader
	space   chunk
}

// read returns the chunk of a range; it is valid until the next call.
func (c *chunkReader) read(s *spool.Spool, r spool.Range) (*chunk, error) {
	c.space.empty()
	c.space.usage = slices.Grow(c.space.usage, int(r.To-r.From)) //nolint:gosec // at most ChunkRows and a body
	err := s.Each(r, func(_ uint64, data []byte) error { return c.records.readRecord(data, &c.space) })
	if err != nil {
		return nil, err
	}
	return &c.space, nil
}

func (c *chunk) empty() {
	c.receipts, c.usageFrom, c.refusals = c.receipts[:0], c.usageFrom[:0], c.refusals[:0]
	c.statements, c.rollouts, c.milestones, c.usage = c.statements[:0], c.rollouts[:0], c.milestones[:0], c.usage[:0]
}

// slices returns the slices that the chunk's usage touches, each once, in order.
func (c *chunk) slices() []programme.Slice {
	seen := map[programme.Slice]struct{}{}
	var touched []programme.Slice
	for i := range c.usage {
		slice := programme.Slice{Entity: c.usage[i].Entity, ReportDate: c.usage[i].ReportDate}
		if _, known := seen[slice]; !known {
			seen[slice] = struct{}{}
			touched = append(touched, slice)
		}
	}
	slices.SortFunc(touched, func(a, b programme.Slice) int {
		return cmp.Or(cmp.Compare(a.Entity, b.Entity), cmp.Compare(a.ReportDate, b.ReportDate))
	})
	return touched
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

// receiptOfUsage is receiptOf for one of the chunk's usage events. A replayed one keeps the stamp of its first receipt,
// so it is found by its place, and its index is that among the replay's usage events.
func (c *chunk) receiptOfUsage(e *programme.UsageEvent) (receipt string, index int) {
	if receipt, index = c.receiptOf(e.Version); receipt != "" {
		return receipt, index
	}
	at := 0
	for at < len(c.usage) && &c.usage[at] != e {
		at++
	}
	of, exact := slices.BinarySearch(c.usageFrom, at)
	for exact && of+1 < len(c.usageFrom) && c.usageFrom[of+1] == at { // receipts without usage begin at the same place
		of++
	}
	if !exact {
		of--
	}
	return c.receipts[of].ID, at - c.usageFrom[of]
}
