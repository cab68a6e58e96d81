package ingest

import (
	"bytes"
	"sync"
)

// MaxEvents is how many events a body may hold (docs/agencies.md#formats-and-limits).
const MaxEvents = 10_000

// mostSpare is the size up to which a body's buffer is kept for the next body.
const mostSpare = 1 << 20

var bodyBuffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func getBuffer() *bytes.Buffer {
	buffer := bodyBuffers.Get().(*bytes.Buffer) //nolint:forcetypeassert // the pool holds nothing else
	buffer.Reset()
	return buffer
}

func putBuffer(buffer *bytes.Buffer) {
	if buffer.Cap() <= mostSpare {
		bodyBuffers.Put(buffer)
	}
}
