// Package spool is the durable queue between an answer of 202 and the database.
//
// A record is opaque bytes that hold a number of rows. The sequence counts
// rows, not records: a record of 500 rows appended at 1,000 is followed by one at
// 1,500, so the depth in rows is a difference and never a scan. Append answers
// after the record is on disk; concurrent appends share one sync. A reader takes
// ranges in order, persists the range that it is about to write elsewhere
// (SetChunk), and deletes it when that is done, so that after a crash the very
// same range is taken again.
package spool

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/cockroachdb/pebble/v2"
)

// ErrFull is what Append answers above the high-water mark or when the disk is nearly full; try again later.
var ErrFull = errors.New("spool is full")

// ErrDiskFull is the ErrFull of a disk that has no room left beyond the reserve.
var ErrDiskFull = fmt.Errorf("%w: the disk is nearly full", ErrFull)

// ErrClosed is what every method answers after Close.
var ErrClosed = errors.New("spool is closed")

// DefaultHighWater is the number of waiting bytes above which Append answers ErrFull: 4 GiB.
const DefaultHighWater = 4 << 30

// Configuration is where the spool lives and how much it may hold.
type Configuration struct {
	// Dir is the folder of the spool's files; it is created when absent and belongs to one process at a time.
	Dir string
	// HighWater is in bytes of waiting records; 0 means DefaultHighWater.
	HighWater int64
	// Reserve is how many bytes of the disk stay free: below, Append answers ErrFull, so that the database on the same
	// disk can still take what waits. 0: none.
	Reserve int64
}

// Dependencies are what the spool is given.
type Dependencies struct {
	Logger *slog.Logger
	Now    func() time.Time
}

// Record is what is appended: opaque bytes that hold Rows rows, at least one.
type Record struct {
	Rows int
	Data []byte
}

// Spool is the queue; its methods may be called at the same time.
type Spool struct {
	configuration Configuration
	logger        *slog.Logger
	now           func() time.Time
	db            *pebble.DB
	id            string
	acknowledged  *acknowledged
	wake          chan struct{}
	writes        sync.WaitGroup // writes under way, waited for by Close

	mu     sync.Mutex // orders appends: what is readable never has a gap before it
	closed bool
	disk   disk
	newest time.Time // when the last record was appended that was found at the opening
	head   mark      // the first waiting record
	tail   mark      // where the next record will be
	stamps stamps
}

// mark is a place in the queue: rows and bytes ever appended before it, and when its record was.
type mark struct {
	row   uint64
	bytes uint64
	at    time.Time
}

// Open opens or creates the spool in its folder; another process's spool there is an error.
func Open(configuration Configuration, dependencies Dependencies) (*Spool, error) {
	if configuration.HighWater == 0 {
		configuration.HighWater = DefaultHighWater
	}
	if err := os.MkdirAll(configuration.Dir, 0o750); err != nil {
		return nil, fmt.Errorf("open spool: %w", err)
	}
	before, err := openAcknowledged(configuration.Dir)
	if err != nil {
		return nil, fmt.Errorf("open spool: %w", err)
	}
	db, kept, aside, err := openFiles(configuration, dependencies)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open spool: %w", err), before.close())
	}
	s := &Spool{
		configuration: configuration, logger: dependencies.Logger, now: dependencies.Now,
		db: db, wake: make(chan struct{}, 1), acknowledged: before,
		disk: disk{dir: configuration.Dir, reserve: configuration.Reserve, free: freeBytes},
	}
	if err := s.restore(kept, aside); err != nil {
		return nil, errors.Join(fmt.Errorf("read spool: %w", err), s.acknowledged.close(), db.Close())
	}
	return s, nil
}

// options are tuned for records that live for a second: big memtables, no compression, early reclaim.
func options(logger *slog.Logger) *pebble.Options {
	o := &pebble.Options{
		MemTableSize:                64 << 20,
		MemTableStopWritesThreshold: 4,
		FlushDelayDeleteRange:       time.Second,
		L0CompactionThreshold:       2,
		FormatMajorVersion:          pebble.FormatNewest,
		Logger:                      quiet{logger},
	}
	o.ApplyCompressionSettings(func() pebble.DBCompressionSettings { return pebble.DBCompressionNone })
	return o
}

// restore reads the spool's identity and finds the queue's two ends.
func (s *Spool) restore(kept keeper, aside bool) error {
	if err := s.restoreID(); err != nil {
		return err
	}
	if err := s.restoreStamps(); err != nil {
		return err
	}
	end, err := s.number(keyEnd)
	if err != nil {
		return err
	}
	s.tail = mark{row: end}
	if err := s.restoreEnds(); err != nil {
		return err
	}
	if err := s.restoreAcknowledged(kept, aside); err != nil {
		return err
	}
	if s.head.row < s.tail.row {
		s.signal()
	}
	return nil
}

// restoreAcknowledged misses what was acknowledged and was not read. The places of what is missing are never given
// again: the store may know blocks by them.
func (s *Spool) restoreAcknowledged(kept keeper, aside bool) error {
	if err := s.missed(s.acknowledged, kept, aside); err != nil {
		return err
	}
	if aside { // another spool, with places of its own; the file of the old one went with it
		before := s.acknowledged
		var err error
		if s.acknowledged, err = openAcknowledged(s.configuration.Dir); err != nil {
			return err
		}
		return before.close()
	}
	if beyond := s.acknowledged.appended; beyond > s.tail.row {
		empty := s.head.row == s.tail.row
		s.tail.row = beyond
		if empty {
			s.head = s.tail
		}
	}
	return s.acknowledged.note(s.tail.row, s.head.row)
}

func (s *Spool) restoreEnds() error {
	iter, err := s.db.NewIter(recordBounds(Range{To: ^uint64(0)}))
	if err != nil {
		return err
	}
	if iter.Last() {
		last := parseHeader(iter.Value())
		s.tail = mark{
			row:   rowOf(iter.Key()) + uint64(last.rows),
			bytes: last.before + uint64(len(iter.Value())),
		}
		s.newest = last.at
	}
	s.head = s.tail
	if iter.First() {
		first := parseHeader(iter.Value())
		s.head = mark{row: rowOf(iter.Key()), bytes: first.before, at: first.at}
	}
	return errors.Join(iter.Error(), iter.Close())
}

func (s *Spool) restoreID() error {
	id, err := s.get(keyID)
	if err != nil {
		return err
	}
	if id == nil {
		id = make([]byte, 8)
		_, _ = rand.Read(id) // never fails
		if err := s.db.Set([]byte(keyID), id, pebble.Sync); err != nil {
			return err
		}
	}
	s.id = hex.EncodeToString(id)
	return nil
}

// ID returns the spool's identity, given at its first opening: 16 hexadecimal digits.
func (s *Spool) ID() string { return s.id }

// Wake returns a channel that receives after records have been appended; one signal may cover many.
func (s *Spool) Wake() <-chan struct{} { return s.wake }

func (s *Spool) signal() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Depth is how much is waiting.
type Depth struct {
	Rows  int64
	Bytes int64
	// Oldest is when the first waiting record was appended; zero when none waits.
	Oldest time.Time
}

// Depth returns how much is waiting now.
func (s *Spool) Depth() Depth {
	s.mu.Lock()
	defer s.mu.Unlock()
	return Depth{
		Rows:   int64(s.tail.row - s.head.row),     //nolint:gosec // rows ever appended stay far below 2^63
		Bytes:  int64(s.tail.bytes - s.head.bytes), //nolint:gosec // bytes ever appended stay far below 2^63
		Oldest: s.head.at,
	}
}

// Check reports whether the spool can take records now: nil, ErrFull or ErrClosed.
func (s *Spool) Check(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.check()
}

func (s *Spool) check() error {
	if s.closed {
		return ErrClosed
	}
	if s.tail.bytes-s.head.bytes >= uint64(s.configuration.HighWater) { //nolint:gosec // a setting, never negative
		return ErrFull
	}
	return s.disk.check(s.now())
}

// Close waits for appends under way and closes the files; waiting records stay for the next Open.
func (s *Spool) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	s.mu.Unlock()
	s.writes.Wait()
	if err := errors.Join(s.settleStamps(), s.db.Close(), s.acknowledged.close()); err != nil {
		return fmt.Errorf("close spool: %w", err)
	}
	return nil
}

// get returns a copy of a value, nil when there is none.
func (s *Spool) get(key string) ([]byte, error) {
	value, closer, err := s.db.Get([]byte(key))
	if errors.Is(err, pebble.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return append([]byte{}, value...), closer.Close()
}

// number returns a stored number, 0 when there is none.
func (s *Spool) number(key string) (uint64, error) {
	value, err := s.get(key)
	if err != nil || value == nil {
		return 0, err
	}
	return binary.BigEndian.Uint64(value), nil
}

// quiet sends what pebble reports of its own work to the debug level.
type quiet struct{ logger *slog.Logger }

func (q quiet) Infof(format string, args ...any) {
	q.logger.Debug("spool files", slog.String("event", fmt.Sprintf(format, args...)))
}

func (q quiet) Errorf(format string, args ...any) {
	q.logger.Error("spool files", slog.String("event", fmt.Sprintf(format, args...)))
}

// Fatalf is called when the files can no longer be trusted: going on could acknowledge what is lost.
func (q quiet) Fatalf(format string, args ...any) {
	q.Errorf(format, args...)
	panic("spool files can not be written: " + fmt.Sprintf(format, args...))
}
