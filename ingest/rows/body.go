package rows

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"mirsad/internal/httpserver"
	"mirsad/internal/i18n"
)

// Limits of a body (docs/agencies.md#formats-and-limits).
const (
	MaxSentBytes     = 8 << 20
	MaxInflatedBytes = 64 << 20
)

// ReadSent reads the body as sent into space, at most MaxSentBytes.
func ReadSent(w http.ResponseWriter, r *http.Request, space *bytes.Buffer) error {
	if r.ContentLength > MaxSentBytes {
		return httpserver.TooManyBytes(MaxSentBytes)
	}
	if r.ContentLength > 0 {
		space.Grow(int(r.ContentLength) + bytes.MinRead)
	}
	_, err := space.ReadFrom(http.MaxBytesReader(w, r.Body, MaxSentBytes))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return httpserver.TooManyBytes(MaxSentBytes)
	case err != nil:
		return fmt.Errorf("%w: %w", ErrBroken, err)
	default:
		return nil
	}
}

// ErrBroken says that the body did not arrive whole or can't be inflated.
var ErrBroken = errors.New("body is broken")

// inflatedTooMuch says all that bounds a packed body, for whichever bound it met.
func inflatedTooMuch(most int64) error {
	return httpserver.WithDetail(httpserver.ErrTooLarge, "most_inflated", i18n.Args{"most": most, "times": mostInflation})
}

// Bounds of what inflating takes before the size of the whole is known.
const (
	// trustedBytes are inflated at once. For a larger body the size is counted first, so that a bomb fills no memory.
	trustedBytes = 8 << 20
	// mostInflation is how many times its size a body that is bigger may inflate to: events do 10 to 50 times, nothing
	// but a bomb does 200 times.
	mostInflation = 200
	// largestWindow is the memory that a zstd body may ask its reader for; RFC 8878 recommends to grant 8 MB.
	largestWindow = 8 << 20
)

// ContentEncoding is the name of a content encoding, whatever its case and as it was called before; empty: there is none.
func ContentEncoding(name string) string {
	switch name = strings.ToLower(strings.TrimSpace(name)); name {
	case "identity":
		return ""
	case "x-gzip":
		return "gzip"
	default:
		return name
	}
}

// Inflate undoes the content encoding into space, at most MaxInflatedBytes; without one the body is as sent. Before it
// spends memory or work it asks for room, for all that it may take by then; an error of need is returned.
func Inflate(encoding string, sent, space *bytes.Buffer, need func(bytes int64) error) ([]byte, error) {
	encoding = ContentEncoding(encoding)
	if encoding == "" {
		return sent.Bytes(), nil
	}
	trusted := min(trustedBytes, mostInflation*int64(sent.Len()))
	if err := need(trusted); err != nil {
		return nil, err
	}
	whole, err := inflateAtMost(encoding, sent.Bytes(), trustedBytes, space)
	if err != nil || whole <= trustedBytes {
		return space.Bytes(), err
	}
	most := min(MaxInflatedBytes, max(trustedBytes, mostInflation*int64(sent.Len())))
	if err := need(most); err != nil {
		return nil, err
	}
	if whole, err = inflateAtMost(encoding, sent.Bytes(), most, io.Discard); err != nil {
		return nil, err
	}
	if whole > most {
		return nil, inflatedTooMuch(most)
	}
	space.Reset()
	space.Grow(int(whole) + bytes.MinRead)
	_, err = inflateAtMost(encoding, sent.Bytes(), MaxInflatedBytes, space)
	return space.Bytes(), err
}

// inflateAtMost writes what the body inflates to and returns how much that was: at most one byte more than most, which
// shows that the body is longer.
func inflateAtMost(encoding string, sent []byte, most int64, to io.Writer) (int64, error) {
	plain, err := inflating(encoding, bytes.NewReader(sent))
	if err != nil {
		return 0, err
	}
	defer plain.Close() //nolint:errcheck // only read
	written, err := io.Copy(to, io.LimitReader(plain, most+1))
	switch {
	case errors.Is(err, zstd.ErrDecoderSizeExceeded), errors.Is(err, zstd.ErrWindowSizeExceeded):
		return written, inflatedTooMuch(MaxInflatedBytes)
	case err != nil:
		return written, fmt.Errorf("%w: %w", ErrBroken, err)
	default:
		return written, nil
	}
}

func inflating(encoding string, sent io.Reader) (io.ReadCloser, error) {
	switch encoding {
	case "gzip":
		reader, err := gzip.NewReader(sent)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrBroken, err)
		}
		return reader, nil
	case "zstd":
		reader, err := zstd.NewReader(
			sent, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxWindow(largestWindow),
		)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrBroken, err)
		}
		return reader.IOReadCloser(), nil
	default:
		return nil, httpserver.WithDetail(httpserver.ErrUnsupportedMediaType, "encodings", nil)
	}
}
