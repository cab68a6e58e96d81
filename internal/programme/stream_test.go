package programme_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// words is a body with one text.
type words struct{ Text string }

// at is a moment by its second.
func at(second int64) time.Time { return time.Unix(second, 0).UTC() }

// said is a fact of an entity that says something.
func said(subject string, seq uint32, id string, recorded int64, text string) programme.Fact {
	raw, _ := json.Marshal(words{text})
	return programme.Fact{
		Family: programme.FamilyEntity, Subject: subject, Seq: seq, ID: id, RecordedAt: at(recorded), Body: raw,
	}
}

// texts lists what facts say, in their order.
func texts(facts []programme.Recorded[words]) []string {
	var list []string
	for i := range facts {
		list = append(list, facts[i].Body.Text)
	}
	return list
}

func TestFactsAreReadInTheOrderOfSubjectAndSequence(t *testing.T) {
	facts := []programme.Fact{
		said("b", 1, "x", 1, "b1"), said("a", 2, "x", 1, "a2"), said("a", 10, "x", 1, "a10"), said("a", 1, "x", 9, "a1"),
		{Family: programme.FamilyService, Subject: "a", Seq: 1, Body: json.RawMessage("no")},
	}
	got, err := programme.ReadFamily[words](facts, programme.FamilyEntity, programme.NoEnd)
	if want := []string{"a1", "a2", "a10", "b1"}; err != nil || !slices.Equal(texts(got), want) {
		t.Errorf("%v, %v; want %v", texts(got), err, want)
	}
}

// Two servers may have taken one place of a stream at once: who was first has it, as in the store.
func TestOfTwoFactsWithOneSequenceTheFirstRecordedCounts(t *testing.T) {
	for name, facts := range map[string][]programme.Fact{
		"recorded first":                    {said("a", 1, "x", 2, "no"), said("a", 1, "y", 1, "yes")},
		"recorded at once, the first by id": {said("a", 1, "y", 1, "no"), said("a", 1, "x", 1, "yes")},
		"recorded first and given first":    {said("a", 1, "x", 1, "yes"), said("a", 1, "y", 2, "no")},
	} {
		got, err := programme.ReadFamily[words](facts, programme.FamilyEntity, programme.NoEnd)
		if err != nil || !slices.Equal(texts(got), []string{"yes"}) {
			t.Errorf("%s: %v, %v", name, texts(got), err)
		}
	}
}

func TestWhatWasRecordedAfterTheEndIsNotKnown(t *testing.T) {
	facts := []programme.Fact{said("a", 1, "x", 5, "first"), said("a", 2, "y", 7, "second")}
	for until, want := range map[int64][]string{4: nil, 5: {"first"}, 6: {"first"}, 7: {"first", "second"}} {
		if got, err := programme.ReadFamily[words](facts, programme.FamilyEntity, at(until)); err != nil || !slices.Equal(texts(got), want) {
			t.Errorf("until %d: %v, %v; want %v", until, texts(got), err, want)
		}
	}
	for name, test := range map[string]struct {
		until time.Time
		want  bool
	}{"no end": {programme.NoEnd, false}, "before": {at(4), true}, "the moment": {at(5), false}, "after": {at(6), false}} {
		if got := programme.RecordedAfter(at(5), test.until); got != test.want {
			t.Errorf("%s: recorded after the end: %v", name, got)
		}
	}
}

func TestAFactThatCannotBeReadNamesItself(t *testing.T) {
	broken := said("moi", 3, "x", 1, "")
	broken.Body = json.RawMessage("no")
	_, err := programme.ReadFamily[words]([]programme.Fact{broken}, programme.FamilyEntity, programme.NoEnd)
	if !errors.Is(err, programme.ErrInvalid) || err.Error()[:len("invalid: fact entity/moi/3: ")] != "invalid: fact entity/moi/3: " {
		t.Errorf("%v", err)
	}
}

func TestInForceIsTheNewestFactThatIsEffective(t *testing.T) {
	stream := make([]programme.Recorded[words], 3)
	for i, from := range []civil.Date{0, 20, 10} { // the third was recorded last, and holds from an earlier day
		stream[i].EffectiveOn, stream[i].Body.Text = from, string('a'+rune(i))
	}
	for on, want := range map[civil.Date]string{1: "a", 9: "a", 10: "c", 19: "c", 20: "c"} {
		if got := programme.InForce(stream, on); got == nil || got.Body.Text != want {
			t.Errorf("on day %d: %+v, want %s", on, got, want)
		}
	}
	if got := programme.InForce(stream[1:2], 19); got != nil {
		t.Errorf("before the first: %+v", got)
	}
}

func TestStreamsAreCutBySubject(t *testing.T) {
	facts, err := programme.ReadFamily[words]([]programme.Fact{
		said("a", 1, "", 1, "a1"), said("a", 2, "", 1, "a2"), said("b", 1, "", 1, "b1"), said("c", 1, "", 1, "c1"),
	}, programme.FamilyEntity, programme.NoEnd)
	if err != nil {
		t.Fatal(err)
	}
	streams := programme.BySubject(facts)
	for subject, want := range map[string][]string{"a": {"a1", "a2"}, "b": {"b1"}, "c": {"c1"}} {
		if got := texts(streams[subject]); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", subject, got, want)
		}
	}
	if len(streams) != 3 || cap(streams["a"]) != 2 {
		t.Errorf("%d streams; appending to one must not write into the next", len(streams))
	}
	if len(programme.BySubject[words](nil)) != 0 {
		t.Error("no facts have streams")
	}
}
