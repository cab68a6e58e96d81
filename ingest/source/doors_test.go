package source

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/i18n"
	"mirsad/internal/intake"
	"mirsad/internal/intake/intaketest"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/reports/sheet/sheettest"
)

// aSmallFileOf is a file of each format with one row, whose first name has an accent.
func aSmallFileOf(format string) string {
	rows := map[string]string{
		catalogueName: "code,name,name_ar\na-1,Éducation,تعليم\n",
		gcName:        gcHeading + "\n2018-2019,1,Permis,Éducation,N,N,N,N,N,N,1,1,1,1,1\n",
		ukName:        ukHeading + "\nA,Éducation,Permis,permis,2017-04-01,10,5\n",
		hukoomiName:   hukoomiHead + "\nEducation,,Éducation,,,,2016-05-31,,Online,,,,\n",
		usageCSVName:  "service,channel,measure,period,state,value\na-1,web,completed,2016-08,reported,Éé\n",
	}
	return rows[format]
}

// Each format names, in both languages, what a file is that it can't read, and never prints its bytes.
func TestEveryFormatNamesWrongFiles(t *testing.T) {
	latin, err := charmap.Windows1252.NewEncoder().String("é")
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range Formats() {
		plain := aSmallFileOf(format)
		for name, each := range map[string]struct {
			content string
			want    []string
		}{
			"latin.csv":   {strings.NewReplacer("é", latin, "É", "\xc9", "تعليم", latin).Replace(plain), []string{"Windows-1252", "بترميز"}},
			"page.xls":    {"<html><table><tr><td>code</td></tr></table></html>", []string{"web page", "صفحة"}},
			"old.xls":     {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x", []string{"old format", "قديمة"}},
			"paper.csv":   {"%PDF-1.4", []string{"PDF"}},
			"table.ods":   {"PK\x03\x04\x14\x00mimetypeapplication/vnd.oasis.opendocument.spreadsheet", []string{"OpenDocument"}},
			"lines.json":  {`[{"a":1}]`, []string{"JSON"}},
			"nothing.csv": {" \n", []string{"it is empty", "فارغ"}},
		} {
			if name == "latin.csv" && format == usageCSVName {
				continue // its rows are refused one by one, as the API refuses them: TestEveryDoorReadsATableAlike
			}
			_, err := Open(t.Context(), format, []string{writeFile(t, name, each.content)}, excelMeans)
			checkFaults(t, err, append(each.want, "faults: 1", name)...)
			if strings.Contains(err.Error(), "PK\x03") || strings.Contains(err.Error(), "\xd0\xcf") {
				t.Errorf("%s, %s: the file's bytes are printed", format, name)
			}
		}
		if format != usageCSVName {
			continue
		}
		book := excelFile(t, "use.xlsx", "service,value", "a,1")
		_, err := Open(t.Context(), format, []string{book}, excelMeans)
		checkFaults(t, err, "file use.xlsx: This is an Excel workbook (.xlsx)", "CSV UTF-8")
	}
}

// readAlike checks that files hold the same facts and events as one in plain CSV.
func readAlike(t *testing.T, format string, files func(plain string, table [][]string) []intaketest.File) {
	t.Helper()
	plain := aSmallFileOf(format)
	table, err := csv.NewReader(strings.NewReader(plain)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := describeFeed(t, format, writeFile(t, "a.csv", plain))
	for _, file := range files(plain, table) {
		if got := describeFeed(t, format, writeFile(t, "a.csv", file.Content)); got != want {
			t.Errorf("%s, %s:\n%s\nwant\n%s", format, file.Name, got, want)
		}
	}
}

// The same table reads the same however a spreadsheet program or a person wrote it. The rows of usage-csv are read by the
// service: ingest.TestEveryDoorReadsEveryWritingOfATable.
func TestEveryFormatReadsEveryWritingOfATable(t *testing.T) {
	for _, format := range slices.DeleteFunc(Formats(), func(format string) bool { return format == usageCSVName }) {
		readAlike(t, format, func(plain string, table [][]string) []intaketest.File {
			book, err := os.ReadFile(excelFile(t, "a.xlsx", strings.Split(strings.TrimSpace(plain), "\n")...))
			if err != nil {
				t.Fatal(err)
			}
			return append(intaketest.Files(t, table), intaketest.File{Name: "a workbook", Content: string(book)})
		})
	}
}

func TestEveryFormatReadsWhatLibreOfficeSaves(t *testing.T) {
	for _, format := range []string{ukName} {
		readAlike(t, format, func(plain string, _ [][]string) []intaketest.File {
			saved := sheettest.SavedByLibreOffice(t, plain)
			folder := sheettest.LibreOffice(
				t, "xlsx:Calc MS Excel 2007 XML", map[string][]byte{"table.csv": []byte(plain)}, "--infilter=CSV:44,34,76,1")
			book, err := os.ReadFile(filepath.Join(folder, "table.xlsx"))
			if err != nil {
				t.Fatal(err)
			}
			return append(saved, intaketest.File{Name: "a workbook of LibreOffice", Content: string(book)})
		})
	}
}

// describeFeed writes a feed's facts and events.
func describeFeed(t *testing.T, format, file string) string {
	t.Helper()
	feed, err := Open(t.Context(), format, []string{file}, excelMeans)
	if err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	drafts, err := feed.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, draft := range drafts {
		writeJSON(t, &out, draft)
	}
	for _, event := range eventsOf(t, feed) {
		writeJSON(t, &out, event.CloudEvent)
	}
	return out.String()
}

func TestCountsOfPublicFilesAreNeverMultiplied(t *testing.T) {
	for _, number := range intaketest.Numbers() {
		text, want := number.Text, number.Value
		for _, format := range []string{ukName, gcName} {
			file := ukFile(t, `A,Agency,Decimals,dec,2017-04-01,"`+text+`",0`)
			if format == gcName {
				file = gcFile(t, `2018-2019,1,A,B,N,N,N,N,N,N,"`+text+`",0,0,0,0`)
			}
			feed, err := Open(t.Context(), format, []string{file}, Means{})
			if number.Reason != "" {
				checkFaults(t, err, "faults: 1", text)
				continue
			}
			if err != nil {
				t.Errorf("%s, %q: %v", format, text, err)
				continue
			}
			most := int64(0)
			for _, event := range eventsOf(t, feed) {
				if data, is := event.Data.(programme.StatementData); is {
					most = max(most, orNone(data.Value), orNone(data.Total))
				}
			}
			if most != want {
				t.Errorf("%s, %q became %d", format, text, most)
			}
		}
	}
}

func TestAllFaultsOfAPublicFileAtOnce(t *testing.T) {
	_, err := Open(t.Context(), gcName, []string{gcFile(t,
		"2018-2019,1,A,B,N,N,N,N,N,N,1,1,1,1,1",
		"2018-2019,1,A,B,N,N,N,N,N,N,1,1,1,1,1", // twice
		"2018-2020,,,B,maybe,N,N,N,N,N,many,1,1,1,1",
		"2018-2019,x y,A,B,N,N,N,N,N,N,1,1,1,1,1",
		"2018-2019,3,"+strings.Repeat("long", 300)+",B,N,N,N,N,N,N,1,1,1,1,1",
	), filepath.Join(t.TempDir(), "gone.csv")}, Means{})
	checkFaults(t, err, "faults: 9", `row 3, column service_id: "1" cannot be accepted; the year has this service already`,
		`row 4, column fiscal_yr: "2018-2020"`, `row 4, column service_id: ""`, `row 4, column service_name_en: ""`,
		`row 4, column e_registration: "maybe"`, `row 4, column online_applications: “many” is not a number`,
		`row 5, column service_id: "x y" cannot be accepted; write up to 100 letters`, `row 6, column service_name_en: It is longer than 1,000 characters`, "gone.csv")
	_, err = Open(t.Context(), ukName, []string{ukFile(t, "A,B,C,d,2012-07-02,x,-1", "A,,C,\u200b,2012-07-01,1,1")}, Means{})
	checkFaults(t, err, "faults: 5", "row 2, column quarter_start", "row 2, column total_transactions", "row 2, column digital_transactions",
		"row 3, column agency", "row 3, column slug")
	many := make([]string, 0, 80)
	for range 80 {
		many = append(many, "A,,C,d,2012-07-01,1,1")
	}
	_, err = Open(t.Context(), ukName, []string{ukFile(t, many...)}, Means{})
	checkFaults(t, err, "faults: 80", "and 30 more", "عددها 30")
}

// Faults are in the order in which a person walks through the rows, whichever check found them.
func TestFaultsOfAFileAreInTheOrderOfItsRows(t *testing.T) {
	_, err := Open(t.Context(), ukName, []string{ukFile(t, "A,B,C,d,2017-04-01,ten,1", "A,B,C,e,2017-04-01,1,#REF!", "A,B,C,f,soon,1,1")}, Means{})
	checkFaults(t, err, "faults: 3")
	text, at := err.Error(), 0
	for _, row := range []string{"row 2,", "row 3,", "row 4,"} {
		next := strings.Index(text, row)
		if next < at {
			t.Errorf("%q is not in its place: %s", row, text)
		}
		at = next
	}
}

func TestAColumnThatIsThereTwiceIsRefused(t *testing.T) {
	file := writeFile(t, "uk.csv", strings.Replace(ukHeading, "total_transactions", "total_transactions,Total Transactions", 1)+"\nA,B,C,d,2017-04-01,1,2,1\n")
	_, err := Open(t.Context(), ukName, []string{file}, Means{})
	checkFaults(t, err, "faults: 1", "column total_transactions", "the heading has this column already")
}

func TestAllDoorsRefuseTheSameNames(t *testing.T) {
	long := strings.Repeat("س", 201)
	_, err := Open(t.Context(), catalogueName, []string{
		csvFile(t, "e.csv", entitiesHead, "moi,Ministry,"+long, "moj,\u2800,وزارة", "MOI,Ministry,وزارة"),
		csvFile(t, "s.csv", servicesHead+",description", "s-1,One,واحد,moj,"+strings.Repeat("x", 101)+",,,,,,,,"+strings.Repeat("y", 1001)),
	}, Means{})
	checkFaults(t, err, "faults: 5", `row 2, column name_ar: It is longer than 200 characters`, `row 3, column name: It holds nothing that can be seen`,
		`row 4, column code: "MOI" cannot be accepted; it differs from the code "moi" (file e.csv, row 2) by capital letters or zeros before it alone`,
		`row 2, column audience: It is longer than 100 characters`, `row 2, column description: It is longer than 1,000 characters`)
}

func TestImportsRefuseCodesThatDifferByCaseAlone(t *testing.T) {
	s := wholeShelf(t)
	_, err := Open(t.Context(), catalogueName, []string{
		csvFile(t, "s.csv", "code,name,name_ar,entity", "Bu-1,Part one,جزء,MOI", "new,New,جديد,Moi"),
		csvFile(t, "e.csv", entitiesHead, "Moj,Ministry of Joy,وزارة الفرح"),
	}, s.means())
	checkFaults(t, err, "faults: 2", `row 2, column code: "Bu-1" cannot be accepted; it differs from the existing code "bu-1" by capital letters or zeros before it alone`,
		`file e.csv, row 2, column code: "Moj" cannot be accepted; it differs from the existing code "moj"`)
	// What a spreadsheet program dropped the zeros of is no other code, and names what has them.
	bond := &shelf{}
	importInto(t, bond, catalogueName, csvFile(t, "e.csv", entitiesHead, "007,Ministry,وزارة"), csvFile(t, "s.csv", "code,name,name_ar,entity", "0012,Licence,رخصة,7"))
	if got := bond.service(t, "0012").Body.Entity; got != "007" {
		t.Errorf("the service is of %q", got)
	}
	_, err = Open(t.Context(), catalogueName, []string{csvFile(t, "s.csv", "code,name,name_ar,entity", "12,Licence,رخصة,007")}, bond.means())
	checkFaults(t, err, "faults: 1", `row 2, column code: "12" cannot be accepted; it differs from the existing code "0012"`, "أصفار قبله")
	u := &shelf{}
	importInto(t, u, ukName, ukFile(t, "A,Agency,Decimals,dec,2017-04-01,1,1"))
	_, err = Open(t.Context(), ukName, []string{ukFile(t, "A,Agency,Decimals,Dec,2017-04-01,1,1")}, u.means())
	checkFaults(t, err, `column slug: "uk-Dec"`, `existing code "uk-dec"`)
	_, err = Open(t.Context(), gcName, []string{inventory(t, "2018-2019", "a1", "A2")}, Means{})
	checkFaults(t, err, "faults: 1", `by capital letters or zeros before it alone`)
}

// Published names and codes that are longer than every door allows are shortened in a way that tells them apart.
func TestLongPublishedNamesAndCodesAreShortened(t *testing.T) {
	long, other := strings.Repeat("long-", 30)+"a", strings.Repeat("long-", 30)+"b"
	name := strings.Repeat("Permit ", 40)
	s := &shelf{}
	file := ukFile(t, "A,Agency,"+name+","+long+",2017-04-01,1,1", "A,Agency,"+name+","+other+",2017-04-01,1,1")
	importInto(t, s, ukName, file)
	codes := s.listed(civiltest.Day("2017-09-30"))
	if len(codes) != 2 || len(codes[0]) > 100 || codes[0] == codes[1] {
		t.Fatalf("codes %q", codes)
	}
	body := s.service(t, codes[0]).Body
	if len(register.CheckService(&body)) > 0 || !strings.HasSuffix(body.Name, "…") || body.Description != strings.TrimSpace(name) {
		t.Errorf("%+v", body)
	}
	facts := len(s.Streams)
	importInto(t, s, ukName, file)
	if len(s.Streams) != facts {
		t.Errorf("again: %d facts for %d", len(s.Streams), facts)
	}
	// What was recorded under a long code before stays under it.
	old := &shelf{}
	old.append(t, programme.Draft{Family: programme.FamilyService, Subject: "uk-" + long, Body: programme.Service{Code: "uk-" + long, Name: "Old", NameAr: "Old", Entity: "uk-agency"}}, map[string]uint32{})
	importInto(t, old, ukName, file)
	if got := old.listed(civiltest.Day("2017-09-30")); len(got) != 2 || !slices.Contains(got, "uk-"+long) {
		t.Errorf("codes %q", got)
	}
}

// What the other doors read is read here too.
func TestACatalogueReadsWhatPeopleWrite(t *testing.T) {
	for _, lines := range [][]string{
		{"code,name,name_ar,entity,channels,mandatory,launched_on,level", `k6,List,قائمة,moi,"web, mobile",Y,31/03/2015,level 3`, `k7,List,قائمة,moi,"web، mobile",no,01/03/2015,المستوى ٢`},
		{"code;name;name_ar;entity;channels;mandatory;launched_on;level", "k6;List;قائمة;moi;web, mobile;نعم;31 March 2015;3", "k7;List;قائمة;moi;web|mobile;0;٢٠١٥-٠٣-٠١;interactive"},
	} {
		feed, err := Open(t.Context(), catalogueName, []string{csvFile(t, "e.csv", madeUpEntities...), csvFile(t, "s.csv", lines...)}, Means{})
		if err != nil {
			t.Error(err)
			continue
		}
		services := feed.(*catalogueFeed).services
		if first, second := services[0], services[1]; len(first.Channels) != 2 || !first.Mandatory || first.launch.Level != 3 ||
			first.launch.EffectiveOn.String() != "2015-03-31" || second.launch.EffectiveOn.String() != "2015-03-01" || second.launch.Level != 2 {
			t.Errorf("%+v\n%+v", first, second)
		}
	}
	_, err := Open(t.Context(), catalogueName, []string{csvFile(t, "e.csv", madeUpEntities...), csvFile(
		t, "s.csv", "code,name,name_ar,entity,launched_on", "k6,List,قائمة,moi,01/03/2015", "k7,Name,قائمة,moi,=F2", "k8,#N/A,قائمة,moi,#REF!")}, Means{})
	checkFaults(t, err, "faults: 4", "“01/03/2015” can be read in two ways", "“=F2” is a formula", "“#N/A” is an error of the spreadsheet")
}

// The days and answers that every door reads are read in a catalogue, and what is none is named in both languages.
func TestACatalogueReadsTheSameCells(t *testing.T) {
	english, arabic := texts().In(i18n.English), texts().In(i18n.Arabic)
	const heading = "code;name;name_ar;entity;mandatory;launched_on"
	open := func(mandatory, day string) (Feed, error) {
		row := "k1;List;قائمة;moi;" + mandatory + ";" + day
		return Open(t.Context(), catalogueName, []string{csvFile(t, "e.csv", madeUpEntities...), csvFile(t, "s.csv", heading, row)}, Means{})
	}
	for _, day := range intaketest.Days() {
		feed, err := open("", day.Text)
		if day.Reason != "" {
			args := i18n.Args{"text": day.Text}
			checkFaults(t, err, "faults: 1", english.T("intake."+string(day.Reason), args), arabic.T("intake."+string(day.Reason), args))
			continue
		}
		if err != nil {
			t.Errorf("%q: %v", day.Text, err)
		} else if got := feed.(*catalogueFeed).services[0].launch.EffectiveOn.String(); got != day.Day {
			t.Errorf("%q is read as %s", day.Text, got)
		}
	}
	for _, answer := range intaketest.Answers() {
		feed, err := open(answer.Text, "")
		if err != nil || feed.(*catalogueFeed).services[0].Mandatory != answer.Yes {
			t.Errorf("%q: %v", answer.Text, err)
		}
	}
}

func TestEveryReasonOfACellIsWorded(t *testing.T) {
	for _, reason := range intake.Reasons() {
		f := place{file: "a.csv"}.cell("c", "x", "intake."+string(reason), "text", "x")
		if strings.Contains(f.Error(), "⟦") {
			t.Error(f.Error())
		}
	}
}
