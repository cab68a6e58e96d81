package programme

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"
)

// AuditFaultKind is what is wrong with a place of the audit record.
type AuditFaultKind string

// The faults.
const (
	AuditAltered   AuditFaultKind = "altered"   // it is not the row that was written
	AuditMissing   AuditFaultKind = "missing"   // a later row of the chain stands, this one does not
	AuditReordered AuditFaultKind = "reordered" // the row was written at another place of its chain
	AuditCut       AuditFaultKind = "cut"       // the end of the chain is gone: an anchor holds a later head
	AuditExtra     AuditFaultKind = "extra"     // a second, different row stands at the place
)

// AuditFault is one fault, at a place or from it to another.
type AuditFault struct {
	Kind  AuditFaultKind `json:"kind"`
	Chain string         `json:"chain"`
	Seq   uint64         `json:"seq"`
	// Until is the last place that is missing or cut off; Seq when it is one.
	Until uint64 `json:"until,omitempty"`
	// Was is the place at which a re-ordered row was written.
	Was uint64 `json:"was,omitempty"`
	// Anchor is the chain and the place of the anchor that gives it away; empty: the chain itself does.
	Anchor string `json:"anchor,omitempty"`
	// began is when the chain began, so that faults can be told in the order of time.
	began time.Time
}

// String tells the fault in English.
func (f AuditFault) String() string {
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

// AuditProof checks the audit record as it is read; the zero value is ready. It keeps some hundred bytes a row, and
// rows that are at fault whole.
type AuditProof struct {
	chains map[string]*auditChain
	claims map[string][]auditClaim
	rows   int
	anchor AuditHead // the newest that is as it was written
	at     time.Time // when it was written
}

// auditChain is what is kept of a chain.
type auditChain struct {
	links []auditLink
	began time.Time
}

// auditLink is what is kept of a row; row is kept when its hash is not that of its content.
type auditLink struct {
	seq            uint64
	previous, hash AuditHash
	row            *AuditRow
}

// auditClaim is a head that an anchor holds.
type auditClaim struct {
	AuditHead

	anchor string
}

// CheckAudit returns the faults of rows, which may come in any order, the earliest chain's first.
func CheckAudit(rows []AuditRow) []AuditFault {
	var proof AuditProof
	for i := range rows {
		proof.Add(&rows[i])
	}
	return proof.Faults()
}

// Rows returns how many rows were added, Chains how many chains they belong to.
func (p *AuditProof) Rows() int { return p.rows }

// Chains returns how many chains the rows belong to.
func (p *AuditProof) Chains() int { return len(p.chains) }

// Anchor returns the newest anchor that is as it was written, false when there is none. Whoever keeps it elsewhere can
// tell later whether the record was rewritten up to it.
func (p *AuditProof) Anchor() (AuditHead, bool) { return p.anchor, p.anchor.Seq > 0 }

// Add takes a row in.
func (p *AuditProof) Add(row *AuditRow) {
	if p.chains == nil {
		p.chains, p.claims = map[string]*auditChain{}, map[string][]auditClaim{}
	}
	p.rows++
	chain := p.chains[row.Chain]
	if chain == nil {
		chain = &auditChain{began: row.RecordedAt}
		p.chains[row.Chain] = chain
	}
	if row.RecordedAt.Before(chain.began) {
		chain.began = row.RecordedAt
	}
	link := auditLink{seq: row.Seq, previous: row.Previous, hash: row.Hash}
	if row.Sum() != row.Hash {
		link.row = new(*row)
	}
	chain.links = append(chain.links, link)
	if row.Action == AuditAnchor && link.row == nil { // an altered anchor is told as such and proves nothing
		p.claim(row)
	}
}

func (p *AuditProof) claim(anchor *AuditRow) {
	if !anchor.RecordedAt.Before(p.at) {
		p.anchor, p.at = AuditHead{Chain: anchor.Chain, Seq: anchor.Seq, Hash: anchor.Hash}, anchor.RecordedAt
	}
	heads, err := anchor.heads()
	if err != nil {
		return // its hash is right, so it was written so: it claims nothing
	}
	for _, head := range heads {
		p.claims[head.Chain] = append(p.claims[head.Chain], auditClaim{head, fmt.Sprintf("%s/%d", anchor.Chain, anchor.Seq)})
	}
}

// Faults returns what is wrong with the rows, the earliest chain's first; none when they are as they were written. What
// nothing shows is a tail cut off, or a row rewritten with all that follow, behind which no anchor stands.
func (p *AuditProof) Faults() []AuditFault {
	names := map[string]bool{}
	for name := range p.chains {
		names[name] = true
	}
	for name := range p.claims {
		names[name] = true
	}
	var faults []AuditFault
	for _, name := range slices.Sorted(maps.Keys(names)) {
		chain := p.chains[name]
		if chain == nil {
			chain = &auditChain{} // an anchor knows of it and nothing of it is left
		}
		faults = append(faults, chain.check(name, p.claims[name])...)
	}
	slices.SortStableFunc(faults, func(a, b AuditFault) int {
		return cmp.Or(a.began.Compare(b.began), cmp.Compare(a.Chain, b.Chain), cmp.Compare(a.Seq, b.Seq))
	})
	return faults
}

// check returns one chain's faults, at most one of a kind a place.
func (c *auditChain) check(name string, claims []auditClaim) []AuditFault {
	slices.SortStableFunc(c.links, func(a, b auditLink) int { return cmp.Compare(a.seq, b.seq) })
	faults := auditFaults{chain: name, began: c.began, told: map[uint64]bool{}}
	written := c.places()
	var before auditLink // the zero link stands before the first row
	known := true        // whether before is as it was written
	for i := range c.links {
		link := &c.links[i]
		if i > 0 && link.seq == before.seq {
			if link.hash != before.hash || link.row != nil {
				faults.add(AuditFault{Kind: AuditExtra, Seq: link.seq})
			}
			continue // the same row twice says nothing else
		}
		if link.seq != before.seq+1 {
			faults.add(AuditFault{Kind: AuditMissing, Seq: before.seq + 1, Until: link.seq - 1})
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
func (c *auditChain) against(claims []auditClaim, last uint64, faults *auditFaults) {
	var latest auditClaim
	for _, claim := range claims {
		if claim.Seq > latest.Seq {
			latest = claim
		}
		at, found := slices.BinarySearchFunc(c.links, claim.Seq, func(l auditLink, seq uint64) int { return cmp.Compare(l.seq, seq) })
		if found && c.links[at].hash != claim.Hash && !faults.told[claim.Seq] {
			faults.add(AuditFault{Kind: AuditAltered, Seq: claim.Seq, Anchor: claim.anchor})
		}
	}
	if latest.Seq > last {
		faults.add(AuditFault{Kind: AuditCut, Seq: last + 1, Until: latest.Seq, Anchor: latest.anchor})
	}
}

// auditFaults collects a chain's faults.
type auditFaults struct {
	chain string
	began time.Time
	list  []AuditFault
	told  map[uint64]bool
}

func (f *auditFaults) add(fault AuditFault) {
	fault.Chain, fault.began = f.chain, f.began
	f.list = append(f.list, fault)
	f.told[fault.Seq] = true
}

// unsound tells of a row whose hash is not that of its content, and whether it was written at another place.
func (f *auditFaults) unsound(link *auditLink, written auditPlaces) (moved bool) {
	was, moved := written.of(link.row)
	if moved {
		f.add(AuditFault{Kind: AuditReordered, Seq: link.seq, Was: was})
	} else {
		f.add(AuditFault{Kind: AuditAltered, Seq: link.seq})
	}
	return moved
}

// broken tells of a row that does not hold the hash of the one before it. The one before was rewritten with a hash of
// its own, unless the row itself is no longer what was written.
func (f *auditFaults) broken(before, link auditLink) {
	switch {
	case link.row != nil: // told for itself
	case before.seq == 0:
		f.add(AuditFault{Kind: AuditAltered, Seq: link.seq})
	case !f.told[before.seq]:
		f.add(AuditFault{Kind: AuditAltered, Seq: before.seq})
	}
}

// auditPlaces are the places of a chain at which no row stands that was written there.
type auditPlaces []uint64

// mostAuditPlaces bounds the search for where a row was written; beyond it a re-ordered row is told as altered.
const mostAuditPlaces = 1_000

func (c *auditChain) places() auditPlaces {
	var places auditPlaces
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
func (p auditPlaces) of(row *AuditRow) (uint64, bool) {
	moved := *row
	for _, seq := range p {
		if moved.Seq = seq; moved.Sum() == row.Hash {
			return seq, true
		}
	}
	return 0, false
}
