package clickhouse

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"

	"mirsad/internal/civil"
)

// record reads the rows of an answer in the format RowBinary, field by field, without reflection and with
// each distinct name kept once: 700,000 rows take a fraction of a second. After a fault every field is zero.
type record struct {
	reader  *bufio.Reader
	names   map[string]string
	periods map[uint16]civil.Period
	counted uint64 // sum of all that count has read
	err     error
}

// errBeyond says that numbers can't be added up exactly. A fault is shown in their place: a wrapped or rounded number
// would be believed.
var errBeyond = errors.New("numbers are beyond 2^52 and can't be added up exactly: an event or statement is far too large")

// mostCounted bounds the sum of all numbers of one answer, so that no sum of some of them, of events and of statements
// together, leaves what every reader of JSON takes exactly (docs/rules.md#largest-numbers).
const mostCounted = 1 << 52

func newRecord(stream io.Reader) *record {
	return &record{
		reader:  bufio.NewReaderSize(stream, 1<<18),
		names:   map[string]string{},
		periods: map[uint16]civil.Period{},
	}
}

// next reports whether another row begins.
func (r *record) next() bool {
	if r.err != nil {
		return false
	}
	_, err := r.reader.Peek(1)
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	return err == nil
}

// fault returns what went wrong; an answer that ends within a row is one.
func (r *record) fault() error {
	if errors.Is(r.err, io.EOF) {
		return fmt.Errorf("the answer ends within a row: %w", io.ErrUnexpectedEOF)
	}
	return r.err
}

// fixed returns the next size bytes, valid until the next read.
func (r *record) fixed(size int) []byte {
	if r.err == nil {
		var bytes []byte
		if bytes, r.err = r.reader.Peek(size); r.err == nil {
			_, r.err = r.reader.Discard(size)
			return bytes
		}
	}
	return make([]byte, size)
}

func (r *record) uint8() uint8   { return r.fixed(1)[0] }
func (r *record) uint16() uint16 { return binary.LittleEndian.Uint16(r.fixed(2)) }
func (r *record) uint32() uint32 { return binary.LittleEndian.Uint32(r.fixed(4)) }
func (r *record) uint64() uint64 { return binary.LittleEndian.Uint64(r.fixed(8)) }
func (r *record) int64() int64   { return int64(r.uint64()) } //nolint:gosec // the same 8 bytes, read as signed

// exact returns the next number, which is published as it is.
func (r *record) exact() int64 {
	value := r.uint64()
	if r.err == nil && value > mostCounted {
		r.err = errBeyond
	}
	if r.err != nil {
		return 0
	}
	return int64(value) //nolint:gosec // at most 2^52
}

// count is exact of a number that is added to others of the answer.
func (r *record) count() int64 {
	value := r.exact()
	r.counted += uint64(value) //nolint:gosec // not negative
	if r.err == nil && r.counted > mostCounted {
		r.err = errBeyond
	}
	return value
}

func (r *record) length() int {
	if r.err != nil {
		return 0
	}
	size, err := binary.ReadUvarint(r.reader)
	if err == nil && size > 1<<30 {
		err = errors.New("a field of over 1 GiB")
	}
	if err != nil {
		r.err = err
		return 0
	}
	return int(size) //nolint:gosec // at most 1 GiB, by the check above
}

// bytes returns a copy of the next text's bytes.
func (r *record) bytes() []byte {
	content := make([]byte, r.length())
	if r.err == nil {
		_, r.err = io.ReadFull(r.reader, content)
	}
	return content
}

func (r *record) text() string { return string(r.bytes()) }

// name returns the next text, each distinct one kept once.
func (r *record) name() string {
	size := r.length()
	if size > r.reader.Size() {
		r.err = errors.New("a name of over 256 KiB")
		return ""
	}
	bytes := r.fixed(size)
	if known, found := r.names[string(bytes)]; found {
		return known
	}
	name := string(bytes)
	r.names[name] = name
	return name
}

// unixEpoch is day 0 of the database's dates.
var unixEpoch = civil.NewDate(1970, time.January, 1)

// date reads a Date: days, without a zone, so that it can't shift.
func (r *record) date() civil.Date { return unixEpoch + civil.Date(r.uint16()) }

// dates reads an Array(Date).
func (r *record) dates() []civil.Date {
	dates := make([]civil.Date, r.length())
	for i := range dates {
		dates[i] = r.date()
	}
	return dates
}

// texts reads an Array(String).
// counts reads a list of whole numbers.
func (r *record) counts() []int64 {
	counts := make([]int64, r.length())
	for i := range counts {
		counts[i] = r.count()
	}
	return counts
}

func (r *record) texts() []string {
	texts := make([]string, r.length())
	for i := range texts {
		texts[i] = r.text()
	}
	return texts
}

// date32 reads a Date32.
func (r *record) date32() civil.Date {
	return unixEpoch + civil.Date(int32(r.uint32())) //nolint:gosec // the same 4 bytes, read as signed
}

// dateOrNone reads a Nullable(Date32).
func (r *record) dateOrNone() civil.Date {
	if r.uint8() != 0 {
		return 0
	}
	return r.date32()
}

// month reads a Date that means its month.
func (r *record) month() civil.Period {
	return r.period(func(day civil.Date) civil.Period { return day.Month().Period() })
}

// day reads a Date as a period of one day.
func (r *record) day() civil.Period { return r.period(civil.DayPeriod) }

func (r *record) period(of func(civil.Date) civil.Period) civil.Period {
	number := r.uint16()
	period, found := r.periods[number]
	if !found {
		period = of(unixEpoch + civil.Date(number))
		r.periods[number] = period
	}
	return period
}

// instant reads a DateTime64(6).
func (r *record) instant() time.Time { return time.UnixMicro(r.int64()).UTC() }

// instantOrNone reads a DateTime64(6) in which the epoch means never: the zero time.
func (r *record) instantOrNone() time.Time {
	if micro := r.int64(); micro != 0 {
		return time.UnixMicro(micro).UTC()
	}
	return time.Time{}
}
