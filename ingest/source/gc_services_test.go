package source

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

var (
	march2019 = civil.NewDate(2019, time.March, 31)
	march2020 = civil.NewDate(2020, time.March, 31)
)

// importOneByOne opens and takes the files one command at a time.
func importOneByOne(t *testing.T, s *shelf, files ...string) {
	t.Helper()
	for _, file := range files {
		feed, err := Open(t.Context(), gcName, []string{file}, s.means())
		if err != nil {
			t.Fatal(err)
		}
		s.take(t, feed)
	}
}

func importTogether(t *testing.T, s *shelf, files ...string) (facts, rollouts int) {
	t.Helper()
	feed, err := Open(t.Context(), gcName, files, s.means())
	if err != nil {
		t.Fatal(err)
	}
	return s.take(t, feed)
}

func TestInventoryMeetsPublishedLevelsInAnyOrder(t *testing.T) {
	first := publicFile(t, "canada-service-inventory/2018-2019_services.csv")
	second := publicFile(t, "canada-service-inventory/2019-2020_services.csv")
	together, inOrder, reversed := &shelf{}, &shelf{}, &shelf{}
	importTogether(t, together, second, first)
	importOneByOne(t, inOrder, first, second)
	importOneByOne(t, reversed, second, first)
	for name, s := range map[string]*shelf{"together": together, "in order": inOrder, "reversed": reversed} {
		if got, want := s.levels(march2019), (programme.ByLevel{697, 277, 276}); got != want {
			t.Errorf("%s: %v on %s; want %v", name, got, march2019, want)
		}
		if got, want := s.levels(march2020), (programme.ByLevel{668, 295, 268}); got != want {
			t.Errorf("%s: %v on %s; want %v", name, got, march2020, want)
		}
		for _, on := range []civil.Date{march2019, march2020} {
			if !maps.Equal(s.names(on), together.names(on)) {
				t.Errorf("%s: other names on %s than together", name, on)
			}
		}
	}
	if len(together.names(march2019)) != 1250 || len(together.names(march2020)) != 1413 {
		t.Errorf("%d and %d services in the catalogue", len(together.names(march2019)), len(together.names(march2020)))
	}
	if len(inOrder.Rollouts) != len(together.Rollouts) {
		t.Errorf("%d rollouts in order, %d together", len(inOrder.Rollouts), len(together.Rollouts))
	}
}

func TestInventoryTwiceIsOnce(t *testing.T) {
	first := publicFile(t, "canada-service-inventory/2018-2019_services.csv")
	second := publicFile(t, "canada-service-inventory/2019-2020_services.csv")
	for _, order := range [][]string{{first, second}, {second, first}} {
		s := &shelf{}
		importOneByOne(t, s, order...)
		for _, again := range [][]string{{first}, {second}, {first, second}} {
			if facts, rollouts := importTogether(t, s, again...); facts+rollouts != 0 {
				t.Errorf("again: %d new facts and %d new rollouts", facts, rollouts)
			}
		}
	}
}

func TestInventoryStatements(t *testing.T) {
	file := gcFile(t, `2018-2019,7,"Permits, all kinds",Parks – Québec's Own,N,N,N,N,N,N,0,NA,ND,,"1,234"`)
	feed, err := Open(t.Context(), gcName, []string{file}, Means{})
	if err != nil {
		t.Fatal(err)
	}
	got := map[programme.Channel]string{}
	for _, event := range eventsOf(t, feed)[1:] {
		data := event.Data.(programme.StatementData)
		value := int64(-1)
		if data.Value != nil {
			value = *data.Value
		}
		got[data.Channel] = fmt.Sprintf("%s %s %s %d %s %s", event.ID, event.Time, data.Period, value, data.State, data.Measure)
		if event.verify || event.Source != "import:gc-services" || event.Subject != "gc-7" {
			t.Errorf("event %+v", event)
		}
	}
	const about = "2019-03-31T23:59:59Z 2018-04-01/2019-03-31 "
	want := map[programme.Channel]string{
		"web":         "2018-2019/gc-7/completed/web " + about + "0 reported completed",
		"call_centre": "2018-2019/gc-7/completed/call_centre " + about + "-1 not_applicable completed",
		"counter":     "2018-2019/gc-7/completed/counter " + about + "-1 not_provided completed",
		"post":        "2018-2019/gc-7/completed/post " + about + "-1 not_provided completed",
		"other":       "2018-2019/gc-7/completed/other " + about + "1234 reported completed",
	}
	if !maps.Equal(got, want) {
		t.Errorf("statements\n%v\nwant\n%v", got, want)
	}
	drafts, err := feed.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	entity, service := drafts[0].Body.(programme.Entity), drafts[1].Body.(programme.Service)
	if entity.Code != "gc-parks-quebecs-own" || entity.NameAr != entity.Name {
		t.Errorf("entity %+v", entity)
	}
	if service.Name != "Permits, all kinds" || service.NameAr != service.Name || service.Entity != entity.Code {
		t.Errorf("service %+v", service)
	}
}

func TestInventoryLevels(t *testing.T) {
	for points, want := range map[string]programme.Level{
		"N,N,N,N,N,N":       1,
		"NA,NA,NA,NA,NA,NA": 1,
		"N,N,N,N,N,Y":       2,
		"Y,Y,Y,N,Y,Y":       2,
		"Y,Y,NA,NA,NA,Y":    2,
		"N,N,Y,NA,NA,N":     3,
		"y,y,y,y,y,y":       3,
	} {
		feed, err := Open(t.Context(), gcName, []string{gcFile(t, "2018-2019,1,A,B,"+points+",,,,,")}, Means{})
		if err != nil {
			t.Fatal(err)
		}
		launch := eventsOf(t, feed)[0]
		if data := launch.Data.(programme.RolloutData); data.Level != want || !launch.verify || launch.Time != "" {
			t.Errorf("%s: %+v; want level %d", points, launch, want)
		}
	}
}

// inventory writes a year's file in which each service is a letter with its level: "a1 b3".
func inventory(t *testing.T, year string, services ...string) string {
	t.Helper()
	points := map[byte]string{'1': "N,N,N,N,N,N", '2': "Y,N,N,N,N,N", '3': "Y,Y,Y,Y,Y,Y"}
	var rows []string
	for _, s := range services {
		rows = append(rows, fmt.Sprintf("%s,%s,%s,D,%s,1,1,1,1,1", year, s[:1], s[:1], points[s[1]]))
	}
	return gcFile(t, rows...)
}

func TestInventoryChanges(t *testing.T) {
	one := inventory(t, "2017-2018", "a1", "b3", "c2", "d2")
	two := inventory(t, "2018-2019", "a2", "b1", "c2", "e3")
	three := inventory(t, "2019-2020", "a2", "b1", "d3", "e3")
	want := []string{
		"2017-2018/gc-a/launch 1", "2017-2018/gc-b/launch 3", "2017-2018/gc-c/launch 2", "2017-2018/gc-d/launch 2",
		"2018-2019/gc-a/add_channel 0", "2018-2019/gc-a/upgrade 2",
		"2018-2019/gc-b/downgrade 1", "2018-2019/gc-b/remove_channel 0",
		"2018-2019/gc-d/retire 0", "2018-2019/gc-e/launch 3",
		"2019-2020/gc-c/retire 0", "2019-2020/gc-d/launch 3",
	}
	for name, order := range map[string][]string{"in order": {one, two, three}, "middle last": {one, three, two}} {
		s := &shelf{}
		importOneByOne(t, s, order...)
		var got []string
		for _, r := range s.Rollouts {
			got = append(got, fmt.Sprintf("%s %d", r.EventID, r.Level))
		}
		slices.Sort(got)
		if name == "in order" && !slices.Equal(got, want) {
			t.Errorf("%s:\n%q\nwant\n%q", name, got, want)
		}
		for first, level := range map[int]programme.ByLevel{2018: {1, 2, 1}, 2019: {1, 2, 1}, 2020: {1, 1, 2}} {
			if got := s.levels(civil.NewDate(first, 3, 31)); got != level {
				t.Errorf("%s: %v in March %d; want %v", name, got, first, level)
			}
		}
	}
}

func TestInventoryCorrected(t *testing.T) {
	s := &shelf{}
	importOneByOne(t, s, inventory(t, "2018-2019", "a1", "b3"), inventory(t, "2019-2020", "a2", "b3", "c1"))
	importOneByOne(t, s, inventory(t, "2019-2020", "a1", "b3"))
	if got, want := s.levels(march2020), (programme.ByLevel{1, 0, 1}); got != want {
		t.Errorf("after the correction %v; want %v", got, want)
	}
}
