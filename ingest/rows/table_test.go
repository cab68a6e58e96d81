package rows_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"mirsad/ingest/rows"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
)

// statement and usage are headings of the two forms of usage-csv.
const (
	statement = "service,channel,measure,period,state,value\n"
	usage     = "id,time,service,channel,stage,count,duration_ms,rating\n"
)

type fields = map[string]any

// event is a row's event, decoded.
func event(t *testing.T, row *rows.Row) fields {
	t.Helper()
	if row.Wrong != nil {
		t.Fatalf("refused: %+v", row.Wrong)
	}
	decoded := fields{}
	if err := json.Unmarshal(row.Event(), &decoded); err != nil {
		t.Fatalf("%v in %s", err, row.Event())
	}
	return decoded
}

// data is what the first row of a table says.
func data(t *testing.T, table string) fields {
	t.Helper()
	said, is := event(t, &read(t, rows.FormatCSV, table)[0])["data"].(fields)
	if !is {
		t.Fatalf("no data: %q", table)
	}
	return said
}

func TestARowOfATableBecomesAnEvent(t *testing.T) {
	for _, c := range []struct {
		name, table string
		want        fields
	}{
		{
			"a statement, named by what it is about and timed now",
			statement + "visa,web,completed,2016-08,reported,12\n",
			fields{
				"specversion": "1.0", "type": programme.TypeStatement, "source": "csv", "subject": "visa",
				"time": "2016-09-30T20:59:59Z", "id": "2016-08/visa/completed/web",
				"data": fields{
					"channel": "web", "measure": "completed", "period": "2016-08", "state": "reported", "value": 12.0,
				},
			},
		},
		{
			"a statement with names of its own",
			"service,channel,measure,period,state,id,source,time\nvisa,web,views,2016,not_provided,7,form,2016-09-01T00:00:00Z",
			fields{
				"specversion": "1.0", "type": programme.TypeStatement, "source": "form", "subject": "visa",
				"time": "2016-09-01T00:00:00Z", "id": "7",
				"data": fields{"channel": "web", "measure": "views", "period": "2016", "state": "not_provided"},
			},
		},
		{
			"a usage event says when it was and which",
			usage + "a,2016-09-30T09:00:00+03:00,visa,web,complete,7,4200,5\n",
			fields{
				"specversion": "1.0", "type": programme.TypeUsage, "source": "csv", "subject": "visa",
				"time": "2016-09-30T09:00:00+03:00", "id": "a",
				"data": fields{"channel": "web", "stage": "complete", "count": 7.0, "duration_ms": 4200.0, "rating": 5.0},
			},
		},
		{
			"a usage event without id and time: for the judge to refuse",
			usage + ",,visa,web,complete,,,\n",
			fields{
				"specversion": "1.0", "type": programme.TypeUsage, "source": "csv", "subject": "visa",
				"data": fields{"channel": "web", "stage": "complete"},
			},
		},
		{
			"a row that ends early gives no more",
			statement + "visa,web\n",
			fields{
				"specversion": "1.0", "type": programme.TypeStatement, "source": "csv", "subject": "visa",
				"time": "2016-09-30T20:59:59Z", "id": "visa/web", "data": fields{"channel": "web"},
			},
		},
	} {
		if got := event(t, &read(t, rows.FormatCSV, c.table)[0]); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestTablesAreReadAsSpreadsheetsWriteThem(t *testing.T) {
	const plain = statement + "visa,web,completed,2016-08,reported,12\n"
	want, quotes := shownIDs(t, plain), strings.NewReplacer(",", `","`, "\n", "\"\n\"")
	for name, table := range map[string]string{
		"a byte order mark":              "\ufeff" + plain,
		"line ends of Windows":           strings.ReplaceAll(plain, "\n", "\r\n"),
		"no line end at the end":         strings.TrimSpace(plain),
		"empty lines":                    "\n\r\n" + strings.ReplaceAll(plain, "\n", "\n\n"),
		"semicolons":                     strings.ReplaceAll(plain, ",", ";"),
		"tabs":                           strings.ReplaceAll(plain, ",", "\t"),
		"capitals and spaces in heading": strings.Replace(plain, "service,channel", " Service ,CHANNEL", 1),
		"spaces around cells":            strings.Replace(plain, "visa,web", " visa ,\tweb ", 1),
		"quotes around every cell":       `"` + quotes.Replace(strings.TrimSpace(plain)) + `"`,
		"Arabic-Indic digits":            strings.ReplaceAll(plain, "2016-08,reported,12", "٢٠١٦-٠٨,reported,١٢"),
	} {
		if got := shownIDs(t, table); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

// shownIDs are the ids and values of a table's rows.
func shownIDs(t *testing.T, table string) []string {
	t.Helper()
	var shown []string
	for _, row := range read(t, rows.FormatCSV, table) {
		decoded := event(t, &row)
		said, err := json.Marshal(decoded["data"])
		if err != nil {
			t.Fatal(err)
		}
		shown = append(shown, decoded["id"].(string)+" "+string(said)) //nolint:forcetypeassert // a statement has one
	}
	return shown
}

// What is a number is written as one; all else is noted as a fault, with what was found, and left out of the event.
func TestCellsOfNumbers(t *testing.T) {
	for cell, want := range map[string]any{
		"0": 0.0, "12": 12.0, "007": 7.0, "000": 0.0, "١٢": 12.0, "۱۲": 12.0,
		"":      nil,
		"1 000": 1000.0, "\"1,000\"": 1000.0, "1234.0": 1234.0, "١٬٢٣٤": 1234.0, "\u200f1234": 1234.0,
		"4000000000":           4e9,
		"00000000000000000001": 1.0,
		"\u202a12\u202c":       12.0,
		"12 ":                  12.0,
	} {
		if got := data(t, statement+"visa,web,completed,2016-08,reported,"+cell)["value"]; got != want {
			t.Errorf("%q: %v, want %v", cell, got, want)
		}
	}
	for cell, want := range map[string]string{
		"-1": "negative", "1.5": "fraction", "ten": "not_number", "1e3": "shortened", "+1": "not_number", "0x1": "not_number",
		"9999999999999999999": "too_large", "4000000001": "too_large", "'5": "not_number", "=1+1": "formula", "\"99,5\"": "fraction", "\"12,34\"": "fraction",
		"1.234": "two_numbers", "#REF!": "sheet_error",
	} {
		row := read(t, rows.FormatCSV, statement+"visa,web,completed,2016-08,reported,"+cell)[0]
		want := rows.Fault{
			Code: programme.RefusedBadValue, Field: "data.value", Words: "intake." + want, Found: strings.Trim(cell, `"`),
		}
		if len(row.Faults) != 1 || row.Faults[0] != want || event(t, &row)["data"].(fields)["value"] != nil { //nolint:forcetypeassert // it has data
			t.Errorf("%q: %+v", cell, row.Faults)
		}
	}
}

// A line that is no row is refused by itself, and its neighbours are read.
func TestALineThatIsNoRowIsRefusedAlone(t *testing.T) {
	const good = "visa,web,completed,2016-08,reported,1"
	for name, c := range map[string]struct{ line, words, found string }{
		"a cell too many":            {good + ",2", "ingest.table.surplus", ""},
		"a quote within a cell":      {"vi\"sa,web,completed,2016-08,reported,1", "ingest.table.quotes", ""},
		"text after a quoted cell":   {"\"visa\"x,web,completed,2016-08,reported,1", "ingest.table.quotes", ""},
		"bytes that are not UTF-8":   {"vi\xffsa,web,completed,2016-08,reported,1", "intake.encoding", "Windows-1252"},
		"a name in another coding":   {"\xe3\xe5\xe4,web,completed,2016-08,reported,1", "intake.encoding", "Windows-1256"},
		"a character that is broken": {"رخصة \xd9,web,completed,2016-08,reported,1", "intake.encoding.unknown", "unknown"},
	} {
		line := c.line
		found := read(t, rows.FormatCSV, statement+good+"\n"+line+"\n"+good)
		if len(found) != 3 || found[0].Wrong != nil || found[2].Wrong != nil {
			t.Errorf("%s: %v", name, shown(found))
			continue
		}
		want := rows.Fault{Code: programme.RefusedMalformedJSON, Field: "csv", Words: c.words, Found: c.found}
		if got := found[1].Wrong; got == nil || *got != want || found[1].Format() != programme.RowCSV {
			t.Errorf("%s: %+v", name, got)
		}
	}
	quotes := statement + "\"vi\nsa\",web,completed,2016-08,reported,1\n\"a \"\"b\"\"\",web,completed,2016-08,reported,1"
	if found := read(t, rows.FormatCSV, quotes); len(found) != 2 || event(t, &found[0])["subject"] != "vi sa" ||
		event(t, &found[1])["subject"] != `a "b"` {
		t.Errorf("line ends and quotes in quoted cells: %v", shown(found))
	}
	open := statement + good + "\n\"visa,web\n" + good + "\n" + good
	if found := read(t, rows.FormatCSV, open); len(found) != 2 || found[1].Wrong == nil {
		t.Errorf("a quote that is never closed takes the rest of the table: %v", shown(found))
	}
}

func TestHeadingsAtFault(t *testing.T) {
	for heading, want := range map[string]string{
		"service,channel,measure,period,state,value,qid":                      "qid known",
		"service,channel,period,value":                                        "measure missing, state missing",
		"service,service,channel,measure,period,state":                        "service twice",
		"service,channel,measure,period,state,Value, VALUE":                   "value twice",
		"service,channel,stage":                                               "time missing, id missing",
		"service,channel,stage,measure":                                       "period missing, state missing, stage known",
		"id,time,service,channel,stage,value":                                 "value known",
		"hello":                                                               "service missing, channel missing, measure missing, period missing, state missing, hello known",
		"channel;measure;period;state,service":                                "service missing, state missing, state,service known",
		"service,channel,measure,period,state,":                               "",
		"a\"b":                                                                "heading heading",
		"service,channel,measure,period,state" + spaces(1024):                 "",
		"service,channel,measure,period,state" + spaces(rows.MaxBytes):        "heading heading",
		"service,channel,measure,period,state," + spaces(64) + "\n":           "",
		"service,channel,measure,period,state" + strings.Repeat(",", 200):     "",
		"service" + strings.Repeat(",", 200) + "channel,measure,period,state": "heading columns",
		"PK\x03\x04xl/workbook.xml":                                           "body (CSV)", "%PDF-1.7": "body (CSV)", "<html><table>": "body (CSV)", "{}": "body (CSV)",
		"\xe3\xe5\xe4,channel": "heading Windows-1256",
	} {
		_, err := rows.In(rows.FormatCSV, []byte(heading+"\nx\n"), evening)
		var got []string
		if faults, are := errors.AsType[*httpserver.FaultsError](err); are {
			for _, each := range faults.Faults {
				words := strings.Fields(strings.TrimSuffix(each.Message, "."))
				got = append(got, each.Field+" "+words[len(words)-1])
				if each.MessageAr == each.Message || each.Remedy == "" || each.RemedyAr == each.Remedy {
					t.Errorf("%.60q: what to do is not said in both languages: %+v", heading, each)
				}
			}
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%.60q: %q, want %q", heading, strings.Join(got, ", "), want)
		}
	}
}

func spaces(n int) string { return strings.Repeat(" ", n) }

func TestATableOfNothingHasNoRows(t *testing.T) {
	for _, body := range []string{"", "\ufeff", "\n\r\n", statement, strings.TrimSpace(statement)} {
		if found := read(t, rows.FormatCSV, body); len(found) != 0 {
			t.Errorf("%q: %v", body, shown(found))
		}
	}
}

// A row that was kept is read again as it was read first, without its table.
func TestAKeptRowIsReadAgainByItself(t *testing.T) {
	table := "Service;Channel;Measure;Period;State;Value\r\nvisa;web;completed;2016-08;reported;12\r\nforms;\"a;b\";;;;\r\n"
	for _, row := range read(t, rows.FormatCSV, table) {
		again := rows.Again(row.Format(), row.Sent(), evening)
		if !reflect.DeepEqual(event(t, &again), event(t, &row)) || string(again.Sent()) != string(row.Sent()) {
			t.Errorf("%s, first %s", again.Event(), row.Event())
		}
	}
	for _, kept := range []string{"", statement, "hello\nx", "a\"b\nx"} {
		again := rows.Again(programme.RowCSV, []byte(kept), evening)
		if again.Wrong == nil || again.Wrong.Field != "csv" || string(again.Sent()) != kept {
			t.Errorf("%q is no row of a table: %+v", kept, again.Wrong)
		}
	}
	if again := rows.Again(programme.RowJSON, []byte(" {} "), evening); again.Wrong != nil || string(again.Event()) != "{}" {
		t.Errorf("an event: %+v", again.Wrong)
	}
}

// FuzzTable holds what must be true of any table: nothing panics, events are JSON, and each row that is read at all is
// read again by itself as the same event.
func FuzzTable(f *testing.F) {
	f.Add([]byte(statement + "visa,web,completed,2016-08,reported,1\n\"visa\";x,\"\n"))
	f.Add([]byte("id\ttime\tservice\tchannel\tstage\n1\t2016-09-30T09:00:00Z\tvisa\tweb\tcomplete\n"))
	f.Add([]byte("\ufeffService;Channel;Measure;Period;State\r\n\"a\r\n\"\"b\";web\r\n\r\n"))
	f.Fuzz(func(t *testing.T, body []byte) {
		found, err := rows.In(rows.FormatCSV, body, evening)
		if err != nil {
			return
		}
		for row := range found {
			if row.Wrong != nil {
				continue
			}
			again := rows.Again(row.Format(), row.Sent(), evening)
			if again.Wrong != nil {
				t.Fatalf("%q is read in its table and not by itself", row.Sent())
			}
			if !reflect.DeepEqual(event(t, &again), event(t, &row)) {
				t.Errorf("%s, first %s", again.Event(), row.Event())
			}
		}
	})
}
