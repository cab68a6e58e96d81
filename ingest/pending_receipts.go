package ingest

import "sync"

// mostPending bounds the receipts found by their place in the spool; older ones are found once they are written.
const mostPending = 100_000

// pendingReceipts knows where in the spool the receipts are that the store has not got yet.
type pendingReceipts struct {
	mu    sync.Mutex
	rows  map[string]uint64
	order []string // oldest first
}

func newPendingReceipts() *pendingReceipts { return &pendingReceipts{rows: map[string]uint64{}} }

// add remembers that the receipt's record begins at the sequence row.
func (p *pendingReceipts) add(id string, row uint64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.rows[id] = row
	p.order = append(p.order, id)
	if len(p.order) > mostPending {
		p.drop(1)
	}
}

func (p *pendingReceipts) drop(n int) {
	for _, id := range p.order[:n] {
		delete(p.rows, id)
	}
	p.order = p.order[n:]
}

// find returns the sequence at which the receipt's record begins.
func (p *pendingReceipts) find(id string) (uint64, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	row, found := p.rows[id]
	return row, found
}

// forget drops the receipts whose records begin below the sequence: they are in the store.
func (p *pendingReceipts) forget(below uint64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	kept := p.order[:0]
	for _, id := range p.order {
		if p.rows[id] < below {
			delete(p.rows, id)
			continue
		}
		kept = append(kept, id)
	}
	p.order = kept
}
