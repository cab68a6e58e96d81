package gather_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"mirsad/ingest/source"
	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/sample"
)

// lastRecorded is the day on which the rest of a feed is recorded: after everything that it tells of.
var lastRecorded = civil.NewDate(2036, 6, 18)

// soaks reports whether the long tests were asked for.
func soaks() bool { return os.Getenv("SOAK") != "" }

// recordedSample is the sample programme as if it had come in on three days.
func recordedSample(t *testing.T, days ...civil.Date) *recordedWorld {
	t.Helper()
	w, feed, after := newRecordedWorld(t), sample.New(2016), civil.Date(0)
	for _, by := range days {
		w.record(t, feed, after, by)
		after = by
	}
	return w
}

// TestTheOracleAgreesOnTheSample compares the sample on two dates; of its soak, twelve and what was known on three days.
func TestTheOracleAgreesOnTheSample(t *testing.T) {
	days := []civil.Date{civil.NewDate(2015, 8, 20), civil.NewDate(2016, 5, 12), lastRecorded}
	w := recordedSample(t, days...)
	questions := []question{w.shownOn(civil.NewDate(2016, 9, 30), 0), w.shownOn(civil.NewDate(2015, 8, 17), days[0])}
	if soaks() {
		questions = w.soakOn(t, days, []civil.Date{
			civil.NewDate(2014, 1, 1), civil.NewDate(2014, 3, 31), civil.NewDate(2014, 12, 31), civil.NewDate(2015, 2, 28),
			civil.NewDate(2015, 5, 31), civil.NewDate(2015, 8, 17), civil.NewDate(2015, 12, 31), civil.NewDate(2016, 2, 29),
			civil.NewDate(2016, 4, 1), civil.NewDate(2016, 7, 30), civil.NewDate(2016, 9, 30), civil.NewDate(2016, 12, 31),
		})
	}
	w.agree(t, questions)
}

// soakOn asks everything of some dates, as it was known on each of some days; on the last everything is known.
func (w *recordedWorld) soakOn(t *testing.T, days, dates []civil.Date) []question {
	t.Helper()
	var all []question
	for _, on := range dates {
		for _, asAt := range days {
			all = append(all, w.questionsOn(on, asAt)...)
		}
	}
	t.Logf("%d questions on %d dates as at %d days", len(all), len(dates), len(days))
	return all
}

// TestTheOracleAgreesOnAnUntidyProgramme records a programme in which everything goes wrong on three days, and compares
// what was known on each of them.
func TestTheOracleAgreesOnAnUntidyProgramme(t *testing.T) {
	seeds := uint64(1)
	if soaks() {
		seeds = 6
	}
	for seed := range seeds {
		t.Run(fmt.Sprint("seed ", seed+1), func(t *testing.T) {
			u := newUntidy(t, seed+1)
			days := []civil.Date{civil.NewDate(2015, 3, 10), civil.NewDate(2016, 2, 20), civil.NewDate(2036, 6, 17)}
			after := civil.Date(0)
			for i, by := range days {
				u.record(t, after, by, i == 0)
				after = by
			}
			questions := u.questionsOn(civil.NewDate(2016, 2, 17), 0)
			questions = append(questions, u.questionsOn(civil.NewDate(2015, 2, 28), days[0])...)
			questions = append(questions, u.shownOn(civil.NewDate(2016, 9, 30), 0), u.shownOn(civil.NewDate(2016, 1, 31), days[1]))
			u.agree(t, questions)
		})
	}
}

// TestTheOracleAgreesOnImports records the Canadian inventories and the British volumes, each on a day of its own.
func TestTheOracleAgreesOnImports(t *testing.T) {
	if !soaks() {
		t.Skip("real data are compared by make soak")
	}
	data := publicData(t)
	canada := filepath.Join(data, "canada-service-inventory")
	w := newRecordedWorld(t)
	settings := programme.DefaultSettings()
	settings.StartsOn, settings.TargetOn = civil.NewDate(2018, 4, 1), civil.NewDate(2021, 3, 31)
	days := []civil.Date{civil.NewDate(2036, 6, 16), civil.NewDate(2036, 6, 17), lastRecorded}
	w.watch.now = days[0].BeginsIn(w.zone)
	w.add(t, programme.Draft{Family: programme.FamilyProgramme, Subject: programme.ProgrammeSubject, Body: settings})
	w.importOn(t, days[0], "gc-services", filepath.Join(canada, "2018-2019_services.csv"))
	w.importOn(t, days[1], "gc-services", filepath.Join(canada, "2019-2020_services.csv"))
	w.importOn(t, days[2], "uk-transactions", filepath.Join(data, "uk-transactions", "derived_quarterly_long.csv"))
	questions := w.soakOn(t, days, []civil.Date{
		civil.NewDate(2012, 12, 31), civil.NewDate(2013, 6, 30), civil.NewDate(2014, 3, 31), civil.NewDate(2015, 9, 30),
		civil.NewDate(2016, 12, 31), civil.NewDate(2017, 6, 30), civil.NewDate(2017, 9, 30), civil.NewDate(2018, 4, 1),
		civil.NewDate(2019, 3, 31), civil.NewDate(2019, 8, 15), civil.NewDate(2020, 3, 31), civil.NewDate(2020, 6, 30),
	})
	w.agree(t, questions)
}

// importOn records the files of a format on a day.
func (w *recordedWorld) importOn(t *testing.T, by civil.Date, format string, files ...string) {
	t.Helper()
	feed, err := source.Open(t.Context(), format, files, source.Means{Known: w.known})
	if err != nil {
		t.Fatal(err)
	}
	w.record(t, feed, 0, by)
}

// publicData returns the folder of real public data, which no commit holds.
func publicData(t *testing.T) string {
	t.Helper()
	for _, folder := range []string{os.Getenv("MIRSAD_DATA"), "../../../shared/data"} {
		if _, err := os.Stat(filepath.Join(folder, "README.md")); folder != "" && err == nil {
			return folder
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("no public data")
	}
	t.Skip("no public data: set MIRSAD_DATA to its folder")
	return ""
}
