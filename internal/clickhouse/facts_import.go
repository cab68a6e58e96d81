package clickhouse

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"mirsad/internal/programme"
)

// AppendAll appends many drafts at once, one block a family, and returns how many facts it added.
//
// The same again adds nothing: of a subject's drafts, those already in its stream, from the first on
// and in their order, are left out, and so is one equal to the fact before it. Equal means the same body and
// the same effective date. A draft that names the newest fact read (After) is compared with that and later ones only: a
// list may go back to what it said before. ErrAlreadyDecided: somebody else appended to one of the streams meanwhile; the import
// may be run again.
func (db *FactStore) AppendAll(ctx context.Context, drafts []programme.Draft) (int, error) {
	added := 0
	for _, family := range programme.Families() {
		var some []programme.Draft
		for _, draft := range drafts {
			if draft.Family == family {
				some = append(some, draft)
			}
		}
		n, err := db.appendFamily(ctx, family, some)
		if err != nil {
			return added, err
		}
		added += n
	}
	return added, nil
}

func (db *FactStore) appendFamily(ctx context.Context, family programme.Family, drafts []programme.Draft) (int, error) {
	if len(drafts) == 0 {
		return 0, nil
	}
	standing, err := db.Facts(ctx, []programme.Family{family}, time.Time{})
	if err != nil {
		return 0, err
	}
	streams := map[string]*stream{}
	for _, fact := range standing {
		s := streamOf(streams, fact.Subject)
		s.facts = append(s.facts, fact)
	}
	var added []programme.Fact
	for _, draft := range drafts {
		s := streamOf(streams, draft.Subject)
		fact, err := db.factOf(draft, s.next())
		if err != nil {
			return 0, err
		}
		if s.admits(fact, draft.After) {
			added = append(added, fact)
		}
	}
	if len(added) == 0 {
		return 0, nil
	}
	if err := db.insertFacts(ctx, family, tokenOf(added), added); err != nil {
		return 0, err
	}
	return len(added), db.checkUncontested(ctx, family, added)
}

// stream is a subject's facts, and how far the drafts of this call have been found among them.
type stream struct {
	facts   []programme.Fact
	matched int // facts up to here are accounted for by drafts already seen
	grows   bool
}

func streamOf(streams map[string]*stream, subject string) *stream {
	if streams[subject] == nil {
		streams[subject] = &stream{}
	}
	return streams[subject]
}

func (s *stream) next() uint32 {
	if len(s.facts) == 0 {
		return 1
	}
	return s.facts[len(s.facts)-1].Seq + 1
}

// admits reports whether the fact says something that the stream does not say yet, and adds it if so. What was there
// when the importer read the stream up to a sequence was weighed by it.
func (s *stream) admits(fact programme.Fact, after uint32) bool {
	for s.matched < len(s.facts) && s.facts[s.matched].Seq < after {
		s.matched++
	}
	if !s.grows {
		for i := s.matched; i < len(s.facts); i++ {
			if sameFact(s.facts[i], fact) {
				s.matched = i + 1
				return false
			}
		}
	}
	if last := len(s.facts) - 1; last >= 0 && sameFact(s.facts[last], fact) {
		return false
	}
	s.grows = true
	s.facts = append(s.facts, fact)
	return true
}

func sameFact(a, b programme.Fact) bool {
	return a.EffectiveOn == b.EffectiveOn && bytes.Equal(a.Body, b.Body)
}

// tokenOf names a block by its content, so that two who import the same at the same time add it once.
func tokenOf(added []programme.Fact) string {
	hash := sha256.New()
	for _, fact := range added {
		_, _ = fmt.Fprintf(hash, "%q %d %d %q\n", fact.Subject, fact.Seq, fact.EffectiveOn, fact.Body) // never fails
	}
	return "import/" + hex.EncodeToString(hash.Sum(nil))
}

// checkUncontested fails when a place of an added fact was taken by another meanwhile.
func (db *FactStore) checkUncontested(ctx context.Context, family programme.Family, added []programme.Fact) error {
	q, err := db.queries.ofFamily("facts.Contested", family)
	if err != nil {
		return err
	}
	type place struct {
		subject string
		seq     uint32
	}
	type claim struct {
		place
		id string
	}
	contested, err := list(ctx, db.conn, facts, q, func(r *record) claim {
		return claim{place: place{subject: r.text(), seq: r.uint32()}, id: r.text()}
	})
	if err != nil || len(contested) == 0 {
		return err
	}
	standing := map[place]string{}
	for _, c := range contested {
		standing[c.place] = c.id
	}
	for _, fact := range added {
		if id, found := standing[place{fact.Subject, fact.Seq}]; found && id != fact.ID {
			return fmt.Errorf(
				"%w: %s %q was changed during the import", programme.ErrAlreadyDecided, family, fact.Subject,
			)
		}
	}
	return nil
}
