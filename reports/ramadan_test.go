package reports

import (
	"slices"
	"strings"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// The table of use by month counts the days of Ramadan, and growth in its month is said beside that of the year before.
func TestRamadanInTheWorkbook(t *testing.T) {
	f := sample(usual)
	f.Ramadan = programme.Ramadan{{From: civil.NewDate(2016, 6, 6), To: civil.NewDate(2016, 7, 5), Name: "Ramadan", NameAr: "رمضان"}}
	f.Usage.Growth.LastLunarYear = &figures.YearOnYear{
		Period: civil.NewMonth(2015, 7).Period(), Comparison: figures.Comparison{LikeForLike: programme.RatioOf(1, 10)},
	}
	for language, title := range map[i18n.Language]string{i18n.English: "Days of Ramadan", i18n.Arabic: "أيام رمضان"} {
		rows, err := pageOf(t, f, language, "usage").file.GetRows(pageOf(t, f, language, "usage").name)
		if err != nil {
			t.Fatal(err)
		}
		head := slices.IndexFunc(rows, func(row []string) bool { return slices.Contains(row, title) })
		if head < 0 {
			t.Fatalf("%s: no column %s", language, title)
		}
		at, days := slices.Index(rows[head], title), []string{}
		for _, row := range rows[head+1:] {
			if len(row) > at && row[at] != "" {
				days = append(days, row[at])
			}
		}
		if joined := strings.Join(days, " "); !strings.HasSuffix(joined, "0 25 5 0 0") {
			t.Errorf("%s: days %s", language, joined)
		}
	}
	rows, err := pageOf(t, f, i18n.English, "highlights").file.GetRows(pageOf(t, f, i18n.English, "highlights").name)
	said := slices.ContainsFunc(rows, func(row []string) bool {
		return strings.Contains(strings.Join(row, " "), "July 2015, the month of Ramadan a year before: +10.0%")
	})
	if err != nil || !said {
		t.Errorf("%v, the highlights don't say it", err)
	}
}
