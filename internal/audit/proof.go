package audit

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"
)

// FaultKind is what is wrong with a place of the audit record.
type FaultKind string

// The faults.
const (
	Altered   FaultKind = "altered"   // it is not the row that was written
	Missing   FaultKind = "missing"   // a later row of the chain is there, this one is not
	Reordered FaultKind = "reordered" // the row was written at another place of its chain
	Cut       FaultKind = "cut"       // the end of the chain is gone: an anchor holds a later head
	Extra     FaultKind = "extra"     // a second, different row has the same place
)

// Fault is one fault, at a place or from it to another.
type Fault struct {
	Kind  FaultKind `json:"kind"`
	Chain string    `json:"chain"`
	Seq   uint64    `json:"seq"`
	// Until is the last place that is missing or cut off; Seq when it is one.
	Until uint64 `json:"until,omitempty"`
	// Was is the place at which a re-ordered row was written.
	Was uint64 `json:"was,omitempty"`
	// Anchor is the chain and the place of the anchor that gives it away; empty: the chain itself does.
	Anchor string `json:"anchor,omitempty"`
	// began is when the chain began, so that faults can be listed in the order of time.
	began time.Time
}

// String describes the fault in English.
func (f Fault) String() string {
	text := fmt.Sprintf("%s: chain %s, row %d", f.Kind, f.Chain, f.Seq)
	if f.Until > f.Seq {
		text = fmt.Sprintf("%s: chain %s, rows %d to %d", f.Kind, f.Chain, f.Seq, f.Until)
	}
	if f.Was != 0 {
		text += fmt.Sprintf(" was written as row %d", f.Was)
	}
	if f.Anchor != "" {
		text += ", shown by anchor " + f.Anchor
	}
	return text
}

// Proof checks the audit record as it is read; the zero value is ready. It keeps some hundred bytes a row, and
// rows that are at fault whole.
type Proof struct {
	chains map[string]*proofChain
	claims map[string][]anchorClaim
	rows   int
	anchor Head      // the newest that is as it was written
	at     time.Time // when it was written
}

// proofChain is what is kept of a chain.
type proofChain struct {
	links []chainLink
	began time.Time
}

// chainLink is what is kept of a row; row is kept when its hash is not that of its content.
type chainLink struct {
	seq            uint64
	previous, hash Hash
	row            *Row
}

// anchorClaim is a head that an anchor holds.
type anchorClaim struct {
	Head

	anchor string
}

// Check returns the faults of rows, which may come in any order, the earliest chain's first.
func Check(rows []Row) []Fault {
	var proof Proof
	for i := range rows {
		proof.Add(&rows[i])
	}
	return proof.Faults()
}

// Rows returns how many rows were added, Chains how many chains they belong to.
func (p *Proof) Rows() int { return p.rows }

// Chains returns how many chains the rows belong to.
func (p *Proof) Chains() int { return len(p.chains) }

// Anchor returns the newest anchor that is as it was written, false when there is none. A copy kept elsewhere
// shows later whether the record was rewritten up to it.
func (p *Proof) Anchor() (Head, bool) { return p.anchor, p.anchor.Seq > 0 }

// Add takes a row in.
func (p *Proof) Add(row *Row) {
	if p.chains == nil {
		p.chains, p.claims = map[string]*proofChain{}, map[string][]anchorClaim{}
	}
	p.rows++
	chain := p.chains[row.Chain]
	if chain == nil {
		chain = &proofChain{began: row.RecordedAt}
		p.chains[row.Chain] = chain
	}
	if row.RecordedAt.Before(chain.began) {
		chain.began = row.RecordedAt
	}
	link := chainLink{seq: row.Seq, previous: row.Previous, hash: row.Hash}
	if row.Sum() != row.Hash {
		link.row = new(*row)
	}
	chain.links = append(chain.links, link)
	if row.Action == Anchor && link.row == nil { // an altered anchor is reported as altered and proves nothing
		p.claim(row)
	}
}

func (p *Proof) claim(anchor *Row) {
	if !anchor.RecordedAt.Before(p.at) {
		p.anchor, p.at = Head{Chain: anchor.Chain, Seq: anchor.Seq, Hash: anchor.Hash}, anchor.RecordedAt
	}
	heads, err := anchor.heads()
	if err != nil {
		return // its hash is right, so it was written so: it claims nothing
	}
	for _, head := range heads {
		p.claims[head.Chain] = append(
			p.claims[head.Chain], anchorClaim{head, fmt.Sprintf("%s/%d", anchor.Chain, anchor.Seq)},
		)
	}
}

// Faults returns what is wrong with the rows, the earliest chain's first; none when they are as they were written. What
// can't be found is a tail that was cut off, or a row rewritten together with all rows after it, when no anchor
// follows.
func (p *Proof) Faults() []Fault {
	names := map[string]bool{}
	for name := range p.chains {
		names[name] = true
	}
	for name := range p.claims {
		names[name] = true
	}
	var faults []Fault
	for _, name := range slices.Sorted(maps.Keys(names)) {
		chain := p.chains[name]
		if chain == nil {
			chain = &proofChain{} // an anchor knows of it and nothing of it is left
		}
		faults = append(faults, chain.check(name, p.claims[name])...)
	}
	slices.SortStableFunc(faults, func(a, b Fault) int {
		return cmp.Or(a.began.Compare(b.began), cmp.Compare(a.Chain, b.Chain), cmp.Compare(a.Seq, b.Seq))
	})
	return faults
}

// check returns one chain's faults, at most one of a kind a place.
func (c *proofChain) check(name string, claims []anchorClaim) []Fault {
	slices.SortStableFunc(c.links, func(a, b chainLink) int { return cmp.Compare(a.seq, b.seq) })
	faults := faultList{chain: name, began: c.began, told: map[uint64]bool{}}
	written := c.places()
	var before chainLink // the zero link comes before the first row
	known := true        // whether before is as it was written
	for i := range c.links {
		link := &c.links[i]
		if i > 0 && link.seq == before.seq {
			if link.hash != before.hash || link.row != nil {
				faults.add(Fault{Kind: Extra, Seq: link.seq})
			}
			continue // the same row twice says nothing else
		}
		if link.seq != before.seq+1 {
			faults.add(Fault{Kind: Missing, Seq: before.seq + 1, Until: link.seq - 1})
			known = false
		}
		if known && link.previous != before.hash {
			faults.broken(before, *link)
		}
		moved := false
		if link.row != nil {
			moved = faults.unsound(link, written)
		}
		before, known = *link, !moved
	}
	c.against(claims, before.seq, &faults)
	return faults.list
}

// against compares the chain with what anchors hold of it.
func (c *proofChain) against(claims []anchorClaim, last uint64, faults *faultList) {
	var latest anchorClaim
	for _, claim := range claims {
		if claim.Seq > latest.Seq {
			latest = claim
		}
		at, found := slices.BinarySearchFunc(
			c.links,
			claim.Seq,
			func(l chainLink, seq uint64) int { return cmp.Compare(l.seq, seq) },
		)
		if found && c.links[at].hash != claim.Hash && !faults.told[claim.Seq] {
			faults.add(Fault{Kind: Altered, Seq: claim.Seq, Anchor: claim.anchor})
		}
	}
	if latest.Seq > last {
		faults.add(Fault{Kind: Cut, Seq: last + 1, Until: latest.Seq, Anchor: latest.anchor})
	}
}

// faultList collects a chain's faults.
type faultList struct {
	chain string
	began time.Time
	list  []Fault
	told  map[uint64]bool
}

func (f *faultList) add(fault Fault) {
	fault.Chain, fault.began = f.chain, f.began
	f.list = append(f.list, fault)
	f.told[fault.Seq] = true
}

// unsound reports a row whose hash is not that of its content, and whether it was written at another place.
func (f *faultList) unsound(link *chainLink, written placeList) (moved bool) {
	was, moved := written.of(link.row)
	if moved {
		f.add(Fault{Kind: Reordered, Seq: link.seq, Was: was})
	} else {
		f.add(Fault{Kind: Altered, Seq: link.seq})
	}
	return moved
}

// broken reports a row that does not hold the hash of the one before it. The one before was rewritten with a hash of
// its own, unless the row itself is no longer what was written.
func (f *faultList) broken(before, link chainLink) {
	switch {
	case link.row != nil: // reported as a fault of its own
	case before.seq == 0:
		f.add(Fault{Kind: Altered, Seq: link.seq})
	case !f.told[before.seq]:
		f.add(Fault{Kind: Altered, Seq: before.seq})
	}
}

// placeList holds the places of a chain whose original row is missing or altered.
type placeList []uint64

// mostAuditPlaces bounds the search for where a row was written; beyond it a re-ordered row is reported as altered.
const mostAuditPlaces = 1_000

func (c *proofChain) places() placeList {
	var places placeList
	next := uint64(1)
	for i := range c.links {
		for ; next < c.links[i].seq && len(places) < mostAuditPlaces; next++ {
			places = append(places, next)
		}
		if c.links[i].row != nil {
			places = append(places, c.links[i].seq)
		}
		next = c.links[i].seq + 1
	}
	return places[:min(len(places), mostAuditPlaces)]
}

// of returns the place at which the row was written, if its hash is right for one.
func (p placeList) of(row *Row) (uint64, bool) {
	moved := *row
	for _, seq := range p {
		if moved.Seq = seq; moved.Sum() == row.Hash {
			return seq, true
		}
	}
	return 0, false
}
