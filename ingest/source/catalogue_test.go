package source

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/reports/scan"
)

var excelMeans = Means{Workbook: scan.Read}

const (
	entitiesHead = "code,name,name_ar"
	servicesHead = "code,name,name_ar,entity,audience,mandatory,channels,effective_on,part_of,launched_on,level,depends_on"
)

// csvFile writes lines as Excel does when it saves CSV UTF-8.
func csvFile(t *testing.T, name string, lines ...string) string {
	t.Helper()
	return writeFile(t, name, "\ufeff"+strings.Join(lines, "\r\n")+"\r\n")
}

// excelFile writes the same lines as a workbook; a cell like 2016-09-30 becomes a real date shown in another way.
func excelFile(t *testing.T, name string, lines ...string) string {
	t.Helper()
	file := excelize.NewFile()
	custom := "d mmm yy"
	shown, err := file.NewStyle(&excelize.Style{CustomNumFmt: &custom})
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range lines {
		for j, text := range strings.Split(line, ",") {
			cell, _ := excelize.CoordinatesToCellName(j+1, i+1)
			var value any = text
			if day, err := civil.ParseDate(text); err == nil {
				value = day.Time().Add(10 * time.Hour)
			}
			if err := errors.Join(file.SetCellValue("Sheet1", cell, value), file.SetCellStyle("Sheet1", cell, cell, shown)); err != nil {
				t.Fatal(err)
			}
		}
	}
	path := filepath.Join(t.TempDir(), name)
	if err := file.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

var madeUpEntities = []string{entitiesHead, "moi,Ministry of Inventions,وزارة الاختراعات", "moj,Ministry of Joy,وزارة الفرح"}

var madeUpServices = []string{
	servicesHead,
	"wings,Wing licence,رخصة أجنحة,moi,citizens,yes,mobile; web counter,2014-02-01,kit,2015-03-01,٣,moj",
	"kit,Flight kit,عدة الطيران,moi,,,,,,,,",
	"",
	"laugh,Permit to laugh,تصريح بالضحك,moj,business,لا,WEB,,,٢٠١٥-٠٤-٠٢,,",
}

func TestCatalogueInBothFormats(t *testing.T) {
	for name, write := range map[string]func(*testing.T, string, ...string) string{"a.csv": csvFile, "a.xlsx": excelFile} {
		t.Run(name, func(t *testing.T) {
			feed, err := Open(t.Context(), catalogueName, []string{write(t, name, madeUpServices...), write(t, name, madeUpEntities...)}, excelMeans)
			if err != nil {
				t.Fatal(err)
			}
			drafts, err := feed.Catalogue()
			if err != nil {
				t.Fatal(err)
			}
			want := []programme.Draft{
				{Family: "entity", Subject: "moi", Body: programme.Entity{Code: "moi", Name: "Ministry of Inventions", NameAr: "وزارة الاختراعات"}},
				{Family: "entity", Subject: "moj", Body: programme.Entity{Code: "moj", Name: "Ministry of Joy", NameAr: "وزارة الفرح"}},
				{Family: "service", Subject: "kit", Body: programme.Service{Code: "kit", Name: "Flight kit", NameAr: "عدة الطيران", Entity: "moi"}},
				{Family: "service", Subject: "laugh", Body: programme.Service{
					Code: "laugh", Name: "Permit to laugh", NameAr: "تصريح بالضحك", Entity: "moj", Audience: "business", Channels: []programme.Channel{"web"},
				}},
				{Family: "service", Subject: "wings", EffectiveOn: civil.NewDate(2014, 2, 1), Body: programme.Service{
					Code: "wings", Name: "Wing licence", NameAr: "رخصة أجنحة", Entity: "moi", Audience: "citizens", Mandatory: true,
					Channels: []programme.Channel{"web", "mobile", "counter"}, DependsOn: []string{"moj"}, PartOf: "kit",
				}},
			}
			if !reflect.DeepEqual(drafts, want) {
				t.Errorf("drafts\n%+v\nwant\n%+v", drafts, want)
			}
			checkLaunches(t, feed)
		})
	}
}

func checkLaunches(t *testing.T, feed Feed) {
	t.Helper()
	want := []sent{
		{programme.CloudEvent{
			SpecVersion: "1.0", ID: "catalogue/laugh/launch", Source: "import:catalogue", Type: programme.TypeRollout,
			Subject: "laugh", Data: programme.RolloutData{
				Action: programme.ActionLaunch, Channels: []programme.Channel{"web"}, EffectiveOn: civil.NewDate(2015, 4, 2),
			},
		}, false},
		{programme.CloudEvent{
			SpecVersion: "1.0", ID: "catalogue/wings/launch", Source: "import:catalogue", Type: programme.TypeRollout,
			Subject: "wings", Data: programme.RolloutData{
				Action: programme.ActionLaunch, Level: 3, Channels: []programme.Channel{"web", "mobile", "counter"}, EffectiveOn: civil.NewDate(2015, 3, 1),
			},
		}, false},
	}
	if got := eventsOf(t, feed); !reflect.DeepEqual(got, want) {
		t.Errorf("events\n%+v\nwant\n%+v", got, want)
	}
}

func TestCatalogueTwiceIsOnce(t *testing.T) {
	store := &shelf{}
	means := excelMeans
	means.Known = store.known
	entities, services := csvFile(t, "e.csv", madeUpEntities...), excelFile(t, "s.xlsx", madeUpServices...)
	for i, step := range []struct {
		files           []string
		facts, rollouts int
	}{
		{[]string{entities}, 2, 0},
		{[]string{services}, 3, 2}, // its entities are known by now
		{[]string{services, entities}, 0, 0},
		{[]string{csvFile(t, "s.csv", madeUpServices...)}, 0, 0},
	} {
		feed, err := Open(t.Context(), catalogueName, step.files, means)
		if err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
		if facts, rollouts := store.take(t, feed); facts != step.facts || rollouts != step.rollouts {
			t.Errorf("step %d: %d facts and %d rollouts; want %d and %d", i, facts, rollouts, step.facts, step.rollouts)
		}
	}
}

func TestCatalogueTellsAllFaultsAtOnce(t *testing.T) {
	entities := csvFile(t, "entities.csv", "code,name,name_ar,minister", "moi,Ministry,,Somebody", "moi,Other,أخرى,", "a b,X,س,")
	services := excelFile(t, "services.xlsx", servicesHead,
		"s1,One,واحد,moi,,perhaps,fax web,30/09/2016,s1,2016,5,moi",
		"s1,Two,اثنان,mox,,,,,nowhere,,3,",
	)
	_, err := Open(t.Context(), catalogueName, []string{
		entities, services, csvFile(t, "short.csv", "code,name", "x,y"), filepath.Join(t.TempDir(), "gone.csv"),
	}, excelMeans)
	checkFaults(t, err, "faults: 14",
		`file entities.csv, row 1, column minister: "minister" cannot be accepted; remove the column: an entities file has code, name, name_ar`,
		`file entities.csv, row 2, column name_ar: "" cannot be accepted; fill it in`,
		`file entities.csv, row 3, column code: "moi" cannot be accepted; file entities.csv, row 2 has this code already: keep one`,
		`file entities.csv, row 4, column code: "a b" cannot be accepted; write up to 100 letters`,
		`file services.xlsx, sheet "Sheet1", row 2, column mandatory: “perhaps” is neither yes nor no`,
		`file services.xlsx, sheet "Sheet1", row 2, column channels: "fax" cannot be accepted; write some of web`,
		`file services.xlsx, sheet "Sheet1", row 2, column launched_on: “2016” is not a date`,
		`file services.xlsx, sheet "Sheet1", row 2, column launched_on: “2016” is not a date`,
		`file services.xlsx, sheet "Sheet1", row 2, column level: “5” is not one of the four levels`,
		`file services.xlsx, sheet "Sheet1", row 2, column depends_on: "moi" cannot be accepted; name other entities`,
		`file services.xlsx, sheet "Sheet1", row 2, column part_of: "s1" cannot be accepted; name the bundle`,
		`file services.xlsx, sheet "Sheet1", row 3, column code: "s1" cannot be accepted; file services.xlsx, sheet "Sheet1", row 2 has this code already`,
		`file services.xlsx, sheet "Sheet1", row 3, column level: "3" cannot be accepted; a level is claimed with the launch`,
		`file short.csv, row 1: the columns name_ar are missing`,
		`gone.csv: it does not exist; check its name`,
	)
}

func checkFaults(t *testing.T, err error, want ...string) {
	t.Helper()
	if !errors.Is(err, programme.ErrInvalid) {
		t.Fatalf("error %v; want ErrInvalid", err)
	}
	for _, part := range want {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("no %q in\n%v", part, err)
		}
	}
}

func TestCatalogueUnknownReferences(t *testing.T) {
	file := csvFile(t, "s.csv", servicesHead, "s1,One,واحد,mox,,,,,nowhere,,,moj")
	known := func(context.Context) (programme.Facts, error) {
		return programme.Facts{Streams: []programme.Fact{{Family: "entity", Subject: "moj", Body: []byte("{}")}, {Family: "service", Subject: "mox", Body: []byte("{}")}}}, nil
	}
	_, err := Open(t.Context(), catalogueName, []string{file}, Means{Known: known})
	checkFaults(t, err, "faults: 2",
		`row 2, column entity: "mox" cannot be accepted; no entity has this code`,
		`row 2, column part_of: "nowhere" cannot be accepted; no service has this code`)
	_, err = Open(t.Context(), catalogueName, []string{file}, Means{})
	checkFaults(t, err, "faults: 3", `column depends_on: "moj"`)
	away := func(context.Context) (programme.Facts, error) { return programme.Facts{}, programme.ErrUnavailable }
	if _, err = Open(t.Context(), catalogueName, []string{file}, Means{Known: away}); !errors.Is(err, programme.ErrUnavailable) {
		t.Errorf("error %v; want ErrUnavailable", err)
	}
}

func TestCatalogueBounds(t *testing.T) {
	many := []string{entitiesHead}
	for i := range listBounds.rows + 1 {
		many = append(many, fmt.Sprintf("e%d,E,ع", i))
	}
	wrong := []string{entitiesHead}
	for i := range 60 {
		wrong = append(wrong, fmt.Sprintf("e%d,E,", i))
	}
	wide := entitiesHead + strings.Repeat(",", listBounds.columns-2)
	for name, test := range map[string]struct {
		file string
		want []string
	}{
		"many rows":       {csvFile(t, "a.csv", many...), []string{"a.csv: it has more than 20,000 rows"}},
		"many faults":     {csvFile(t, "a.csv", wrong...), []string{"faults: 60", "row 51,", "and 10 more"}},
		"large":           {csvFile(t, "a.csv", entitiesHead, strings.Repeat("x", int(listBounds.bytes))), []string{"a.csv: it is larger than 5 MiB"}},
		"wide CSV":        {csvFile(t, "a.csv", wide+"x", "a,b,c"), []string{"a.csv, row 1", "beyond column 60"}},
		"wide workbook":   {excelFile(t, "a.xlsx", wide+"x", "a,b,c"), []string{"invalid: nothing was sent; faults: 1\n  file a.xlsx", "beyond column 60"}},
		"no row":          {csvFile(t, "a.csv", entitiesHead, ",,"), []string{"a.csv: it has a heading but no row"}},
		"no row in Excel": {excelFile(t, "a.xlsx", entitiesHead), []string{"a.xlsx, sheet \"Sheet1\": it has a heading but no row"}},
		"empty":           {writeFile(t, "a.csv", ""), []string{"a.csv: it is empty"}},
		"no heading":      {csvFile(t, "a.csv", entitiesHead, "a,b,c,d"), []string{`row 2, column 4: "d"`, "add a heading to the column"}},
		"column twice":    {csvFile(t, "a.csv", entitiesHead+",Code", "a,b,c,d"), []string{`row 1, column code: "Code"`, "keep one"}},
		"other encoding":  {writeFile(t, "a.csv", entitiesHead+"\na,b,\xe6\xd2\n"), []string{"a.csv: The text is not in UTF-8"}},
		"open quotes":     {csvFile(t, "a.csv", entitiesHead, `"a,b,c`), []string{"a.csv, row 2: its quotes"}},
		"old Excel":       {writeFile(t, "a.xls", "\xd0\xcf\x11\xe0x"), []string{"a.xls: This is an Excel workbook of an old format"}},
		"broken workbook": {writeFile(t, "a.xlsx", "PK\x03\x04xl/workbook"), []string{"a.xlsx: "}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Open(t.Context(), catalogueName, []string{test.file}, excelMeans)
			checkFaults(t, err, test.want...)
		})
	}
	_, err := Open(t.Context(), catalogueName, []string{excelFile(t, "a.xlsx", madeUpEntities...)}, Means{})
	checkFaults(t, err, "a.xlsx: it is a workbook, which can't be read here; save it as CSV")
}
