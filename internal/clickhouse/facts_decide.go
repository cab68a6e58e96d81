package clickhouse

import (
	"context"
	"fmt"
	"time"

	"mirsad/internal/programme"
)

// decideWithin is how long after the read of a stream its next row may be inserted: the token that makes the insert
// a compare-and-set is remembered for a number of inserts, so a decision must not lie about for long.
const decideWithin = 5 * time.Second

// Decide is how every workflow decides on a subject (docs/design.md#facts-are-only-ever-added): it reads the stream,
// asks the rule what to add, adds one fact after the newest, and reads back which fact has that place. The rule sees
// the stream in its sequence and answers the draft, whose family and subject are set here, or an error, which is
// returned as it is and adds nothing.
//
// Of any number of processes that decide on the same stream one wins; the others get a *programme.DecidedError
// with who and when. ErrUnavailable: the database is away, or the decision took longer than 5 s.
func (db *FactStore) Decide(
	ctx context.Context, family programme.Family, subject string,
	rule func(stream []programme.Fact) (programme.Draft, error),
) (programme.Fact, error) {
	within, stop := context.WithTimeout(ctx, decideWithin)
	defer stop()
	stream, err := db.Stream(within, family, subject)
	if err != nil {
		return programme.Fact{}, err
	}
	draft, err := rule(stream)
	if err != nil {
		return programme.Fact{}, err
	}
	draft.Family, draft.Subject = family, subject
	var last uint32
	if len(stream) > 0 {
		last = stream[len(stream)-1].Seq
	}
	fact, err := db.factOf(draft, last+1)
	if err != nil {
		return programme.Fact{}, err
	}
	return db.settle(ctx, within, fact)
}

// Append gives a draft its place after the given sequence of its stream, for a caller that has read the stream before.
// The place is read again here, so that the insert follows a read closely, as in Decide. ErrAlreadyDecided, as a
// *programme.DecidedError: another fact has that place; ErrInvalid: the stream has no such sequence yet.
func (db *FactStore) Append(ctx context.Context, draft programme.Draft, after uint32) (programme.Fact, error) {
	fact, err := db.factOf(draft, after+1)
	if err != nil {
		return programme.Fact{}, err
	}
	within, stop := context.WithTimeout(ctx, decideWithin)
	defer stop()
	standing, follows, err := db.place(within, fact)
	switch {
	case err != nil:
		return programme.Fact{}, err
	case len(standing) > 0:
		return programme.Fact{}, programme.DecidedBy(standing[0])
	case !follows:
		return programme.Fact{}, fmt.Errorf(
			"%w: stream %q has no fact %d to append after", programme.ErrInvalid, fact.Subject, after,
		)
	}
	return db.settle(ctx, within, fact)
}

// settle inserts a fact at its place, before the time of within is up, and finds out whose fact has it then.
func (db *FactStore) settle(ctx, within context.Context, fact programme.Fact) (programme.Fact, error) {
	token := fmt.Sprintf("%s/%d", fact.Subject, fact.Seq)
	inserted := db.insertFacts(within, fact.Family, token, []programme.Fact{fact})
	// Read back even after an error: the row may be stored although its acknowledgement was lost.
	standing, _, err := db.place(ctx, fact)
	switch {
	case err != nil:
		return programme.Fact{}, err
	case len(standing) == 0 && inserted != nil:
		return programme.Fact{}, inserted
	case len(standing) == 0:
		return programme.Fact{}, fmt.Errorf(
			"%w: fact %s was acknowledged and is not there", programme.ErrUnavailable, token,
		)
	case standing[0].ID != fact.ID:
		return programme.Fact{}, programme.DecidedBy(standing[0])
	default:
		return fact, nil
	}
}

// place returns the rows at a fact's place of its stream, if any, and whether the place follows a filled one.
func (db *FactStore) place(
	ctx context.Context, fact programme.Fact,
) (standing []programme.Fact, follows bool, err error) {
	found, err := db.factsOf(ctx, "facts.Place", fact.Family, bind("subject", fact.Subject), bind("seq", fact.Seq))
	if err != nil {
		return nil, false, err
	}
	follows = fact.Seq == 1
	for _, each := range found {
		if each.Seq == fact.Seq {
			standing = append(standing, each)
		} else {
			follows = true
		}
	}
	return standing, follows, nil
}
