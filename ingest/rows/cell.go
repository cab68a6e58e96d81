package rows

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"

	"github.com/go-faster/jx"

	"mirsad/internal/civil"
	"mirsad/internal/intake"
	"mirsad/internal/programme"
)

// The largest numbers are what sums can hold, 2^52, divided by how many are added up at most: a thousand million events,
// and a million statements (docs/rules.md#largest-numbers).
const (
	MostCount = 1_000_000
	MostValue = 4_000_000_000
)

// event writes a row as an event, without the cells that can't be read: they are noted. Empty cells are not given; what a row
// doesn't say of itself follows from the row: its id from what it states, so that the same row is the same event.
func (t *csvTable) event(row *Row, encoder *jx.Encoder, cells []string) {
	given := map[string]string{"specversion": "1.0", "type": t.kind, "source": tableSource}
	read := make(map[string]string, len(cells))
	for i, cell := range cells {
		if column := t.columns[i]; cell != "" && column != "" {
			if said, is := t.read(row, column, cell); is {
				read[column] = said
			}
		}
	}
	if len(t.named) > 0 {
		given["time"], given["id"] = t.now, nameOf(t.named, read) // a statement is about its period, whenever it comes
	}
	encoder.Reset()
	encoder.ObjStart()
	encoder.FieldStart("data")
	encoder.ObjStart()
	for _, column := range t.columns {
		cell, is := read[column]
		attribute, named := t.attributes[column]
		switch {
		case !is:
		case named:
			given[attribute] = cell
		default:
			encoder.FieldStart(column)
			t.write(encoder, column, cell)
		}
	}
	encoder.ObjEnd()
	for name, value := range given {
		encoder.FieldStart(name)
		encoder.Str(value)
	}
	encoder.ObjEnd()
	row.event = bytes.Clone(encoder.Bytes())
	if t.lack(row, read); len(row.Faults) == 0 && len(t.named) > 0 {
		row.States = statedBy(read, given["id"])
	}
}

// statedBy is the total that a readable row states.
func statedBy(read map[string]string, id string) *Stated {
	whole := func(column string) int64 {
		number, _ := strconv.ParseInt(read[column], 10, 64) // written by read, or empty
		return number
	}
	period, err := civil.ParsePeriod(read["period"])
	if err != nil {
		return nil
	}
	return &Stated{
		Of: Total{
			Service: programme.FoldCode(read["service"]), Channel: programme.Channel(read["channel"]),
			Measure: programme.Measure(read["measure"]), Period: period,
		},
		State: programme.State(read["state"]), Value: whole("value") + whole("total") - whole("digital"), ID: id,
	}
}

// read returns what a cell says in the words of events; false: it can't be read, which is noted.
func (t *csvTable) read(row *Row, column, cell string) (said string, is bool) {
	code, reason := programme.RefusedBadValue, intake.Reason("")
	said = intake.Digits(cell)
	switch {
	case slices.Contains(t.numbers, column):
		var number int64
		number, reason = intake.Whole(cell)
		most := int64(MostValue)
		if column == "count" {
			most = MostCount
		}
		if said = strconv.FormatInt(number, 10); number > most {
			reason = intake.TooLarge
		}
	case column == "period":
		said, reason = t.date(row, func(d *intake.Dates) (string, intake.Reason) {
			period, reason := d.Period(cell)
			return period.String(), reason
		})
	case column == "time":
		code = programme.RefusedBadTime
		if len(t.named) > 0 {
			said, reason = new(intake.Dates).Moment(cell) // when it was stated, beside its period
			break
		}
		said, reason = t.date(row, func(d *intake.Dates) (string, intake.Reason) { return d.Moment(cell) })
	case t.words[column] != nil:
		if said = word(said); !slices.Contains(t.words[column], said) {
			row.blame(Fault{Code: code, Field: t.field(column), Words: "ingest.table." + column, Found: foundIn(cell)})
			return "", false
		}
	case column == "id" || column == "source":
		said = cell
	}
	if reason != "" {
		row.blame(Fault{Code: code, Field: t.field(column), Words: "intake." + string(reason), Found: foundIn(cell)})
		return "", false
	}
	return said, true
}

// word is a word of a list as the list spells it: people write spaces and capitals.
func word(cell string) string {
	return strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(cell))
}

// date reads a cell of the table's dates. One that only the rest of the table explains is kept as explained, for the row
// may be read again by itself.
func (t *csvTable) date(
	row *Row, read func(*intake.Dates) (string, intake.Reason),
) (said string, reason intake.Reason) {
	said, reason = read(new(intake.Dates))
	if reason != intake.TwoDates {
		return said, reason
	}
	if said, reason = read(t.evidence()); reason == "" {
		row.raw = t.explained(row.raw, said)
	}
	return said, reason
}

// explained is a row with its date written without doubt.
func (t *csvTable) explained(raw []byte, date string) []byte {
	reader := csv.NewReader(bytes.NewReader(raw))
	reader.Comma = t.table.Separator
	cells, err := reader.Read()
	at := slices.Index(t.columns, t.dated)
	if err != nil || at >= len(cells) {
		return raw
	}
	cells[at] = date
	for i, cell := range cells {
		if strings.ContainsAny(cell, "\"\r\n"+string(t.table.Separator)) {
			cells[i] = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
		}
	}
	return []byte(strings.Join(cells, string(t.table.Separator)))
}

// write writes what a cell says: a number where the column holds numbers.
func (t *csvTable) write(encoder *jx.Encoder, column, said string) {
	if slices.Contains(t.numbers, column) {
		encoder.Num(jx.Num(said))
		return
	}
	encoder.Str(said)
}

// lack notes what a row needs and has not.
func (t *csvTable) lack(row *Row, read map[string]string) {
	for _, column := range t.required {
		if _, is := read[column]; !is && !row.blamed(t.field(column)) {
			row.blame(Fault{Code: programme.RefusedMissingField, Field: t.field(column)})
		}
	}
	if len(row.Faults) < 2 {
		return
	}
	slices.SortStableFunc(row.Faults, func(a, b Fault) int { return t.place(a.Field) - t.place(b.Field) })
}

// place orders faults as the columns are judged.
func (t *csvTable) place(field string) int {
	return slices.IndexFunc(judged, func(column string) bool { return t.field(column) == field })
}

// nameOf joins what a statement is about.
func nameOf(named []string, read map[string]string) string {
	parts := make([]string, 0, len(named))
	for _, column := range named {
		if said, is := read[column]; is {
			parts = append(parts, said)
		}
	}
	return strings.Join(parts, "/")
}
