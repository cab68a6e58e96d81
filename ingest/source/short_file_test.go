package source

import (
	"reflect"
	"strings"
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
)

// importInto imports files into a shelf that holds what earlier ones left.
func importInto(t *testing.T, s *shelf, format string, files ...string) {
	t.Helper()
	feed, err := Open(t.Context(), format, files, s.means())
	if err != nil {
		t.Fatal(err)
	}
	s.take(t, feed)
}

const wholeHead = "code,name,name_ar,entity,description,description_ar,audience,mandatory,channels,depends_on,part_of," +
	"effective_on,launched_on,level"

// wholeShelf holds two entities, a bundle and its part, which says something in every column.
func wholeShelf(t *testing.T) *shelf {
	t.Helper()
	s := &shelf{}
	importInto(t, s, catalogueName, csvFile(t, "e.csv", madeUpEntities...), csvFile(t, "s.csv", wholeHead,
		"bu-0,Bundle,حزمة,moi,,,citizens,yes,web,,,,2015-02-01,2",
		"bu-1,Part one,جزء,moi,What it does,ما تفعله,citizens,yes,web counter,moj,bu-0,2014-02-01,2015-02-01,2"))
	return s
}

func TestAColumnThatIsNotThereLeavesWhatIsRecorded(t *testing.T) {
	s := wholeShelf(t)
	before := s.service(t, "bu-1")
	launches := len(s.Rollouts)
	importInto(t, s, catalogueName, csvFile(t, "short.csv", "code,name,name_ar,entity", "bu-1,Part 1,جزء ١,moi"))
	after := s.service(t, "bu-1")
	want := before.Body
	want.Name, want.NameAr = "Part 1", "جزء ١"
	if !reflect.DeepEqual(after.Body, want) || after.EffectiveOn != before.EffectiveOn {
		t.Errorf("%+v from %s; want %+v from %s", after.Body, after.EffectiveOn, want, before.EffectiveOn)
	}
	if len(s.Rollouts) != launches || len(s.listed(civiltest.Day("2016-01-01"))) != 2 {
		t.Errorf("%d rollouts for %d, listed %v", len(s.Rollouts), launches, s.listed(civiltest.Day("2016-01-01")))
	}
}

// Every column alone, beside those that must be there, changes nothing but itself: given as recorded nothing, emptied
// that field.
func TestEachColumnSpeaksForItself(t *testing.T) {
	row := map[string]string{
		"description": "What it does", "description_ar": "ما تفعله", "audience": "citizens", "mandatory": "yes",
		"channels": "web counter", "depends_on": "moj", "part_of": "bu-0",
	}
	for column, text := range row {
		s := wholeShelf(t)
		facts, want := len(s.Streams), s.service(t, "bu-1").Body
		head := "code,name,name_ar,entity," + column
		importInto(t, s, catalogueName, csvFile(t, "same.csv", head, "bu-1,Part one,جزء,moi,"+text))
		if len(s.Streams) != facts {
			t.Errorf("%s as recorded: %d facts for %d", column, len(s.Streams), facts)
		}
		importInto(t, s, catalogueName, csvFile(t, "emptied.csv", head, "bu-1,Part one,جزء,moi,"))
		emptied := reflect.ValueOf(&want).Elem()
		for i := range emptied.NumField() {
			if tag, _, _ := strings.Cut(emptied.Type().Field(i).Tag.Get("json"), ","); tag == column {
				emptied.Field(i).SetZero()
			}
		}
		if got := s.service(t, "bu-1").Body; !reflect.DeepEqual(got, want) {
			t.Errorf("%s emptied: %+v, want %+v", column, got, want)
		}
		importInto(t, s, catalogueName, csvFile(t, "again.csv", head, "bu-1,Part one,جزء,moi,"+text))
		if got := s.service(t, "bu-1").Body; !reflect.DeepEqual(got, wholeShelf(t).service(t, "bu-1").Body) {
			t.Errorf("%s back: %+v", column, got)
		}
	}
}

func TestWhatAFileHasNoColumnForStays(t *testing.T) {
	s := wholeShelf(t)
	held := s.service(t, "bu-1")
	held.Body.Succeeds, held.Body.CountsApart = []string{"bu-0"}, "because"
	s.append(t, programme.Draft{Family: programme.FamilyService, Subject: "bu-1", EffectiveOn: civiltest.Day("2016-03-01"), Body: held.Body}, map[string]uint32{})
	importInto(t, s, catalogueName, csvFile(t, "short.csv", "code,name,name_ar,entity", "bu-1,Part 1,جزء,moi"))
	got := s.service(t, "bu-1")
	if got.Body.CountsApart != "because" || len(got.Body.Succeeds) != 1 || got.Body.Name != "Part 1" || got.EffectiveOn != civiltest.Day("2016-03-01") {
		t.Errorf("%+v from %s", got.Body, got.EffectiveOn)
	}
	held.Body.Removed = true
	s.append(t, programme.Draft{Family: programme.FamilyService, Subject: "bu-1", EffectiveOn: civiltest.Day("2016-06-01"), Body: held.Body}, map[string]uint32{})
	importInto(t, s, catalogueName, csvFile(t, "short.csv", "code,name,name_ar,entity", "bu-1,Part 2,جزء,moi"))
	if got := s.service(t, "bu-1"); !got.Body.Removed {
		t.Errorf("a short file brings back what was removed: %+v", got.Body)
	}
	importInto(t, s, catalogueName, csvFile(t, "back.csv", "code,name,name_ar,entity,effective_on", "bu-1,Part 2,جزء,moi,2016-09-01"))
	if got := s.service(t, "bu-1"); got.Body.Removed {
		t.Errorf("it is not back from a day that the file names: %+v", got.Body)
	}
}

func TestALaunchIsCorrectedAndNeverTakenBack(t *testing.T) {
	s := wholeShelf(t)
	const head = "code,name,name_ar,entity,"
	_, err := Open(t.Context(), catalogueName, []string{csvFile(t, "a.csv", head+"launched_on", "bu-1,Part one,جزء,moi,")}, s.means())
	checkFaults(t, err, "faults: 1", `row 2, column launched_on: "" cannot be accepted; its launch on 2015-02-01 is recorded`, "مسجَّل")
	for _, each := range []struct {
		head, row string
		level     programme.Level
		on        string
		channels  int
	}{
		{"launched_on", "2015-03-01", 2, "2015-03-01", 2}, // level and channels stay
		{"level", "3", 3, "2015-03-01", 2},                // the day stays
		{"launched_on,level", "2015-03-01,", 0, "2015-03-01", 2},
		{"launched_on,channels", "2015-04-01,web", 0, "2015-04-01", 1},
	} {
		importInto(t, s, catalogueName, csvFile(t, "a.csv", head+each.head, "bu-1,Part one,جزء,moi,"+each.row))
		launch := s.means()
		before, err := recall(t.Context(), launch.Known)
		if err != nil {
			t.Fatal(err)
		}
		if got := before.launches["bu-1"]; got.Level != each.level || got.EffectiveOn != civiltest.Day(each.on) || len(got.Channels) != each.channels {
			t.Errorf("%s: %+v", each.head, got)
		}
	}
}

func TestTheDifferenceIsShownBeforeAnythingIsRecorded(t *testing.T) {
	s := wholeShelf(t)
	files := []string{csvFile(t, "new.csv", "code,name,name_ar,entity,audience", "bu-1,Part 1,جزء,moi,business", "bu-2,New,جديد,MOJ,")}
	feed, err := Open(t.Context(), catalogueName, files, s.means())
	if err != nil {
		t.Fatal(err)
	}
	difference, err := DifferenceOf(t.Context(), feed, s.known)
	if err != nil {
		t.Fatal(err)
	}
	var words strings.Builder
	if _, err := difference.WriteTo(&words); err != nil {
		t.Fatal(err)
	}
	const want = `catalogue: 1 added to the catalogue, 1 changed, 1 left as they are; 0 events to send.

Added:
  service bu-2

Changed:
  service bu-1 from 2014-02-01
    audience: "citizens" → "business"
    name: "Part one" → "Part 1"

Recorded and not in the files; left as they are:
  service bu-0
`
	if words.String() != want {
		t.Errorf("%s\nwant\n%s", words.String(), want)
	}
	s.take(t, feed)
	if got := s.service(t, "bu-2"); got.Body.Entity != "moj" {
		t.Errorf("an entity in capital letters became %q", got.Body.Entity)
	}
	feed, err = Open(t.Context(), catalogueName, files, s.means())
	if err != nil {
		t.Fatal(err)
	}
	if difference, err := DifferenceOf(t.Context(), feed, s.known); err != nil || len(difference.Added)+len(difference.Changed) > 0 {
		t.Errorf("again: %+v, %v", difference, err)
	}
}
