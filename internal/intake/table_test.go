package intake_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	utf "golang.org/x/text/encoding/unicode"

	"mirsad/internal/intake"
)

const longestRow = 1 << 10

// wanted is the heading of the tables below.
func wanted(heading []string) bool { return intake.HasColumns(heading, []string{"a", "b"}) }

// rowsOf are the rows of a table as text: number, cells or fault.
func rowsOf(t *testing.T, file string) []string {
	t.Helper()
	table, err := intake.OpenTable([]byte(file), longestRow, wanted)
	if err != nil {
		t.Fatalf("%.80q: %v", file, err)
	}
	shown := []string{fmt.Sprintf("%d %s", table.HeadingNumber, strings.Join(table.Heading, "|"))}
	for row, is := table.Next(); is; row, is = table.Next() {
		if row.Wrong != nil {
			shown = append(shown, fmt.Sprintf("%d: %v", row.Number, row.Wrong))
			continue
		}
		shown = append(shown, fmt.Sprintf("%d %s", row.Number, strings.Join(row.Cells, "|")))
	}
	return shown
}

func TestTablesAsProgramsWriteThem(t *testing.T) {
	const plain = "a,b,c\nتجديد,2,3\n4,5,6\n"
	want := []string{"1 a|b|c", "2 تجديد|2|3", "3 4|5|6"}
	wide, err := utf.UTF16(utf.BigEndian, utf.UseBOM).NewEncoder().String(plain)
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string]string{
		"commas":                    plain,
		"semicolons":                strings.ReplaceAll(plain, ",", ";"),
		"tabs":                      strings.ReplaceAll(plain, ",", "\t"),
		"bars":                      strings.ReplaceAll(plain, ",", "|"),
		"a mark":                    "\ufeff" + plain,
		"UTF-16":                    wide,
		"line ends of Windows":      strings.ReplaceAll(plain, "\n", "\r\n"),
		"line ends of old":          strings.ReplaceAll(plain, "\n", "\r"),
		"no line end at the end":    strings.TrimSpace(plain),
		"spaces around":             " a , b\u00a0,\u200fc\nتجديد ,2,\t3\n4,5 ,6",
		"quotes":                    `"a","b","c"` + "\n" + `"تجديد","2","3"` + "\n" + `"4","5","6"`,
		"empty columns at the end":  "a,b,c,,\nتجديد,2,3,,\n4,5,6,, \n",
		"blank rows at the end":     plain + ",,\n,,\n , ,\n\n",
		"surplus cells of nothing":  "a,b,c\nتجديد,2,3,,,\n4,5,6,\u200f\n",
		"what parts cells is named": "sep=;\r\na;b;c\r\nتجديد;2;3\r\n4;5;6\r\n",
	} {
		if got := rowsOf(t, file); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// Above a table people write what it is; the rows keep their numbers.
func TestATitleAboveTheHeading(t *testing.T) {
	want := []string{"4 A|b|c d", "5 1|2|3"}
	for name, file := range map[string]string{
		"commas":              "Use of the services, 2016\n,,\nMinistry,of \"Interior,\nA,b,c d\n1,2,3\n",
		"a title with quotes": "Use of \"services\"\n\n\nA\tb\tc d\n1\t2\t3\n",
		"semicolons":          "Use, by month, 2016\r\n\r\nMinistry\r\nA;b;c d\r\n1;2;3\r\n",
	} {
		if got := rowsOf(t, file); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if got := rowsOf(t, "title\nx,y\n1,2\n"); !slices.Equal(got[:1], []string{"1 title"}) {
		t.Errorf("without a heading that is wanted: %q", got)
	}
	if got := rowsOf(t, "title\n"+strings.Repeat("\n", 20)+"a,b\n"); !slices.Equal(got, []string{"1 title", "22: " + intake.ErrSurplus.Error()}) {
		t.Errorf("too far down: %q", got)
	}
}

func TestColumnsAsPeopleNameThem(t *testing.T) {
	for text, want := range map[string]string{"Name AR": "name_ar", "launched-on": "launched_on", "\u200fService ": "service", "duration_ms": "duration_ms", "": ""} {
		if got := intake.Column(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// Rows have the numbers that a spreadsheet program shows beside them.
func TestRowsAreNumberedAsSpreadsheetsDo(t *testing.T) {
	got := rowsOf(t, "\r\n,,\r\na,b\r\n\r\n1,\"x\r\ny\"\r\n,\r\n2,z\r\n")
	if want := []string{"3 a|b", "5 1|x y", "7 2|z"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestARowThatCannotBeTakenApartIsAlone(t *testing.T) {
	for line, want := range map[string]error{
		"1,2,3":                       intake.ErrSurplus,
		"1,\"2":                       intake.ErrQuotes,
		"1,2\"3":                      intake.ErrQuotes,
		"\"1\"x,2":                    intake.ErrQuotes,
		strings.Repeat("x", 1<<10+1):  intake.ErrRowTooLong,
		strings.Repeat("x", 1<<10-10): nil,
	} {
		table, err := intake.OpenTable([]byte("a,b\n1,2\n"+line+"\n"), longestRow, wanted)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = table.Next()
		if row, is := table.Next(); !is || !errors.Is(row.Wrong, want) || row.Number != 3 || strings.TrimSpace(string(row.Raw)) != line {
			t.Errorf("%.20q: %v, want %v", line, row.Wrong, want)
		}
	}
	if got := rowsOf(t, "a,,b,\n1,,2\n1,x,2\n1,,2,x\n"); !slices.Equal(got, []string{
		"1 a||b", "2 1||2", "3: " + intake.ErrSurplus.Error(), "4: " + intake.ErrSurplus.Error(),
	}) {
		t.Errorf("text under no heading: %q", got)
	}
	file, err := charmap.Windows1256.NewEncoder().String("a,b\n1,2\nتجديد رخصة,2\n")
	if err != nil {
		t.Fatal(err)
	}
	table, err := intake.OpenTable([]byte(file), longestRow, wanted)
	if err != nil {
		t.Fatal(err)
	}
	plain, _ := table.Next()
	arabic, _ := table.Next()
	if other, is := errors.AsType[*intake.EncodingError](arabic.Wrong); plain.Wrong != nil || !is || other.Found != intake.Windows1256 {
		t.Errorf("%v, %v", plain.Wrong, arabic.Wrong)
	}
}

func TestTablesThatAreNone(t *testing.T) {
	for _, file := range []string{"", "\ufeff", "\n\r\n", ",,\n ;\n", "sep=;\n"} {
		if _, err := intake.OpenTable([]byte(file), longestRow, wanted); !errors.Is(err, intake.ErrNoHeading) {
			t.Errorf("%q: %v", file, err)
		}
	}
	for file, want := range map[string]intake.FileKind{"PK\x03\x04": intake.Archive, "%PDF": intake.PDF, "{}": intake.JSON} {
		_, err := intake.OpenTable([]byte(file), longestRow, wanted)
		if wrong, is := errors.AsType[*intake.KindError](err); !is || wrong.Found != want {
			t.Errorf("%q: %v", file, err)
		}
	}
	if _, err := intake.OpenTable([]byte("a\"b,c\n"), longestRow, wanted); !errors.Is(err, intake.ErrQuotes) {
		t.Errorf("a heading of broken quotes: %v", err)
	}
	if _, err := intake.OpenTable([]byte("\xca\xcc\xcf\xed\xcf,b\n"), longestRow, wanted); err == nil || !strings.Contains(err.Error(), "1256") {
		t.Errorf("a heading in another encoding: %v", err)
	}
}

// FuzzTable holds what must be true of any file: nothing panics, every row has a number above the one before and no more
// cells than the heading.
func FuzzTable(f *testing.F) {
	f.Add([]byte("a;b\n1;\"2\n3\"\n\n4\n"))
	f.Add([]byte("\xff\xfea\x00\n\x00b\x00"))
	f.Fuzz(func(t *testing.T, file []byte) {
		table, err := intake.OpenTable(file, longestRow, wanted)
		if err != nil {
			return
		}
		last := table.HeadingNumber
		for row, is := table.Next(); is; row, is = table.Next() {
			if row.Number <= last || (row.Wrong == nil && len(row.Cells) > len(table.Heading)) {
				t.Fatalf("row %d after %d: %q", row.Number, last, row.Cells)
			}
			last = row.Number
		}
	})
}
