package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// archive writes the workbook's parts in the order of their names and with one fixed time, because the
// library walks maps: without it no two builds have the same bytes.
type archive struct {
	out   io.Writer
	book  *Book
	parts map[string]*bytes.Buffer
}

// archiveTime is the earliest that the zip format can hold.
var archiveTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// ContentTypes is the part that lists the type of every other one.
const ContentTypes = "[Content_Types].xml"

func (b *Book) archive(out io.Writer) excelize.ZipWriter {
	return &archive{out: out, book: b, parts: map[string]*bytes.Buffer{}}
}

// Create keeps a part until Close.
func (a *archive) Create(name string) (io.Writer, error) {
	part := &bytes.Buffer{}
	a.parts[name] = part
	return part, nil
}

// AddFS is part of the library's interface; it never calls it for a workbook.
func (a *archive) AddFS(fs.FS) error { return errors.New("a workbook holds no folder") }

// Close puts the parts right and writes them, the list of content types first as readers expect.
func (a *archive) Close() error {
	f := finished{parts: map[string][]byte{}, language: a.book.Language, filters: a.book.filters}
	for name, part := range a.parts {
		f.parts[name] = part.Bytes()
	}
	if err := f.mend(); err != nil {
		return err
	}
	if types, found := f.parts[ContentTypes]; found {
		f.parts[ContentTypes] = []byte(sortContentTypes(string(types)))
	}
	out := zip.NewWriter(a.out)
	for _, name := range slices.Sorted(maps.Keys(f.parts)) {
		header := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: archiveTime}
		part, err := out.CreateHeader(header)
		if err != nil {
			return err
		}
		if _, err := part.Write(f.parts[name]); err != nil {
			return err
		}
	}
	return out.Close()
}

var (
	defaultType  = regexp.MustCompile(`<Default [^>]*></Default>`)
	overrideType = regexp.MustCompile(`<Override [^>]*></Override>`)
)

// sortContentTypes orders the list that the library writes in the order of a map.
func sortContentTypes(list string) string {
	defaults, overrides := defaultType.FindAllString(list, -1), overrideType.FindAllString(list, -1)
	slices.Sort(defaults)
	slices.Sort(overrides)
	rest := overrideType.ReplaceAllString(defaultType.ReplaceAllString(list, ""), "")
	end := strings.LastIndex(rest, "</Types>")
	if end < 0 {
		return list
	}
	return rest[:end] + strings.Join(defaults, "") + strings.Join(overrides, "") + rest[end:]
}
