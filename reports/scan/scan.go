package scan

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strconv"
	"strings"

	"mirsad/internal/intake"
	"mirsad/internal/programme"
	"mirsad/reports/sheet"
)

// Limits are what an uploaded workbook may be at most; the library takes up to ten times of what is unpacked in memory.
type Limits struct {
	Inflated, InflatedPart int // bytes unpacked, of all parts and of one
	Rows, Columns          int
	Elements               int // of XML, of all parts
	Strings                int // shared strings
}

// Plan are the limits of a plan: one of 5,000 rows has less than 6 MiB unpacked.
func Plan() Limits {
	return Limits{
		Inflated: 12 << 20, InflatedPart: 8 << 20, Rows: 5000, Columns: 60, Elements: 400_000, Strings: 50_000,
	}
}

// List are the limits of a list that an operator imports.
func List() Limits {
	return Limits{
		Inflated: 96 << 20, InflatedPart: 64 << 20, Rows: 20_001, Columns: 200, Elements: 5_000_000, Strings: 600_000,
	}
}

const (
	mostUpload = 5 << 20
	mostParts  = 60
	// A part larger than ratioFrom bytes unpacks to at most mostRatio times its packed size: honest sheets stay under
	// 40.
	ratioFrom = 256 << 10
	mostRatio = 120
)

// Workbook is what a scan keeps of a workbook that the library may open.
type Workbook struct {
	limits   Limits
	sheets   map[string]*Sheet // by the part's name
	parts    map[string][]byte // of the small parts that name the sheets
	styles   []style
	strings  int // shared strings
	elements int
}

// Sheet is what a scan keeps of a worksheet.
type Sheet struct {
	Formulas []string // addresses
	Merged   []string // ranges
	// HiddenRows are the hidden rows that hold something, HiddenColumns the hidden columns, each from and to.
	HiddenRows    []int
	HiddenColumns [][2]int
	// dates are the cells of numbers that are shown as dates, and shown those that are written otherwise than people see
	// them: with a power of ten, or without the zeros before them.
	dates map[cellKey]bool
	shown map[cellKey]int // digits to be shown at least
	// strings is how many shared strings its cells need, and stringsAt the cell that needs the last of them.
	strings   int
	stringsAt string
}

// Refuse makes the error of a whole file: it has the field workbook or, where it is known, a cell.
func Refuse(kind, field string, pairs ...any) error {
	args := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i].(string)] = pairs[i+1]
	}
	if field == "" {
		field = "workbook"
	}
	return &programme.FaultsError{Faults: []programme.Fault{{Field: field, Kind: kind, Args: args}}}
}

// Open looks through a workbook in bounded time and memory before the library sees it: the archive, the names
// and real sizes of its parts, and the well-formedness and structure of each. What the library would take apart at a
// cost out of proportion, or misread without a word, is refused here.
func Open(content []byte, limits Limits) (*Workbook, error) {
	if err := checkKind(content); err != nil {
		return nil, err
	}
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, Refuse("sheet_broken", "")
	}
	if err := checkParts(archive.File); err != nil {
		return nil, err
	}
	s := &Workbook{limits: limits, sheets: map[string]*Sheet{}, parts: map[string][]byte{}}
	inflated, err := s.inflateParts(archive.File)
	if err != nil {
		return nil, err
	}
	for i, file := range archive.File {
		if strings.EqualFold(file.Name, stylesPart) {
			s.styles = stylesOf(inflated[i])
		}
	}
	for i, file := range archive.File {
		if err := s.part(file.Name, inflated[i]); err != nil {
			return nil, err
		}
	}
	return s, s.checkStrings()
}

// checkStrings refuses a cell that names a shared string that is not there: the library would read its number as text.
func (s *Workbook) checkStrings() error {
	for _, sheet := range s.sheets {
		if sheet.strings > s.strings {
			return Refuse("sheet_bad_value", sheet.stringsAt)
		}
	}
	return nil
}

func checkKind(content []byte) error {
	switch {
	case len(content) > mostUpload:
		return Refuse("sheet_too_large", "", "most", strconv.Itoa(mostUpload>>20))
	}
	if len(content) == 0 {
		return Refuse("sheet_no_workbook", "")
	}
	switch kind := intake.KindOf(content); kind {
	case intake.Workbook, intake.Archive: // the archive's list of parts says what is wrong with it
		return nil
	case intake.OldWorkbook:
		return Refuse("sheet_encrypted", "")
	case intake.OpenDocument:
		return Refuse("sheet_open_document", "")
	case intake.WebPage, intake.XML:
		return Refuse("sheet_web_page", "")
	case intake.PlainText:
		return Refuse("sheet_text", "")
	default:
		return Refuse("sheet_no_workbook", "")
	}
}

// checkParts holds the archive's list against what spreadsheet programs write.
func checkParts(files []*zip.File) error {
	if len(files) > mostParts {
		return Refuse("sheet_too_many_parts", "", "most", mostParts)
	}
	seen := map[string]bool{}
	for _, file := range files {
		name := strings.ToLower(file.Name)
		switch {
		case file.Flags&1 != 0:
			return Refuse("sheet_encrypted", "")
		case seen[name], file.Method != zip.Deflate && file.Method != zip.Store:
			return Refuse("sheet_broken", "")
		}
		seen[name] = true
		if kind := partKind(name); kind != "" {
			return Refuse(kind, "", "part", sheet.Clean(file.Name))
		}
	}
	for _, needed := range []string{
		"[content_types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
	} {
		if !seen[needed] {
			return Refuse("sheet_no_workbook", "")
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
			return Refuse("sheet_broken", "")
		}
		spans = append(spans, span{from, from + int64(file.CompressedSize64)})
	}
	slices.SortFunc(spans, func(a, b span) int { return int(a.from - b.from) })
	for i := 1; i < len(spans); i++ {
		if spans[i].from < spans[i-1].to {
			return Refuse("sheet_broken", "")
		}
	}
	return nil
}

// inflateParts unpacks every part and counts what comes out, whatever the archive says about it.
func (s *Workbook) inflateParts(files []*zip.File) ([][]byte, error) {
	all, total := make([][]byte, len(files)), 0
	for i, file := range files {
		part, err := inflate(file, min(s.limits.InflatedPart, s.limits.Inflated-total))
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
		return nil, Refuse("sheet_broken", "")
	}
	defer packed.Close()                                               //nolint:errcheck // only read
	if ratio := int(file.CompressedSize64) * mostRatio; ratio < most { //nolint:gosec // at most mostUpload
		most = max(ratio, ratioFrom)
	}
	var out bytes.Buffer
	count, err := io.Copy(&out, io.LimitReader(packed, int64(most)+1))
	switch {
	case count > int64(most):
		return nil, Refuse("sheet_inflates", "", "part", sheet.Clean(file.Name))
	case err != nil, uint64(count) != file.UncompressedSize64: //nolint:gosec // a count is not negative
		return nil, Refuse("sheet_broken", "")
	default:
		return out.Bytes(), nil
	}
}
