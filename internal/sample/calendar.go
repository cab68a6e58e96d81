package sample

import (
	"math/rand/v2"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// The dates that frame the sample.
var (
	startsOn    = civil.NewDate(2014, 1, 1)
	reportingOn = civil.NewDate(2016, 9, 30)
	targetOn    = civil.NewDate(2016, 12, 31)
	firstUse    = civil.NewMonth(2014, 4)
	lastUse     = civil.NewMonth(2016, 9)
	// dailyFrom is the first month whose use is sent day by day; before it, week by week.
	dailyFrom = civil.NewMonth(2016, 8)
)

// qatar is the programme's zone; it has had no other offset since 1972.
var qatar = time.FixedZone("Asia/Qatar", 3*60*60)

// span is a stretch of days, both ends included.
type span struct{ from, to civil.Date }

func (s span) holds(d civil.Date) bool { return s.from <= d && d <= s.to }

// ramadans and feasts are those of the years with use.
var (
	ramadans = []span{
		{civil.NewDate(2014, 6, 28), civil.NewDate(2014, 7, 27)},
		{civil.NewDate(2015, 6, 18), civil.NewDate(2015, 7, 16)},
		{civil.NewDate(2016, 6, 6), civil.NewDate(2016, 7, 5)},
	}
	feasts = []span{
		{civil.NewDate(2014, 7, 28), civil.NewDate(2014, 7, 31)},
		{civil.NewDate(2014, 10, 4), civil.NewDate(2014, 10, 7)},
		{civil.NewDate(2015, 7, 17), civil.NewDate(2015, 7, 20)},
		{civil.NewDate(2015, 9, 23), civil.NewDate(2015, 9, 26)},
		{civil.NewDate(2016, 7, 6), civil.NewDate(2016, 7, 9)},
		{civil.NewDate(2016, 9, 11), civil.NewDate(2016, 9, 14)},
	}
)

// weekRhythm is the share of use by weekday, Sunday first: the weekend is Friday and Saturday.
var weekRhythm = [7]float64{1.28, 1.22, 1.15, 1.10, 1.00, .55, .70}

// workingDay reports whether offices are open: Sunday to Thursday.
func workingDay(d civil.Date) bool {
	day := d.Time().Weekday()
	return day != time.Friday && day != time.Saturday
}

// workingDayBefore returns the day itself or the last working day before it.
func workingDayBefore(d civil.Date) civil.Date {
	for !workingDay(d) {
		d--
	}
	return d
}

// dayFactor is how much a day is used against an average one.
func dayFactor(d civil.Date, season float64) float64 {
	factor := weekRhythm[d.Time().Weekday()]
	for _, s := range ramadans {
		if s.holds(d) {
			factor *= .78
		}
	}
	for _, s := range feasts {
		if s.holds(d) {
			factor *= .45
		}
	}
	switch d.Month().Calendar() {
	case time.July, time.August:
		factor *= .92 - .12*season
	case time.September:
		factor *= 1.06 + .5*season
	}
	return factor
}

// officeTime returns a moment of the day within office hours, 07:00 to 14:00 in Qatar.
func officeTime(d civil.Date, chance *rand.Rand) time.Time {
	midnight := d.Time()
	seconds := 7*3600 + chance.IntN(7*3600)
	return time.Date(midnight.Year(), midnight.Month(), midnight.Day(), 0, 0, seconds, 0, qatar)
}

// randomWorkingDay returns a working day of the span, with as many at a month's end as plans have.
func randomWorkingDay(s span, monthEnd float64, chance *rand.Rand) civil.Date {
	d := s.from.AddDays(chance.IntN(int(s.to-s.from) + 1))
	if last := d.Month().Last(); chance.Float64() < monthEnd && last <= s.to {
		d = last
	}
	if earlier := workingDayBefore(d); earlier >= s.from {
		return earlier
	}
	for !workingDay(d) {
		d++
	}
	return d
}

// nameOfFeast is the name of a feast: the one after Ramadan, or the one of the pilgrimage.
func nameOfFeast(s span) (name, nameAr string) {
	for _, ramadan := range ramadans {
		if s.from == ramadan.to+1 {
			return "Eid al-Fitr", "عيد الفطر"
		}
	}
	return "Eid al-Adha", "عيد الأضحى"
}

// calendar is a calendar of the programme, recorded once.
func calendar(name string, spans []span, named func(span) (string, string)) programme.Draft {
	days := make([]programme.CalendarDay, len(spans))
	for i, s := range spans {
		days[i] = programme.CalendarDay{From: s.from, To: s.to}
		days[i].Name, days[i].NameAr = named(s)
	}
	return programme.Draft{
		Family: programme.FamilyProgramme, Subject: programme.CalendarSubject(name), Reason: "sample programme",
		Body: programme.Calendar{Name: name, Days: days},
	}
}
