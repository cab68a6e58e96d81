package spool

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/cockroachdb/pebble/v2"
)

// Range is the records whose sequence is at or above From and below To.
type Range struct{ From, To uint64 }

// Empty reports whether the range holds nothing.
func (r Range) Empty() bool { return r.From >= r.To }

// Take returns the range of the first waiting records that together have at least
// rows rows, or of all when fewer wait. A chunk persisted by SetChunk comes first,
// whatever rows says: it must be written exactly as it was begun.
func (s *Spool) Take(rows int) (Range, error) {
	chunk, err := s.Chunk()
	if err != nil || !chunk.Empty() {
		return chunk, err
	}
	s.mu.Lock()
	head, tail := s.head.row, s.tail.row
	s.mu.Unlock()
	if tail-head <= uint64(rows) { //nolint:gosec // a setting, never negative
		return Range{From: head, To: tail}, nil
	}
	to := tail
	iter, err := s.db.NewIter(recordBounds(Range{From: head + uint64(rows), To: tail})) //nolint:gosec // as above
	if err != nil {
		return Range{}, fmt.Errorf("take from spool: %w", err)
	}
	if iter.First() {
		to = rowOf(iter.Key())
	}
	if err := errors.Join(iter.Error(), iter.Close()); err != nil {
		return Range{}, fmt.Errorf("take from spool: %w", err)
	}
	return Range{From: head, To: to}, nil
}

// SetChunk persists the range that is about to be written elsewhere; it returns after the sync.
func (s *Spool) SetChunk(r Range) error {
	value := binary.BigEndian.AppendUint64(nil, r.From)
	value = binary.BigEndian.AppendUint64(value, r.To)
	if err := s.db.Set([]byte(keyChunk), value, pebble.Sync); err != nil {
		return fmt.Errorf("persist chunk: %w", err)
	}
	return nil
}

// Chunk returns the range persisted by SetChunk and not yet deleted; empty when there is none.
func (s *Spool) Chunk() (Range, error) {
	value, err := s.get(keyChunk)
	if err != nil {
		return Range{}, fmt.Errorf("read chunk: %w", err)
	}
	if len(value) != 16 {
		return Range{}, nil
	}
	return Range{From: binary.BigEndian.Uint64(value), To: binary.BigEndian.Uint64(value[8:])}, nil
}

// Each calls visit with the sequence and bytes of every record of the range, in
// order, until it fails. The bytes are valid during the call only.
func (s *Spool) Each(r Range, visit func(row uint64, data []byte) error) error {
	iter, err := s.db.NewIter(recordBounds(r))
	if err != nil {
		return fmt.Errorf("read spool: %w", err)
	}
	for iter.First(); iter.Valid(); iter.Next() {
		if err := visit(rowOf(iter.Key()), iter.Value()[headerSize:]); err != nil {
			return errors.Join(err, iter.Close())
		}
	}
	if err := errors.Join(iter.Error(), iter.Close()); err != nil {
		return fmt.Errorf("read spool: %w", err)
	}
	return nil
}

// Record returns a copy of the record that begins at the sequence; nil when it is no longer waiting.
func (s *Spool) Record(row uint64) ([]byte, error) {
	value, err := s.get(string(recordKey(row)))
	if err != nil || value == nil {
		return nil, err
	}
	return value[headerSize:], nil
}

// Delete removes the records at the front of the queue up to the range's end, and
// the persisted chunk with them, in one step on disk.
func (s *Spool) Delete(r Range) error {
	batch := s.db.NewBatch()
	err := errors.Join(
		batch.DeleteRange(recordKey(r.From), recordKey(r.To), nil),
		batch.Delete([]byte(keyChunk), nil),
		batch.Set([]byte(keyEnd), binary.BigEndian.AppendUint64(nil, r.To), nil),
		batch.Commit(pebble.Sync),
		batch.Close(),
	)
	if err != nil {
		return fmt.Errorf("delete from spool: %w", err)
	}
	if err := s.acknowledged.note(0, r.To); err != nil {
		return err
	}
	return s.advance(r.To)
}

// advance moves the queue's front to the first record from row on; before it there may be places that were lost.
func (s *Spool) advance(row uint64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	iter, err := s.db.NewIter(recordBounds(Range{From: row, To: ^uint64(0)}))
	if err != nil {
		return fmt.Errorf("read spool: %w", err)
	}
	if iter.First() {
		first := parseHeader(iter.Value())
		s.head = mark{row: rowOf(iter.Key()), bytes: first.before, at: first.at}
	} else {
		s.head = s.tail
		s.head.at = time.Time{}
	}
	if err := errors.Join(iter.Error(), iter.Close()); err != nil {
		return fmt.Errorf("read spool: %w", err)
	}
	return nil
}
