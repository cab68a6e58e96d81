package intake_test

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	utf "golang.org/x/text/encoding/unicode"

	"mirsad/internal/intake"
)

// encoded is a text in another encoding.
func encoded(t *testing.T, text string, as encoding.Encoding) string {
	t.Helper()
	bytes, err := as.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return bytes
}

// A table as a spreadsheet program saves it in each encoding.
const (
	arabicTable  = "service,channel,period,value\r\nتجديد رخصة القيادة,web,2016-08,10\r\nدفع مخالفة,web,2016-08,12\r\n"
	westernTable = "agency,service\r\nAgencé,Services publiés à l’étranger\r\nFür,Größe\r\n"
)

func TestEncodingsAreReadOrNamed(t *testing.T) {
	little, big := utf.UTF16(utf.LittleEndian, utf.IgnoreBOM), utf.UTF16(utf.BigEndian, utf.IgnoreBOM)
	for name, c := range map[string]struct {
		file string
		want intake.Encoding
	}{
		"UTF-8":                       {arabicTable, intake.UTF8},
		"UTF-8 with a mark":           {"\ufeff" + arabicTable, intake.UTF8},
		"UTF-16LE with a mark":        {"\xff\xfe" + encoded(t, arabicTable, little), intake.UTF16LE},
		"UTF-16BE with a mark":        {"\xfe\xff" + encoded(t, arabicTable, big), intake.UTF16BE},
		"UTF-16LE without one":        {encoded(t, arabicTable, little), intake.UTF16LE},
		"UTF-16BE without one":        {encoded(t, arabicTable, big), intake.UTF16BE},
		"Windows-1256":                {encoded(t, arabicTable, charmap.Windows1256), intake.Windows1256},
		"Windows-1252":                {encoded(t, westernTable, charmap.Windows1252), intake.Windows1252},
		"one word of Arabic":          {"a,b\n1,\xca\xcc\xcf\xed\xcf\n", intake.Windows1256},
		"one word of French":          {"a,b\nAgenc\xe9,Services publi\xe9s\n", intake.Windows1252},
		"letters of Arabic alone":     {encoded(t, "الخدمة,القناة\nا,ب\n", charmap.Windows1256), intake.Windows1256},
		"UTF-8 with a byte too few":   {strings.Replace(arabicTable, "ق", "\xd9", 1), intake.UnknownEncoding},
		"UTF-32":                      {"\xff\xfe\x00\x00a\x00\x00\x00", intake.UnknownEncoding},
		"half a character of UTF-16":  {"\xff\xfea\x00b", intake.UnknownEncoding},
		"half of a pair in UTF-16":    {"\xff\xfe\x00\xd8a\x00", intake.UnknownEncoding},
		"nothing":                     {"", intake.UTF8},
		"plain ASCII, an even number": {"ab", intake.UTF8},
	} {
		text, err := intake.Text([]byte(c.file))
		wrong, is := errors.AsType[*intake.EncodingError](err)
		switch c.want {
		case intake.UTF8, intake.UTF16LE, intake.UTF16BE:
			if found := intake.EncodingOf([]byte(c.file)); found != c.want || err != nil {
				t.Errorf("%s is %s, %v", name, found, err)
			}
			if strings.Contains(c.file, "\r") && string(text) != arabicTable {
				t.Errorf("%s: %q", name, text)
			}
		default:
			if !is || wrong.Found != c.want {
				t.Errorf("%s: %v, want %s", name, err, c.want)
			}
		}
	}
	if text, err := intake.TextIn([]byte("Agenc\xe9"), intake.Windows1252); err != nil || string(text) != "Agencé" {
		t.Errorf("%q, %v", text, err)
	}
	if _, err := intake.TextIn([]byte("a"), intake.UnknownEncoding); err == nil {
		t.Error("an unknown encoding is read")
	}
}

func TestFilesAreKnownByWhatTheyHold(t *testing.T) {
	for file, want := range map[string]intake.FileKind{
		"PK\x03\x04\x14\x00...[Content_Types].xml...xl/workbook.xml":           intake.Workbook,
		"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheet": intake.OpenDocument,
		"PK\x03\x04....use.csv":                   intake.Archive,
		"\x1f\x8b\x08\x00":                        intake.Archive,
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":        intake.OldWorkbook,
		"%PDF-1.7":                                intake.PDF,
		"<html><table><tr><td>a":                  intake.WebPage,
		"\r\n <!DOCTYPE HTML>":                    intake.WebPage,
		"<meta http-equiv=content-type><table>":   intake.WebPage,
		"\ufeff<?xml version=\"1.0\"?><Workbook>": intake.XML,
		"\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00":  intake.WebPage,
		`{"specversion":"1.0"}`:                   intake.JSON,
		"[\n{}]":                                  intake.JSON,
		"\x89PNG\r\n":                             intake.Picture,
		"a\x00\x00\x00\xff\x00\x01":               intake.Binary,
		"":                                        intake.PlainText,
		"service,channel\n":                       intake.PlainText,
		"[note],b\n1,2":                           intake.PlainText,
		"\xff\xfes\x00,\x00":                      intake.PlainText,
		"\xca\xcc\xcf\xed\xcf,b":                  intake.PlainText,
		"<5,>6\n":                                 intake.PlainText,
	} {
		if got := intake.KindOf([]byte(file)); got != want {
			t.Errorf("%q is %s, want %s", file, got, want)
		}
	}
}
