package spool

import (
	"context"
	"fmt"

	"github.com/cockroachdb/pebble/v2"
)

// Append stores the records, all or none, and returns the sequence of the first
// once they are on disk. It answers ErrFull above the high-water mark. A cancelled
// context is honoured before the write; a write begun is always waited for.
func (s *Spool) Append(ctx context.Context, records ...Record) (uint64, error) {
	if err := ctx.Err(); err != nil {
		return 0, fmt.Errorf("append to spool: %w", err)
	}
	batch := s.db.NewBatchWithSize(sizeOf(records))
	first, err := s.begin(batch, records)
	if err != nil {
		_ = batch.Close() // its error says only that the batch was closed before
		return 0, fmt.Errorf("append to spool: %w", err)
	}
	defer s.writes.Done()
	if err := batch.SyncWait(); err != nil {
		return 0, fmt.Errorf("sync spool: %w", err)
	}
	if err := s.acknowledged.note(first+rowsOf(records), 0); err != nil {
		return 0, err
	}
	s.signal()
	return first, batch.Close()
}

// begin gives the records their places and hands them to the log in that order;
// the sync is waited for outside the lock, where many appends share it.
func (s *Spool) begin(batch *pebble.Batch, records []Record) (uint64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.check(); err != nil {
		return 0, err
	}
	now := s.now()
	head, tail := s.head, s.tail
	if head.row == tail.row {
		head.at = now
	}
	for _, record := range records {
		if record.Rows < 1 {
			return 0, fmt.Errorf("a record stands for %d rows", record.Rows)
		}
		value := batch.SetDeferred(9, headerSize+len(record.Data))
		copy(value.Key, recordKey(tail.row))
		//nolint:gosec // at most 10,000
		putHeader(value.Value, header{before: tail.bytes, at: now, rows: uint32(record.Rows)})
		copy(value.Value[headerSize:], record.Data)
		if err := value.Finish(); err != nil {
			return 0, err
		}
		tail.row += uint64(record.Rows)
		tail.bytes += uint64(headerSize + len(record.Data))
	}
	if err := s.db.ApplyNoSyncWait(batch, pebble.Sync); err != nil {
		return 0, err
	}
	first := s.tail.row
	s.head, s.tail = head, tail
	s.writes.Add(1)
	return first, nil
}

func rowsOf(records []Record) uint64 {
	rows := uint64(0)
	for _, record := range records {
		rows += uint64(record.Rows) //nolint:gosec // at least one
	}
	return rows
}

func sizeOf(records []Record) int {
	size := 64
	for _, record := range records {
		size += len(record.Data) + 64
	}
	return size
}
