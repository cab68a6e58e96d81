package ingest

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"mirsad/internal/programme"
)

// errRecord says that a record of the spool is not what this program wrote.
var errRecord = errors.New("record of the spool can not be read")

// recordReader takes a record apart; after a fault it reads zero values and err is set.
type recordReader struct {
	data []byte
	err  error
	// format is that of the record being read.
	format byte
	// names holds each name once: chunks repeat few services and entities many times.
	names map[string]string
	// entity and service are those of the last usage event: mostly the next one's as well.
	entity, service string
}

// readRecord appends the record's receipt and rows to the chunk.
func (r *recordReader) readRecord(data []byte, into *chunk) error {
	r.data, r.err = data, nil
	if r.format = r.byte(); r.format != recordFormat && r.format != earlierFormat {
		return fmt.Errorf("%w: format %d", errRecord, r.format)
	}
	receipt := into.begin(r.receipt())
	for len(r.data) > 0 && r.err == nil {
		letter := r.byte()
		switch at := places[letter]; {
		case letter == refusalLetter:
			into.refusals = append(into.refusals, r.refusal(receipt))
		case at == noKind:
			return fmt.Errorf("%w: kind of row %d", errRecord, letter)
		default:
			into.blocks[at].read(r, receipt)
		}
	}
	return r.err
}

func (r *recordReader) receipt() programme.Receipt {
	receipt := programme.Receipt{ID: r.text(), Actor: r.name(), Entity: r.name()}
	copy(receipt.BodyHash[:], r.take(len(receipt.BodyHash)))
	receipt.Accepted = int(r.unsigned()) //nolint:gosec // written from an int
	receipt.Rejected = int(r.unsigned()) //nolint:gosec // written from an int
	receipt.RecordedAt = r.instant()
	return receipt
}

func (r *recordReader) refusal(receipt *programme.Receipt) programme.Refusal {
	refused := programme.Refusal{
		Receipt: receipt.ID, RecordedAt: receipt.RecordedAt,
		Index:  int(r.unsigned()), //nolint:gosec // written from an int
		Entity: r.name(), EventID: r.text(), Code: programme.RefusalCode(r.name()), Field: r.text(),
		Format: programme.RowFormat(r.name()),
	}
	if r.format != earlierFormat {
		refused.Reasons = r.text()
	}
	refused.Raw = bytes.Clone(r.sized())
	return refused
}

func (r *recordReader) fail() {
	if r.err == nil {
		r.err = fmt.Errorf("%w: it ends early", errRecord)
	}
	r.data = nil
}

func (r *recordReader) take(n int) []byte {
	if n < 0 || n > len(r.data) {
		r.fail()
		return nil
	}
	taken := r.data[:n]
	r.data = r.data[n:]
	return taken
}

func (r *recordReader) byte() byte {
	if taken := r.take(1); taken != nil {
		return taken[0]
	}
	return 0
}

func (r *recordReader) unsigned() uint64 {
	value, n := binary.Uvarint(r.data)
	if n <= 0 {
		r.fail()
		return 0
	}
	r.data = r.data[n:]
	return value
}

func (r *recordReader) signed() int64 {
	value, n := binary.Varint(r.data)
	if n <= 0 {
		r.fail()
		return 0
	}
	r.data = r.data[n:]
	return value
}

func (r *recordReader) instant() time.Time { return time.UnixMicro(r.signed()).UTC() }

// moment reads an instant that may be none.
func (r *recordReader) moment() time.Time {
	if at := r.signed(); at != 0 {
		return time.UnixMicro(at).UTC()
	}
	return time.Time{}
}

//nolint:gosec // take refuses what is out of range
func (r *recordReader) sized() []byte { return r.take(int(r.unsigned())) }

func (r *recordReader) text() string { return string(r.sized()) }

// mostNames bounds what a reader remembers; senders choose some of the names.
const mostNames = 16_384

// name reads a text that many rows repeat.
func (r *recordReader) name() string {
	raw := r.sized()
	if name, known := r.names[string(raw)]; known {
		return name
	}
	name := string(raw)
	if r.names == nil || len(r.names) == mostNames {
		r.names = map[string]string{}
	}
	r.names[name] = name
	return name
}

// again reads a name over the last one of its kind.
func (r *recordReader) again(last *string) {
	before := r.data
	if string(r.sized()) != *last {
		r.data = before
		*last = r.name()
	}
}
