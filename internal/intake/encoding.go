package intake

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	utf "golang.org/x/text/encoding/unicode"
)

// Encoding is how a text is written in bytes, by the name that spreadsheet programs and people know it by.
type Encoding string

// The encodings that are told apart.
const (
	UTF8    Encoding = "UTF-8"
	UTF16LE Encoding = "UTF-16LE"
	UTF16BE Encoding = "UTF-16BE"
	// Windows1256 is what Windows saves Arabic in as "ANSI"; Windows1252 the same of Western Europe, Latin-1 included.
	Windows1256 Encoding = "Windows-1256"
	Windows1252 Encoding = "Windows-1252"
	// UnknownEncoding is none of these: most likely a damaged file.
	UnknownEncoding Encoding = "unknown"
)

// EncodingError says that a text is in an encoding that is not read but named: its letters can't be known for sure.
type EncodingError struct{ Found Encoding }

// Error names the encoding.
func (e *EncodingError) Error() string {
	return "the text is not in UTF-8 but, it seems, in " + string(e.Found)
}

const byteOrderMark = "\ufeff"

// Text returns a file's text in UTF-8 without its byte order mark. It reads UTF-8 and UTF-16, known by their mark or, without
// one, by themselves; every other encoding is an *EncodingError. Of a text that is not changed the bytes are the file's.
func Text(file []byte) ([]byte, error) {
	found := EncodingOf(file)
	switch found {
	case UTF8:
		return bytes.TrimPrefix(file, []byte(byteOrderMark)), nil
	case UTF16LE, UTF16BE:
		return TextIn(file, found)
	default:
		return nil, &EncodingError{found}
	}
}

// TextIn returns a file's text in UTF-8 where its encoding is known.
func TextIn(file []byte, known Encoding) ([]byte, error) {
	decoders := map[Encoding]encoding.Encoding{
		UTF8: encoding.Nop, UTF16LE: utf.UTF16(utf.LittleEndian, utf.IgnoreBOM),
		UTF16BE:     utf.UTF16(utf.BigEndian, utf.IgnoreBOM),
		Windows1256: charmap.Windows1256, Windows1252: charmap.Windows1252,
	}
	decoder, is := decoders[known]
	if !is {
		return nil, &EncodingError{known}
	}
	text, err := decoder.NewDecoder().Bytes(file)
	if err != nil || !utf8.Valid(text) || bytes.ContainsRune(text, utf8.RuneError) { // half of a pair became one
		return nil, &EncodingError{UnknownEncoding}
	}
	return bytes.TrimPrefix(text, []byte(byteOrderMark)), nil
}

// EncodingOf tells how a file's text is written: by its byte order mark, else by what its bytes would mean.
func EncodingOf(file []byte) Encoding {
	switch {
	case bytes.HasPrefix(file, []byte("\xff\xfe\x00\x00")):
		return UnknownEncoding // UTF-32, which nobody sends
	case bytes.HasPrefix(file, []byte("\xff\xfe")):
		return UTF16LE
	case bytes.HasPrefix(file, []byte("\xfe\xff")):
		return UTF16BE
	}
	if wide := wideEncoding(file); wide != "" {
		return wide
	}
	switch {
	case utf8.Valid(file):
		return UTF8
	case bytes.IndexByte(file, 0) >= 0, mostlyUTF8(file):
		return UnknownEncoding
	default:
		return narrowEncoding(file)
	}
}

// looked is how much of a file shows how it is written.
const looked = 1 << 16

// wideEncoding tells UTF-16 without a mark: of what every table has, separators, digits and line ends, one of the two
// bytes is 0.
func wideEncoding(file []byte) Encoding {
	if len(file)%2 == 1 || len(file) == 0 {
		return ""
	}
	var zeros [2]int
	head := file[:min(len(file), looked)]
	for at, b := range head {
		if b == 0 {
			zeros[at%2]++
		}
	}
	few := len(head) / 20
	switch {
	case zeros[1] > few && zeros[0] <= zeros[1]/20:
		return UTF16LE
	case zeros[0] > few && zeros[1] <= zeros[0]/20:
		return UTF16BE
	default:
		return ""
	}
}

// mostlyUTF8 reports whether a text has more characters of several bytes that are right than bytes that are none.
func mostlyUTF8(file []byte) bool {
	right, wrong := 0, 0
	for head := file[:min(len(file), looked)]; len(head) > 0; {
		r, size := utf8.DecodeRune(head)
		switch {
		case r == utf8.RuneError && size == 1:
			wrong++
		case size > 1:
			right++
		}
		head = head[size:]
	}
	return right > wrong
}

// narrowEncoding tells the two encodings of one byte apart by their words: a word of Arabic has most of its letters beyond
// ASCII, a word of Western Europe few.
func narrowEncoding(file []byte) Encoding {
	arabic, western := 0, 0
	words := strings.FieldsFunc(string(file[:min(len(file), looked)]), func(r rune) bool {
		return r < utf8.RuneSelf && !unicode.IsLetter(r)
	})
	for _, word := range words {
		ascii, beyond, letters := 0, 0, 0
		for _, b := range []byte(word) {
			switch {
			case b < utf8.RuneSelf:
				ascii++
			default:
				beyond++
				if unicode.Is(unicode.Arabic, charmap.Windows1256.DecodeByte(b)) {
					letters++
				}
			}
		}
		switch {
		case beyond == 0, ascii == 0 && beyond == 1: // one letter alone says nothing
		case ascii == 0 && beyond > 1 && letters*3 >= beyond*2:
			arabic++
		default:
			western++
		}
	}
	if arabic > 0 && arabic >= western {
		return Windows1256
	}
	return Windows1252
}
