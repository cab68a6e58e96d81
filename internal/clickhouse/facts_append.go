package clickhouse

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// factOf returns the draft as a fact at a place of its stream.
func (db *FactStore) factOf(draft programme.Draft, seq uint32) (programme.Fact, error) {
	if draft.Subject == "" {
		return programme.Fact{}, fmt.Errorf("%w: a fact without a subject", programme.ErrInvalid)
	}
	if on := draft.EffectiveOn; !on.IsZero() && (on < firstDate32 || on > lastDate32) {
		return programme.Fact{}, fmt.Errorf(
			"%w: effective date %s is not within %s and %s", programme.ErrInvalid, on, firstDate32, lastDate32,
		)
	}
	body, err := canonical(draft.Body)
	if err != nil {
		return programme.Fact{}, fmt.Errorf(
			"%w: body of %s %q: %w", programme.ErrInvalid, draft.Family, draft.Subject, err,
		)
	}
	return programme.Fact{
		Family: draft.Family, Subject: draft.Subject, Seq: seq, ID: rand.Text(), EffectiveOn: draft.EffectiveOn,
		RecordedAt: db.now(), Actor: draft.Actor, Reason: draft.Reason, Body: body,
	}, nil
}

// now is the moment of recording, as exactly as the database keeps it.
func (db *conn) now() time.Time { return db.Now().UTC().Truncate(time.Microsecond) }

func (db *FactStore) insertFacts(
	ctx context.Context, family programme.Family, token string, rows []programme.Fact,
) error {
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

func dateOrNull(date civil.Date) *time.Time {
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
