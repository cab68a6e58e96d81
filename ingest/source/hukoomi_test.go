package source

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"mirsad/internal/programme"
)

const hukoomiHead = "service_provider_english,service_provider_arabic,title_english,title_arabic,users_by_year,page_views,created_date," +
	"recent_updation_date,service_mode,page_url_arabic,page_url_english,external_url_arabic,external_url_english"

func hukoomiFile(t *testing.T, rows ...string) string {
	t.Helper()
	return csvFile(t, "directory.csv", append([]string{hukoomiHead}, rows...)...)
}

// The rows are made up.
var madeUpDirectory = []string{
	`Ministry of Inventions,وزارة الاختراعات,Pay\, then fly,ادفع ثم طر,9,10,2016-05-31,,Online,,https://example.org/en/services/Fly-Now/?x=1,,`,
	`"Ministry of Inventions",,"Renew a ""wing""\, or two, or more",,,,31/05/2016,,hybrid,,,,`,
	`Ministry of Joy,وزارة الفرح,Laugh,اضحك,,,,,Offline,,https://example.org,,`,
	`Ministry of Joy,,Smile,ابتسم,,,,,,,https://example.org/en/smile,,`,
	`Ministry of Joy,,Fly,طر,,,٢٠١٥-٠١-٠٢T23:30:00Z,,Online,,https://example.org/ar/fly-now,,`,
}

func TestDirectory(t *testing.T) {
	feed, err := Open(t.Context(), hukoomiName, []string{hukoomiFile(t, madeUpDirectory...)}, Means{})
	if err != nil {
		t.Fatal(err)
	}
	drafts, err := feed.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	const inventions, joy = "qa-ministry-of-inventions", "qa-ministry-of-joy"
	var want []programme.Draft
	for _, e := range []programme.Entity{{Code: inventions, Name: "Ministry of Inventions", NameAr: "وزارة الاختراعات"}, {Code: joy, Name: "Ministry of Joy", NameAr: "وزارة الفرح"}} {
		want = append(want, programme.Draft{Family: programme.FamilyEntity, Subject: e.Code, Body: e})
	}
	for _, s := range []programme.Service{
		{Code: "qa-fly-now", Name: "Fly", NameAr: "طر", Entity: joy, Channels: []programme.Channel{"web"}},
		{Code: "qa-fly-now-2", Name: "Pay, then fly", NameAr: "ادفع ثم طر", Entity: inventions, Channels: []programme.Channel{"web"}},
		{Code: "qa-laugh", Name: "Laugh", NameAr: "اضحك", Entity: joy, Channels: []programme.Channel{"counter"}},
		{Code: "qa-renew-a-wing-or-two-or-more", Name: `Renew a "wing", or two, or more`, NameAr: `Renew a "wing", or two, or more`, Entity: inventions, Channels: []programme.Channel{"web", "counter"}},
		{Code: "qa-smile", Name: "Smile", NameAr: "ابتسم", Entity: joy, Channels: []programme.Channel{"other"}},
	} {
		want = append(want, programme.Draft{Family: programme.FamilyService, Subject: s.Code, Body: s})
	}
	if !reflect.DeepEqual(drafts, want) {
		t.Errorf("drafts\n%+v\nwant\n%+v", drafts, want)
	}
	launches := map[string]string{}
	for _, event := range eventsOf(t, feed) {
		data := event.Data.(programme.RolloutData)
		launches[event.ID] = data.EffectiveOn.String()
		if event.verify || data.Level != 0 || data.Action != programme.ActionLaunch || event.Source != "import:hukoomi-directory" {
			t.Errorf("event %+v", event)
		}
	}
	if want := map[string]string{
		"hukoomi-directory/qa-fly-now/launch":                     "2015-01-02",
		"hukoomi-directory/qa-fly-now-2/launch":                   "2016-05-31",
		"hukoomi-directory/qa-renew-a-wing-or-two-or-more/launch": "2016-05-31",
	}; !reflect.DeepEqual(launches, want) {
		t.Errorf("launches %v; want %v", launches, want)
	}
}

func TestDirectoryTwiceIsOnceInAnyOrder(t *testing.T) {
	store := &shelf{}
	reversed := slices.Clone(madeUpDirectory)
	slices.Reverse(reversed)
	file := hukoomiFile(t, madeUpDirectory...)
	for i, step := range []struct {
		files           []string
		facts, rollouts int
	}{
		{[]string{file}, 7, 3},
		{[]string{file}, 0, 0},
		{[]string{file, file}, 0, 0}, // each row twice is one service
		{[]string{hukoomiFile(t, reversed...)}, 0, 0},
	} {
		feed, err := Open(t.Context(), hukoomiName, step.files, Means{})
		if err != nil {
			t.Fatal(err)
		}
		if facts, rollouts := store.take(t, feed); facts != step.facts || rollouts != step.rollouts {
			t.Errorf("step %d: %d facts and %d rollouts; want %d and %d", i, facts, rollouts, step.facts, step.rollouts)
		}
	}
}

// A number is never one that another row has by its own address.
func TestDirectoryCodesAreUnique(t *testing.T) {
	var codes []string
	for _, s := range withHukoomiCodes([]hukoomiService{
		{Service: programme.Service{Code: "a", Name: "z"}},
		{Service: programme.Service{Code: "a-2"}},
		{Service: programme.Service{Code: "a", Name: "y"}},
		{Service: programme.Service{Code: "a", Name: "x"}},
	}) {
		codes = append(codes, s.Code+s.Name)
	}
	if want := []string{"a" + "x", "a-2", "a-3" + "y", "a-4" + "z"}; !slices.Equal(codes, want) {
		t.Errorf("codes %v; want %v", codes, want)
	}
}

func TestDirectoryTellsAllFaultsAtOnce(t *testing.T) {
	_, err := Open(t.Context(), hukoomiName, []string{
		hukoomiFile(t,
			"Joy,,Laugh,,,,May 2016,,Online,,,,",
			"Joy,,Laugh,,,,,,Hybrid,,,,",
			"وزارة,,ضحك,,,,05-31-2016,,Sometimes,,,,",
			",,,,,,1016-05-31,,Offline,,,,"),
		csvFile(t, "short.csv", hukoomiHead, "Joy,,Laugh, then cry,,,,,,,,,,"),
		csvFile(t, "other.csv", "a,b", "c,d"),
		writeFile(t, "encoded.csv", hukoomiHead+"\nJoy,\xe6\xd2\n"),
	}, Means{})
	checkFaults(t, err, "faults: 11",
		`directory.csv, row 2, column created_date: “May 2016” is not a date. Write the day like 2016-09-30`,
		`row 3, column created_date: The cell is empty`, `row 5, column created_date: “1016-05-31”`,
		`row 4, column service_provider_english: "وزارة"`, `row 4, column title_english: "ضحك"`,
		`row 4, column service_mode: "Sometimes" cannot be accepted; write Online, Offline or Hybrid`,
		`row 5, column service_provider_english: "" cannot be accepted; fill it in`, `row 5, column title_english: ""`,
		"short.csv, row 2: the row has 14 cells and the heading 13", "other.csv, row 1: the columns service_provider_english",
		"encoded.csv: The text is not in UTF-8")
}

func TestUnescapeCommas(t *testing.T) {
	for text, want := range map[string]string{
		"a,b\nc,d":                 "a,b\nc,d",
		`a\, b,c` + "\r\nd\\,\r\n": `"a, b",c` + "\r\n\"d,\"\r\n",
		`"a\, b, ""c""",d`:         `"a, b, ""c""",d`,
		`say "x"\, y,z`:            `"say ""x"", y",z`,
		"\"a\nb\\,\",c":            "\"a\nb,\",c",
		`a\b,,`:                    `a\b,,`,
		`\,,x`:                     `",",x`,
		"":                         "",
	} {
		if got := string(unescapeCommas([]byte(text))); got != want {
			t.Errorf("%q became %q; want %q", text, got, want)
		}
	}
	if long := strings.Repeat("a,", 1000); string(unescapeCommas([]byte(long))) != long {
		t.Error("a long line has changed")
	}
}
