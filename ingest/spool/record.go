package spool

import (
	"encoding/binary"
	"time"

	"github.com/cockroachdb/pebble/v2"
)

// Keys: records under 'r' and their sequence; everything else under 'm'.
const (
	keyRecord = 'r'
	keyID     = "m/id"
	keyChunk  = "m/chunk"
	keyStamp  = "m/stamp"
	keyEnd    = "m/end" // the sequence after everything ever deleted
)

// headerSize is the length of the header before a record's bytes.
const headerSize = 8 + 8 + 4

// header comes before each record's bytes.
type header struct {
	before uint64 // bytes ever appended before this record
	at     time.Time
	rows   uint32
}

func recordKey(row uint64) []byte {
	key := make([]byte, 9)
	key[0] = keyRecord
	binary.BigEndian.PutUint64(key[1:], row)
	return key
}

func rowOf(key []byte) uint64 { return binary.BigEndian.Uint64(key[1:]) }

func recordBounds(r Range) *pebble.IterOptions {
	upper := recordKey(r.To)
	if r.To == ^uint64(0) {
		upper = []byte{keyRecord + 1}
	}
	return &pebble.IterOptions{LowerBound: recordKey(r.From), UpperBound: upper}
}

func putHeader(into []byte, h header) {
	binary.BigEndian.PutUint64(into, h.before)
	binary.BigEndian.PutUint64(into[8:], uint64(h.at.UnixMicro()))
	binary.BigEndian.PutUint32(into[16:], h.rows)
}

func parseHeader(value []byte) header {
	return header{
		before: binary.BigEndian.Uint64(value),
		//nolint:gosec // written from a signed number
		at:   time.UnixMicro(int64(binary.BigEndian.Uint64(value[8:]))).UTC(),
		rows: binary.BigEndian.Uint32(value[16:]),
	}
}
