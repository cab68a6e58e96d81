package ingest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	utf "golang.org/x/text/encoding/unicode"

	"mirsad/ingest/source"
	"mirsad/internal/access"
	"mirsad/internal/httpserver"
	"mirsad/internal/i18n"
	"mirsad/internal/intake/intaketest"
	"mirsad/internal/programme"
	"mirsad/reports/sheet/sheettest"
)

// door takes a table and says what became of it: the totals that are stored, the rows that were refused and what was said of
// the last, and what the table as a whole was refused for.
type door func(t *testing.T, file string) outcome

type outcome struct{ stored, refused, whole, said string }

// doors are those that take tables of use.
var doors = map[string]door{
	"POST /v1/events":  throughAPI,
	"import usage-csv": throughImport,
}

// importer is who imports: an administrator, who may send for every entity.
var importer = access.Principal{ID: "token/import", Scopes: []access.Scope{access.ScopeAdmin}}

func throughAPI(t *testing.T, file string) outcome {
	t.Helper()
	store := newMemoryStore()
	f := newFixture(t, quick, store, standing)
	request := httptest.NewRequestWithContext(access.WithPrincipal(t.Context(), importer), http.MethodPost, "/v1/events", strings.NewReader(file))
	request.Header.Set("Content-Type", "text/csv")
	answer, err := f.receiveRequest(httptest.NewRecorder(), request)
	var refused []string
	said := ""
	for i := range answer.Rejected {
		r := &answer.Rejected[i]
		refused, said = append(refused, fmt.Sprintf("%d %s %s", r.Row, r.Code, r.Field)), r.Message
	}
	got := f.outcome(t, store, refused, err)
	got.said = said
	return got
}

func throughImport(t *testing.T, file string) outcome {
	t.Helper()
	store := newMemoryStore()
	f := newFixture(t, quick, store, standing)
	name := filepath.Join(t.TempDir(), "use.csv")
	if err := os.WriteFile(name, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	feed, err := source.Open(t.Context(), "usage-csv", []string{name}, source.Means{})
	if err != nil {
		return outcome{whole: err.Error()}
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = f.postEvents(w, r.WithContext(access.WithPrincipal(r.Context(), importer))) // it answers every error
	}))
	defer server.Close()
	loader := source.Loader{Sender: source.NewClient(server.URL, "", server.Client()), Catalogue: nothing{}, Now: standing}
	report, err := loader.Load(t.Context(), feed, t.Output())
	var refused []string
	said := ""
	for _, each := range report.Examples {
		for _, e := range each {
			refused, said = append(refused, fmt.Sprintf("%d %s %s", e.Row, e.Code, e.Field)), e.Message
		}
	}
	got := f.outcome(t, store, refused, err)
	got.said = said
	return got
}

// nothing takes no catalogue.
type nothing struct{}

// AppendAll adds nothing.
func (nothing) AppendAll(context.Context, []programme.Draft) (int, error) { return 0, nil }

func (f *fixture) outcome(t *testing.T, store *memoryStore, refused []string, err error) outcome {
	t.Helper()
	slices.Sort(refused)
	o := outcome{refused: strings.Join(refused, "; ")}
	if faults, are := errors.AsType[*httpserver.FaultsError](err); are {
		for _, fault := range faults.Faults {
			o.whole += fault.Message
		}
		return o
	}
	if err != nil && !errors.Is(err, ErrUnreadable) {
		o.whole = err.Error()
		return o
	}
	f.start(t)
	f.idle(t)
	var stored []string
	for _, s := range rowsIn[programme.Statement](store, "statements") {
		stored = append(stored, fmt.Sprintf("%s %s %s %s %d", s.Service, s.Channel, s.Period, s.State, s.Value))
	}
	slices.Sort(stored)
	o.stored = strings.Join(stored, "; ")
	return o
}

// written is a table of which one row is refused.
var written = [][]string{
	{"service", "channel", "measure", "period", "state", "value", "id"},
	{"moi-1", "web", "completed", "2016-08", "reported", "1234", "تجديد"},
	{"moi-2", "web", "completed", "2016-08", "reported", "ten", "دفع"},
	{"moi-2", "mobile", "completed", "2016-07", "not_provided", "", "x"},
}

// readAlike checks that the table written means the same through every door, its refused row included.
func readAlike(t *testing.T, files []intaketest.File) {
	t.Helper()
	for _, file := range files {
		t.Run(file.Name, func(t *testing.T) {
			t.Parallel()
			row := 3 + file.Above
			for at, through := range doors {
				got := through(t, file.Content)
				if got.stored != "moi-1 web 2016-08 reported 1234; moi-2 mobile 2016-07 not_provided 0" ||
					got.refused != fmt.Sprintf("%d bad_value value", row) || got.whole != "" {
					t.Errorf("%s: %+v", at, got)
				}
			}
		})
	}
}

// The same table in every way in which programs save it means the same through every door.
func TestEveryDoorReadsEveryWritingOfATable(t *testing.T) {
	readAlike(t, intaketest.Files(t, written))
}

func TestEveryDoorReadsWhatLibreOfficeSaves(t *testing.T) {
	readAlike(t, sheettest.SavedByLibreOffice(t, intaketest.Text(written, ",", "\n", false)))
}

// The same cell means the same through every door of totals, or is refused for the same.
func TestEveryDoorReadsTheSameNumber(t *testing.T) {
	bundle, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	words := bundle.In(i18n.English)
	for _, number := range intaketest.Numbers() {
		t.Run(number.Text, func(t *testing.T) {
			t.Parallel()
			file := intaketest.Text([][]string{
				{"service", "channel", "measure", "period", "state", "value"},
				{"moi-1", "web", "completed", "2016-08", "reported", number.Text},
			}, ",", "\n", false)
			want := outcome{stored: fmt.Sprintf("moi-1 web 2016-08 reported %d", number.Value)}
			if number.Reason != "" {
				want = outcome{
					refused: "2 bad_value value",
					said:    words.T("intake."+string(number.Reason), i18n.Args{"text": number.Text}),
				}
			}
			for at, through := range doors {
				if got := through(t, file); got.stored != want.stored || got.refused != want.refused || want.said != "" && got.said != want.said {
					t.Errorf("%s: %+v, want %+v", at, got, want)
				}
			}
		})
	}
}

// The same table means the same through every door, and is refused for the same.
func TestEveryDoorReadsATableAlike(t *testing.T) {
	const row = "moi-1,web,completed,2016-08,reported,1234\n"
	const want = "moi-1 web 2016-08 reported 1234"
	one := func(old, replacement string) string {
		return statementHeading + strings.Replace(row, old, replacement, 1)
	}
	plain := statementHeading + row
	little, big := utf.UTF16(utf.LittleEndian, utf.IgnoreBOM), utf.UTF16(utf.BigEndian, utf.IgnoreBOM)
	arabic := "service,channel,measure,period,state,value,id\nmoi-1,web,completed,2016-08,reported,1234,تجديد رخصة القيادة\n"
	for name, c := range map[string]struct {
		file string
		want outcome
	}{
		"plain":                      {plain, outcome{stored: want}},
		"a byte order mark":          {"\ufeff" + plain, outcome{stored: want}},
		"semicolons, Windows":        {strings.NewReplacer(",", ";", "\n", "\r\n").Replace(plain), outcome{stored: want}},
		"tabs, UTF-16 of Excel":      {"\xff\xfe" + intaketest.Encoded(t, strings.ReplaceAll(plain, ",", "\t"), little), outcome{stored: want}},
		"UTF-16 without a mark":      {intaketest.Encoded(t, plain, big), outcome{stored: want}},
		"bars":                       {strings.ReplaceAll(plain, ",", "|"), outcome{stored: want}},
		"line ends of the Macintosh": {strings.ReplaceAll(plain, "\n", "\r"), outcome{stored: want}},
		"the separator is named":     {"sep=;\r\n" + strings.ReplaceAll(plain, ",", ";"), outcome{stored: want}},
		"blank rows and columns":     {"\n,,,\n" + strings.ReplaceAll(plain, "\n", ",,\n,,,\n"), outcome{stored: want}},
		"a long heading":             {strings.Replace(plain, "value", "value"+strings.Repeat(" ", 2000), 1), outcome{stored: want}},
		"a group of thousands":       {one("1234", `"1,234"`), outcome{stored: want}},
		"a narrow space":             {one("1234", "1\u202f234"), outcome{stored: want}},
		"an apostrophe":              {one("1234", "1'234"), outcome{stored: want}},
		"Arabic digits":              {one("1234", "١٬٢٣٤"), outcome{stored: want}},
		"a fraction of nothing":      {one("1234", "1234.0"), outcome{stored: want}},
		"marks that nobody sees":     {one("moi-1", "\u200fmoi-1\u200f"), outcome{stored: want}},
		"a mark before the number":   {one("1234", "\u202a1234\u202c"), outcome{stored: want}},
		"capitals":                   {one("moi-1,web", "MOI-1,Web"), outcome{stored: want}},
		"a month of Excel":           {one("2016-08", "Aug-16"), outcome{stored: want}},
		"the month first":            {one("2016-08", "08/2016"), outcome{stored: want}},
		"a month of Arabic":          {one("2016-08", "أغسطس 2016"), outcome{stored: want}},
		"a day that is clear":        {one("2016-08", "31/08/2016"), outcome{stored: "moi-1 web 2016-08-31 reported 1234"}},
		"days that explain another": {one("2016-08", "31/08/2016") + strings.Replace(row, "2016-08", "01/08/2016", 1), outcome{
			stored: "moi-1 web 2016-08-01 reported 1234; moi-1 web 2016-08-31 reported 1234",
		}},
		"a day of two meanings":   {one("2016-08", "01/08/2016"), outcome{refused: "2 bad_value period"}},
		"a decimal comma":         {one("1234", `"12,34"`), outcome{refused: "2 bad_value value"}},
		"a point of two meanings": {one("1234", "1.234"), outcome{refused: "2 bad_value value"}},
		"a formula":               {one("1234", "=F1"), outcome{refused: "2 bad_value value"}},
		"an error":                {one("1234", "#REF!"), outcome{refused: "2 bad_value value"}},
		"a row further down": {statementHeading + "\n,,,,,\n" + row + strings.Replace(row, "1234", "abc", 1), outcome{
			stored: want, refused: "5 bad_value value",
		}},
		"text under no heading":     {one("1234", "12,34"), outcome{refused: "2 malformed_json csv"}},
		"Windows-1256":              {intaketest.Encoded(t, arabic, intaketest.Windows1256), outcome{refused: "2 malformed_json csv"}},
		"two values":                {plain + strings.Replace(row, "1234", "5", 1), outcome{refused: "2 stated_twice value; 3 stated_twice value"}},
		"the same value":            {plain + strings.Replace(row, "1234", `"1,234"`, 1), outcome{stored: want + "; " + want}},
		"a workbook":                {"PK\x03\x04 xl/workbook.xml", outcome{whole: "an Excel workbook (.xlsx)"}},
		"an old workbook":           {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", outcome{whole: "an Excel workbook of an old format"}},
		"an OpenDocument file":      {"PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.spreadsheet", outcome{whole: "an OpenDocument file"}},
		"a web page":                {"<html><table><tr>", outcome{whole: "a web page (HTML)"}},
		"a PDF":                     {"%PDF-1.7", outcome{whole: "a PDF"}},
		"a heading of Windows-1256": {intaketest.Encoded(t, "الخدمة,القناة\nا,ب\n", intaketest.Windows1256), outcome{whole: "Windows-1256"}},
		"a column that is missing":  {"service,channel\na,b\n", outcome{whole: "The column measure is missing."}},
		"no row":                    {statementHeading + ",,,\n", outcome{whole: "row"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for at, through := range doors {
				got := through(t, c.file)
				if got.stored != c.want.stored || got.refused != c.want.refused || (got.whole == "") != (c.want.whole == "") ||
					!strings.Contains(got.whole, c.want.whole) {
					t.Errorf("%s: %+v, want %+v", at, got, c.want)
				}
			}
		})
	}
}
