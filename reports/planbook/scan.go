package planbook

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strconv"
	"strings"

	"mirsad/internal/programme"
	"mirsad/reports/sheet"
)

// What an uploaded workbook may be at most. A plan of 5,000 rows has less than 6 MiB unpacked; the library takes up to
// ten times that in memory.
const (
	mostUpload       = 5 << 20
	mostParts        = 60
	mostInflated     = 12 << 20 // of all parts
	mostInflatedPart = 8 << 20
	// A part larger than ratioFrom bytes unpacks to at most mostRatio times its packed size: honest sheets stay under
	// 40.
	ratioFrom = 256 << 10
	mostRatio = 120

	mostRows    = 5000
	mostColumns = 60
)

// scanned is what a scan keeps of a workbook that the library may open.
type scanned struct {
	sheets   map[string]*scannedSheet // by the part's name
	parts    map[string][]byte        // of the small parts that name the sheets
	strings  int                      // shared strings
	elements int
}

// scannedSheet is what a scan keeps of a worksheet.
type scannedSheet struct {
	formulas []string // addresses
	merged   []string // ranges
	// strings is how many shared strings its cells need, and stringsAt the cell that needs the last of them.
	strings   int
	stringsAt string
}

// refuse makes the error of a whole file: it has the field workbook or, where it is known, a cell.
func refuse(kind, field string, pairs ...any) error {
	args := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i].(string)] = pairs[i+1]
	}
	if field == "" {
		field = "workbook"
	}
	return &programme.FaultsError{Faults: []programme.Fault{{Field: field, Kind: kind, Args: args}}}
}

// scanWorkbook looks through a workbook in bounded time and memory before the library sees it: the archive, the names
// and real sizes of its parts, and the well-formedness and structure of each. What the library would take apart at a
// cost out of proportion, or misread without a word, is refused here.
func scanWorkbook(content []byte) (*scanned, error) {
	if err := checkKind(content); err != nil {
		return nil, err
	}
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, refuse("sheet_broken", "")
	}
	if err := checkParts(archive.File); err != nil {
		return nil, err
	}
	s := &scanned{sheets: map[string]*scannedSheet{}, parts: map[string][]byte{}}
	inflated, err := inflateParts(archive.File)
	if err != nil {
		return nil, err
	}
	for i, file := range archive.File {
		if err := s.part(file.Name, inflated[i]); err != nil {
			return nil, err
		}
	}
	return s, s.checkStrings()
}

// checkStrings refuses a cell that names a shared string that is not there: the library would read its number as text.
func (s *scanned) checkStrings() error {
	for _, sheet := range s.sheets {
		if sheet.strings > s.strings {
			return refuse("sheet_bad_value", sheet.stringsAt)
		}
	}
	return nil
}

// oleMark begins files of the time before 2007, and encrypted ones of today.
const oleMark = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

func checkKind(content []byte) error {
	switch {
	case len(content) > mostUpload:
		return refuse("sheet_too_large", "", "most", strconv.Itoa(mostUpload>>20))
	case bytes.HasPrefix(content, []byte(oleMark)):
		return refuse("sheet_encrypted", "")
	case !bytes.HasPrefix(content, []byte("PK\x03\x04")):
		return refuse("sheet_no_workbook", "")
	default:
		return nil
	}
}

// checkParts holds the archive's list against what spreadsheet programs write.
func checkParts(files []*zip.File) error {
	if len(files) > mostParts {
		return refuse("sheet_too_many_parts", "", "most", mostParts)
	}
	seen := map[string]bool{}
	for _, file := range files {
		name := strings.ToLower(file.Name)
		switch {
		case file.Flags&1 != 0:
			return refuse("sheet_encrypted", "")
		case seen[name], file.Method != zip.Deflate && file.Method != zip.Store:
			return refuse("sheet_broken", "")
		}
		seen[name] = true
		if kind := partKind(name); kind != "" {
			return refuse(kind, "", "part", sheet.Clean(file.Name))
		}
	}
	for _, needed := range []string{
		"[content_types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
	} {
		if !seen[needed] {
			return refuse("sheet_no_workbook", "")
		}
	}
	return checkOffsets(files)
}

// checkOffsets refuses parts that share bytes with one another, which make a small file unpack to a large one.
func checkOffsets(files []*zip.File) error {
	type span struct{ from, to int64 }
	spans := make([]span, 0, len(files))
	for _, file := range files {
		from, err := file.DataOffset()
		if err != nil || file.CompressedSize64 > mostUpload {
			return refuse("sheet_broken", "")
		}
		spans = append(spans, span{from, from + int64(file.CompressedSize64)})
	}
	slices.SortFunc(spans, func(a, b span) int { return int(a.from - b.from) })
	for i := 1; i < len(spans); i++ {
		if spans[i].from < spans[i-1].to {
			return refuse("sheet_broken", "")
		}
	}
	return nil
}

// inflateParts unpacks every part and counts what comes out, whatever the archive says about it.
func inflateParts(files []*zip.File) ([][]byte, error) {
	all, total := make([][]byte, len(files)), 0
	for i, file := range files {
		part, err := inflate(file, min(mostInflatedPart, mostInflated-total))
		if err != nil {
			return nil, err
		}
		total += len(part)
		all[i] = part
	}
	return all, nil
}

// inflate unpacks a part of at most so many bytes. The archive's own account of its size must be true, because the
// library believes it.
func inflate(file *zip.File, most int) ([]byte, error) {
	packed, err := file.Open()
	if err != nil {
		return nil, refuse("sheet_broken", "")
	}
	defer packed.Close()                                               //nolint:errcheck // only read
	if ratio := int(file.CompressedSize64) * mostRatio; ratio < most { //nolint:gosec // at most mostUpload
		most = max(ratio, ratioFrom)
	}
	var out bytes.Buffer
	count, err := io.Copy(&out, io.LimitReader(packed, int64(most)+1))
	switch {
	case count > int64(most):
		return nil, refuse("sheet_inflates", "", "part", sheet.Clean(file.Name))
	case err != nil, uint64(count) != file.UncompressedSize64: //nolint:gosec // a count is not negative
		return nil, refuse("sheet_broken", "")
	default:
		return out.Bytes(), nil
	}
}
