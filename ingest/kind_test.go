package ingest

import (
	"encoding/hex"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"mirsad/ingest/rows"
	"mirsad/ingest/schemas"
	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// eventsIn returns the events of one kind in a chunk.
func eventsIn[T any](t *testing.T, c *chunk, k *kind[T]) []T {
	t.Helper()
	for _, b := range c.blocks {
		if own, of := b.(*events[T]); of && own.kind == k {
			return own.rows
		}
	}
	t.Fatalf("%s has no block", k.event)
	return nil
}

// oldRecord was written by the version of the program before kinds were one table: an event of each kind and a refused
// one.
const oldRecord = "testdata/record-2.hex"

// currentRecord is the same as it is written since refused rows say what was found.
const currentRecord = "testdata/record-3.hex"

func oldReceipt() programme.Receipt {
	return programme.Receipt{
		ID: "0123456789abcdef0123456789abcdef", Actor: agency.ID, Entity: "moi", BodyHash: [32]byte{1, 2, 3},
		Accepted: 5, Rejected: 1, RecordedAt: evening,
	}
}

// oldBody is what the old record is of.
func oldBody() string {
	evidence := []any{fields{"criterion": "info", "answer": "yes"}}
	return strings.Join([]string{
		usage(fields{"count": 3, "duration_ms": 4200, "rating": 5}, fields{"id": "u"}),
		statement(nil, fields{"id": "s"}),
		rolloutEvent(fields{"evidence": evidence}, fields{"id": "r"}),
		milestone(nil, fields{"id": "m"}),
		usage(fields{"count": -1}, fields{"id": "x"}),
		usage(fields{"channel": "counter"}, fields{"id": "u2", "subject": "moi-2"}),
	}, "\n")
}

func readOld(t *testing.T) []byte {
	t.Helper()
	return readRecord(t, oldRecord)
}

func readRecord(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	data, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// later is the moment of receipt of a row of the old record.
func later(index int) time.Time { return evening.Add(time.Duration(index) * time.Microsecond) }

// What waits in the spool while the program is replaced is written all the same.
func TestRecordsOfAnEarlierVersionAreRead(t *testing.T) {
	read := newChunk()
	if err := (&recordReader{}).readRecord(readOld(t), read); err != nil {
		t.Fatal(err)
	}
	on, noon := civil.NewDate(2016, 9, 30), time.Date(2016, 9, 30, 9, 0, 0, 0, time.UTC)
	key := func(id string) programme.EventKey { return eventKey([]byte("/moi/portal"), []byte(id)) }
	id := func(of string) string { k := key(of); return hex.EncodeToString(k[:]) }
	for what, pair := range map[string][2]any{
		"receipts": {read.receipts, []programme.Receipt{oldReceipt()}},
		"usage": {eventsIn(t, read, &usageKind), []programme.UsageEvent{{
			Key: key("u"), Entity: "moi", Service: "moi-1", ReportDate: on,
			Channel: programme.ChannelWeb, Stage: programme.StageComplete,
			Count: 3, DurationMS: 4200, Rating: 5, OccurredAt: noon, Version: stampOf(later(0)),
		}, {
			Key: key("u2"), Entity: "moi", Service: "moi-2", ReportDate: on,
			Channel: programme.ChannelCounter, Stage: programme.StageComplete,
			Count: 1, OccurredAt: noon, Version: stampOf(later(5)),
		}}},
		"statements": {eventsIn(t, read, &statementKind), []programme.Statement{{
			Entity: "moi", Service: "moi-1", Period: civil.NewMonth(2016, time.August).Period(),
			Channel: programme.ChannelWeb, Measure: programme.MeasureCompleted, State: programme.Reported, Value: 12,
			Source: "/moi/portal", EventID: "s", Actor: agency.ID, RecordedAt: later(1),
		}}},
		"rollouts": {eventsIn(t, read, &rolloutKind), []programme.Rollout{{
			ID: id("r"), Entity: "moi", Service: "moi-1", Source: "/moi/portal", EventID: "r", Action: programme.ActionLaunch,
			Level: 3, Channels: []programme.Channel{programme.ChannelWeb}, EffectiveOn: civil.NewDate(2016, 9, 1),
			Evidence: []programme.Answer{{Criterion: "info", Answer: "yes"}}, Actor: agency.ID, RecordedAt: later(2),
		}}},
		"milestones": {eventsIn(t, read, &milestoneKind), []programme.MilestoneEvent{{
			ID: id("m"), Entity: "moi", Service: "moi-1", Source: "/moi/portal", EventID: "m", Milestone: "moi-1-3",
			Phase: programme.PhaseTest, DoneOn: civil.NewDate(2016, 9, 15), Actor: agency.ID, RecordedAt: later(3),
		}}},
	} {
		if !reflect.DeepEqual(pair[0], pair[1]) {
			t.Errorf("%s\n got %+v\nwant %+v", what, pair[0], pair[1])
		}
	}
	if len(read.refusals) != 1 || read.refusals[0].Index != 4 || read.refusals[0].Code != programme.RefusedBadValue ||
		read.refusals[0].Receipt != oldReceipt().ID || read.refusals[0].Field != "data.count" {
		t.Errorf("refusals %+v", read.refusals)
	}
}

// What one build of this version writes another reads.
func TestRecordsAreWrittenAsBefore(t *testing.T) {
	f := newFixture(t, quick, newMemoryStore(), standing)
	decided, err := f.judgeAll(t.Context(), Submission{Principal: agency, Format: rows.FormatLines, Body: []byte(oldBody())})
	if err != nil {
		t.Fatal(err)
	}
	defer decided.release()
	receipt := oldReceipt()
	if got, want := hex.EncodeToString(decided.bytes(&receipt)), hex.EncodeToString(readRecord(t, currentRecord)); got != want {
		t.Errorf("wrote\n%s, want\n%s", got, want)
	}
	read := newChunk()
	if err := (&recordReader{}).readRecord(readRecord(t, currentRecord), read); err != nil {
		t.Fatal(err)
	}
	for _, event := range eventsIn(t, read, &usageKind) {
		if event.Source != "/moi/portal" {
			t.Errorf("the source of %+v", event)
		}
	}
}

func TestKindsAreDistinct(t *testing.T) {
	texts, err := schemas.Texts()
	if err != nil {
		t.Fatal(err)
	}
	letters, types := map[byte]bool{refusalLetter: true}, map[string]bool{}
	for at, k := range kinds {
		if letters[k.mark()] || types[k.eventType()] {
			t.Errorf("%s shares its letter %q or its type with another", k.eventType(), k.mark())
		}
		letters[k.mark()], types[k.eventType()] = true, true
		if kindsByType[k.eventType()] != k || int(places[k.mark()]) != at {
			t.Errorf("%s is not found by its type and its letter", k.eventType())
		}
		if texts[k.eventType()+".json"] == nil {
			t.Errorf("%s has no schema", k.eventType())
		}
	}
	if want := programme.EventTypes(); !slices.Equal(slices.Sorted(maps.Keys(types)), slices.Sorted(slices.Values(want))) {
		t.Errorf("kinds of %v, want %v: those that have a table", types, want)
	}
}

// The letters and the names of blocks outlive a version: records in the spool and tokens of half-written chunks have
// them.
func TestLettersAndBlocksStay(t *testing.T) {
	got := map[string]byte{
		usageKind.block: usageKind.letter, statementKind.block: statementKind.letter,
		rolloutKind.block: rolloutKind.letter, milestoneKind.block: milestoneKind.letter,
	}
	want := map[string]byte{"usage": 'u', "statements": 's', "rollouts": 'r', "milestones": 'm'}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// A refused row follows an accepted one of the same kind, and kinds alternate: each row comes back in its own block.
func TestMixedRowsComeBackInOrder(t *testing.T) {
	f := newFixture(t, quick, newMemoryStore(), standing)
	var sent []string
	for range 3 {
		sent = append(sent,
			usage(nil), usage(fields{"count": 2}), statement(nil), usage(fields{"count": -1}), milestone(nil), milestone(nil))
	}
	body := Submission{Principal: agency, Format: rows.FormatLines, Body: []byte(strings.Join(sent, "\n"))}
	decided, err := f.judgeAll(t.Context(), body)
	if err != nil {
		t.Fatal(err)
	}
	defer decided.release()
	read := newChunk()
	receipt := programme.Receipt{ID: "r", RecordedAt: evening}
	for range 2 { // two records of one chunk
		if err := (&recordReader{}).readRecord(decided.bytes(&receipt), read); err != nil {
			t.Fatal(err)
		}
	}
	var counts []uint64
	for _, e := range eventsIn(t, read, &usageKind) {
		counts = append(counts, e.Count)
	}
	if want := []uint64{1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2}; !reflect.DeepEqual(counts, want) {
		t.Errorf("usage %v, want %v", counts, want)
	}
	statements, milestones := eventsIn(t, read, &statementKind), eventsIn(t, read, &milestoneKind)
	if len(statements) != 6 || len(milestones) != 12 || len(read.refusals) != 6 {
		t.Errorf("%d statements, %d milestones and %d refusals, want 6, 12 and 6",
			len(statements), len(milestones), len(read.refusals))
	}
}
