package intake

import "bytes"

// FileKind is what a file is, by its first bytes and not by its name.
type FileKind string

// The kinds of file that people send for one another.
const (
	// PlainText is what a table of text may be.
	PlainText FileKind = "text"
	// Workbook is .xlsx; OldWorkbook is what Excel wrote before 2007 or writes with a password.
	Workbook     FileKind = "workbook"
	OldWorkbook  FileKind = "old_workbook"
	OpenDocument FileKind = "open_document"
	// Archive is any other file in ZIP or gzip.
	Archive FileKind = "archive"
	PDF     FileKind = "pdf"
	// WebPage is HTML, which some programs name .xls.
	WebPage FileKind = "web_page"
	XML     FileKind = "xml"
	JSON    FileKind = "json"
	Picture FileKind = "picture"
	// Binary is anything else that is no text.
	Binary FileKind = "binary"
)

// FileKinds returns every kind of file that is no text.
func FileKinds() []FileKind {
	return []FileKind{Workbook, OldWorkbook, OpenDocument, Archive, PDF, WebPage, XML, JSON, Picture, Binary}
}

// KindError says that a file is of another kind than is read.
type KindError struct{ Found FileKind }

// Error names the kind.
func (e *KindError) Error() string { return "the file is no text but: " + string(e.Found) }

// beginnings are the first bytes of kinds of file.
var beginnings = []struct {
	bytes string
	kind  FileKind
}{
	{"PK\x03\x04", Archive},
	{"PK\x05\x06", Archive},
	{"\x1f\x8b", Archive},
	{"\x28\xb5\x2f\xfd", Archive},
	{"7z\xbc\xaf", Archive},
	{"Rar!", Archive},
	{"\xd0\xcf\x11\xe0", OldWorkbook},
	{"%PDF", PDF},
	{"\x89PNG", Picture},
	{"\xff\xd8\xff", Picture},
	{"GIF8", Picture},
	{"{\\rtf", Binary},
}

// KindOf tells what a file is.
func KindOf(file []byte) FileKind {
	for _, each := range beginnings {
		if bytes.HasPrefix(file, []byte(each.bytes)) {
			if each.kind == Archive {
				return archiveOf(file)
			}
			return each.kind
		}
	}
	if markup := markupOf(file); markup != "" {
		return markup
	}
	if EncodingOf(file) == UnknownEncoding && bytes.IndexByte(file[:min(len(file), looked)], 0) >= 0 {
		return Binary
	}
	return PlainText
}

// archiveOf tells what is in an archive by the names of its first parts, or those of its list at the end.
func archiveOf(file []byte) FileKind {
	head, tail := file[:min(len(file), looked)], file[max(0, len(file)-looked):]
	has := func(name string) bool {
		return bytes.Contains(head, []byte(name)) || bytes.Contains(tail, []byte(name))
	}
	switch {
	case has("mimetypeapplication/vnd.oasis.opendocument."):
		return OpenDocument
	case has("xl/workbook"):
		return Workbook
	default:
		return Archive
	}
}

// markupOf tells a text that is for programs by how it begins.
func markupOf(file []byte) FileKind {
	head := file[:min(len(file), 1<<10)]
	if wide := EncodingOf(head[:len(head)&^1]); wide == UTF16LE || wide == UTF16BE {
		head = bytes.ReplaceAll(head, []byte{0}, nil)
	}
	head = bytes.ToLower(bytes.TrimLeft(head, "\xef\xbb\xbf\xff\xfe \t\r\n"))
	begins := func(with string) bool { return bytes.HasPrefix(head, []byte(with)) }
	switch {
	case begins("<!doctype html"), begins("<html"), begins("<table"), begins("<meta"), begins("<head"):
		return WebPage
	case begins("<?xml") && bytes.Contains(head, []byte("<html")):
		return WebPage
	case begins("<?xml"), begins("<workbook"):
		return XML
	case begins("{"), begins("[{"), begins("[ {"), begins("[\n"), begins("[\r\n"), begins("[]"):
		return JSON
	default:
		return ""
	}
}
