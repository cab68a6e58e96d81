package clickhouse

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"time"

	"mirsad/internal/programme"
)

// Append gives a draft its place after the given sequence of its stream. The token <subject>/<seq> makes it a
// compare-and-set: of those who append after the same sequence one wins. ErrAlreadyDecided: another's fact
// stands there, with who and when in the message; ErrInvalid: the stream has no such sequence yet.
func (db *DB) Append(ctx context.Context, draft programme.Draft, after uint32) (programme.Fact, error) {
	fact, err := db.factOf(draft, after+1)
	if err != nil {
		return programme.Fact{}, err
	}
	// The window of tokens does not reach back for ever, so the place is looked at first.
	standing, follows, err := db.place(ctx, fact)
	switch {
	case err != nil:
		return programme.Fact{}, err
	case len(standing) > 0:
		return programme.Fact{}, alreadyDecided(standing[0])
	case !follows:
		return programme.Fact{}, fmt.Errorf("%w: stream %q has no fact %d to append after", programme.ErrInvalid, fact.Subject, after)
	}
	token := fmt.Sprintf("%s/%d", fact.Subject, fact.Seq)
	inserted := db.insertFacts(ctx, fact.Family, token, []programme.Fact{fact})
	// Read back even after an error: the row may stand although its acknowledgement was lost.
	standing, _, err = db.place(ctx, fact)
	switch {
	case err != nil:
		return programme.Fact{}, err
	case len(standing) == 0 && inserted != nil:
		return programme.Fact{}, inserted
	case len(standing) == 0:
		return programme.Fact{}, fmt.Errorf("%w: fact %s was acknowledged and is not there", programme.ErrUnavailable, token)
	case standing[0].ID != fact.ID:
		return programme.Fact{}, alreadyDecided(standing[0])
	default:
		return fact, nil
	}
}

// place returns what stands at a fact's place of its stream, if anything, and whether the place follows a filled one.
func (db *DB) place(ctx context.Context, fact programme.Fact) (standing []programme.Fact, follows bool, err error) {
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

func alreadyDecided(standing programme.Fact) error {
	return fmt.Errorf("%w: by %s at %s", programme.ErrAlreadyDecided, standing.Actor, standing.RecordedAt.Format(time.RFC3339))
}

// factOf returns the draft as a fact at a place of its stream.
func (db *DB) factOf(draft programme.Draft, seq uint32) (programme.Fact, error) {
	if draft.Subject == "" {
		return programme.Fact{}, fmt.Errorf("%w: a fact without a subject", programme.ErrInvalid)
	}
	if on := draft.EffectiveOn; !on.IsZero() && (on < firstDate32 || on > lastDate32) {
		return programme.Fact{}, fmt.Errorf("%w: effective date %s is not within %s and %s", programme.ErrInvalid, on, firstDate32, lastDate32)
	}
	body, err := canonical(draft.Body)
	if err != nil {
		return programme.Fact{}, fmt.Errorf("%w: body of %s %q: %w", programme.ErrInvalid, draft.Family, draft.Subject, err)
	}
	return programme.Fact{
		Family: draft.Family, Subject: draft.Subject, Seq: seq, ID: rand.Text(), EffectiveOn: draft.EffectiveOn,
		RecordedAt: db.now(), Actor: draft.Actor, Reason: draft.Reason, Body: body,
	}, nil
}

// now is the moment of recording, as exactly as the database keeps it.
func (db *DB) now() time.Time { return db.Now().UTC().Truncate(time.Microsecond) }

func (db *DB) insertFacts(ctx context.Context, family programme.Family, token string, rows []programme.Fact) error {
	q, err := db.queries.ofFamily("facts.Append", family)
	if err != nil {
		return err
	}
	return db.insert(ctx, facts, q, token,
		columnOf(rows, func(f *programme.Fact) string { return f.Subject }),
		columnOf(rows, func(f *programme.Fact) uint32 { return f.Seq }),
		columnOf(rows, func(f *programme.Fact) string { return f.ID }),
		columnOf(rows, func(f *programme.Fact) *time.Time { return dateOrNull(f.EffectiveOn) }),
		columnOf(rows, func(f *programme.Fact) time.Time { return f.RecordedAt }),
		columnOf(rows, func(f *programme.Fact) string { return f.Actor }),
		columnOf(rows, func(f *programme.Fact) string { return f.Reason }),
		columnOf(rows, func(f *programme.Fact) string { return string(f.Body) }),
	)
}

func dateOrNull(date programme.Date) *time.Time {
	if date.IsZero() {
		return nil
	}
	return new(date.Time())
}

// canonical writes a value as JSON with sorted keys, so that equal bodies are equal bytes.
func canonical(value any) (json.RawMessage, error) {
	first, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(first))
	decoder.UseNumber()
	var plain any
	if err := decoder.Decode(&plain); err != nil {
		return nil, err
	}
	var written bytes.Buffer
	encoder := json.NewEncoder(&written)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(plain); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(written.Bytes(), []byte("\n")), nil
}
