package intake_test

import (
	"testing"

	"mirsad/internal/intake"
)

func TestDaysAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"2016-09-30": "2016-09-30", "2016/09/30": "2016-09-30", "2016.9.3": "2016-09-03", "٢٠١٦-٠٩-٣٠": "2016-09-30",
		"2016-09-30T21:15:00+03:00": "2016-09-30", "2016-09-30T00:00:00Z": "2016-09-30", "2016-09-30 00:00:00": "2016-09-30",
		"2016-09-30T00:00:00.000": "2016-09-30", "30/09/2016 00:00": "2016-09-30", "9/30/2016 12:00 AM": "2016-09-30",
		"30/09/2016": "2016-09-30", "30-9-2016": "2016-09-30", "30.09.2016": "2016-09-30", "09/30/2016": "2016-09-30",
		"03/03/2015": "2015-03-03", "\u200f30/09/2016\u200f": "2016-09-30",
		"30 September 2016": "2016-09-30", "30-Sep-16": "2016-09-30", "30-Sep-2016": "2016-09-30", "Sep 30, 2016": "2016-09-30",
		"September 30 2016": "2016-09-30", "2016 Sep 30": "2016-09-30", "٣٠ سبتمبر ٢٠١٦": "2016-09-30", "1 آب 2016": "2016-08-01",
		"Friday, September 30, 2016": "2016-09-30", "Fri 30 Sep 2016": "2016-09-30", "الجمعة، ٣٠ سبتمبر، ٢٠١٦": "2016-09-30",
		"30th September 2016": "2016-09-30", "September 1st, 2016": "2016-09-01", "30 من سبتمبر 2016": "2016-09-30", "30/09/2016 م": "2016-09-30",
		"30 / 9 / 2016": "2016-09-30", "20160930": "2016-09-30", "۳۰/۹/۲۰۱۶": "2016-09-30", "30 أيلول/سبتمبر 2016": "2016-09-30",
		"2 تشرين أول 2016": "2016-10-02", "30 جويلية 2016": "2016-07-30", "30—09—2016": "2016-09-30",
		"1 كانون الثاني 2016": "2016-01-01", "3 إبريل، 2016": "2016-04-03", "1-Jan-98": "1998-01-01",
	} {
		if got, reason := new(intake.Dates).Day(text); reason != "" || got.String() != want {
			t.Errorf("%q is %s, %v; want %s", text, got, reason, want)
		}
	}
}

func TestWhatIsNoDay(t *testing.T) {
	for text, want := range map[string]intake.Reason{
		"": intake.Empty, "soon": intake.NotDate, "2016": intake.NotDate, "2016-09": intake.NotDate, "Aug-16": intake.NotDate, "=A1": intake.Formula,
		"#VALUE!": intake.SheetError, "01/03/2015": intake.TwoDates, "1-3-2015": intake.TwoDates, "31/02/2016": intake.NoSuchDay,
		"2016-13-01": intake.NoSuchDay, "2015-02-29": intake.NoSuchDay, "0000-01-01": intake.NoSuchDay, "31 June 2016": intake.NoSuchDay,
		"31/08/16": intake.ShortYear, "16-Aug": intake.NoYear, "16 أغسطس": intake.NoYear, "42583": intake.SerialDate, "42583.5": intake.SerialDate,
		"1437/12/28": intake.Hijri, "28-12-1437": intake.Hijri, "01/03/1437": intake.Hijri, "28 ذو الحجة 1437": intake.Hijri, "28/12/1437هـ": intake.Hijri, "20161399": intake.NoSuchDay,
		"30 Sep Oct 2016": intake.NotDate, "Friday": intake.NotDate,
		"1 Sep 16 2": intake.NotDate, "Sep Oct 2016": intake.NotDate, "123 Sep 2016": intake.NotDate, "30/09/2016 noon": intake.NotDate,
	} {
		if got, reason := new(intake.Dates).Day(text); reason != want || got != 0 {
			t.Errorf("%q is %s, %v; want %s", text, got, reason, want)
		}
	}
}

// What 01/03/2015 means is said by the other dates of its table, unless they contradict one another.
func TestDatesAreReadByTheEvidenceOfTheirTable(t *testing.T) {
	for name, c := range map[string]struct {
		seen []string
		want string
	}{
		"nothing":                         {nil, ""},
		"dates that say nothing":          {[]string{"2016-12-31", "03/03/2015", "05/06/2015", "x", "31 Dec 2016"}, ""},
		"a day that is no month":          {[]string{"05/06/2015", "13/06/2015"}, "2015-03-01"},
		"a second part that is no month":  {[]string{"٠٦/١٣/٢٠١٥"}, "2015-01-03"},
		"two dates that contradict again": {[]string{"13/06/2015", "06/13/2015"}, ""},
	} {
		dates := new(intake.Dates)
		for _, text := range c.seen {
			dates.See(text)
		}
		got, reason := dates.Day("01/03/2015")
		if got.String() != c.want || (reason == "") != (c.want != "") || (reason != "" && reason != intake.TwoDates) {
			t.Errorf("%s: %s, %v; want %s", name, got, reason, c.want)
		}
	}
	if got, reason := intake.DayFirst().Day("01/03/2015"); reason != "" || got.String() != "2015-03-01" {
		t.Errorf("where the day comes first it is %s, %v", got, reason)
	}
}

func TestMonthsAsSpreadsheetsShowThem(t *testing.T) {
	for text, want := range map[string]string{
		"2016-08": "2016-08", "2016/08": "2016-08", "2016-8": "2016-08", "08/2016": "2016-08", "8/2016": "2016-08", "08-2016": "2016-08",
		"08.2016": "2016-08", "Aug-16": "2016-08", "Aug 2016": "2016-08", "August 2016": "2016-08", "AUG-2016": "2016-08", "2016 August": "2016-08",
		"Aug. 2016": "2016-08", "16-Aug-2016": "", "Sept 2016": "2016-09", "أغسطس 2016": "2016-08", "اغسطس ٢٠١٦": "2016-08", "آب 2016": "2016-08",
		"تشرين الأول 2016": "2016-10", "٠٨/٢٠١٦": "2016-08", "2016-08-01": "2016-08", "2016-08-01 00:00:00": "2016-08", "\u200eAug-16": "2016-08",
		"Aug-98": "1998-08", "\u0623\u063a\u0633\u0637\u0633\u200f 2016": "2016-08", "1 Aug 2016": "2016-08", "2016-08-02": "", "2016-13": "", "13/2016": "",
		"2016": "", "Aug": "", "August-201": "",
	} {
		got, reason := new(intake.Dates).Month(text)
		if (reason == "") != (want != "") || (reason == "" && got.String() != want) {
			t.Errorf("%q is %s, %v; want %s", text, got, reason, want)
		}
	}
	for text, want := range map[string]intake.Reason{
		"2016-08-02": intake.NotMonth, "x": intake.NotMonth, "2016-00": intake.NotMonth, "16-Aug": intake.NoYear, "01/08/2016": intake.TwoDates, "": intake.Empty,
		"42583": intake.SerialDate,
	} {
		if _, reason := new(intake.Dates).Month(text); reason != want {
			t.Errorf("%q: %v, want %s", text, reason, want)
		}
	}
}

func TestPeriodsAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"2016-09-30": "2016-09-30", "30/09/2016": "2016-09-30", "2016-08": "2016-08", "Aug-16": "2016-08", "2016": "2016", "٢٠١٦": "2016",
		"2016-Q3": "2016-Q3", "Q3 2016": "2016-Q3", "2016 q3": "2016-Q3", "2016Q3": "2016-Q3", "Q3/2016": "2016-Q3", "الربع الثالث ٢٠١٦": "2016-Q3",
		"01/04/2018 - 31/03/2019": "2018-04-01/2019-03-31", "1 April 2018 to 31 March 2019": "2018-04-01/2019-03-31",
		"٢٠١٨-٠٤-٠١ إلى ٢٠١٩-٠٣-٣١": "2018-04-01/2019-03-31", "2018-4-1/2019-3-31": "2018-04-01/2019-03-31", "الربع 3 2016": "2016-Q3", "3Q2016": "2016-Q3",
		"Sept-16": "2016-09", "9/2016": "2016-09", "201609": "2016-09", "سبتمبر-16": "2016-09",
		"2018-04-01/2019-03-31": "2018-04-01/2019-03-31", "2018-04-01 / 2019-03-31": "2018-04-01/2019-03-31", "2016-08-01/2016-08-31": "2016-08",
	} {
		if got, reason := new(intake.Dates).Period(text); reason != "" || got.String() != want {
			t.Errorf("%q is %s, %v; want %s", text, got, reason, want)
		}
	}
	for text, want := range map[string]intake.Reason{
		"": intake.Empty, "soon": intake.NotPeriod, "2016-Q5": intake.NotPeriod, "2019-03-31/2018-04-01": intake.NotPeriod, "0000": intake.NotPeriod,
		"01/08/2016": intake.TwoDates, "2016-13": intake.NotMonth, "16-Aug": intake.NoYear, "2016-02-30": intake.NoSuchDay, "=A1": intake.Formula,
		"0000-Q1": intake.NotPeriod, "1437": intake.Hijri, "1437-12": intake.Hijri, "01/04/2018 - 01/05/2018": intake.TwoDates,
		"31/03/2019 - 01/04/2018": intake.NotPeriod,
	} {
		if _, reason := new(intake.Dates).Period(text); reason != want {
			t.Errorf("%q: %v, want %s", text, reason, want)
		}
	}
}

func TestMomentsAsProgramsWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"2016-09-30T21:15:00+03:00": "2016-09-30T21:15:00+03:00", "2016-09-30 21:15:00+03:00": "2016-09-30T21:15:00+03:00",
		"2016-09-30 9:15 +3": "2016-09-30T09:15:00+03:00", "2016-09-30t21:15:00z": "2016-09-30T21:15:00Z", "2016-09-30 21:15 UTC": "2016-09-30T21:15:00Z",
		"2016-09-30T21:15:00.250+0300": "2016-09-30T21:15:00.250+03:00", "٢٠١٦-٠٩-٣٠ ٢١:١٥:٠٠+٠٣:٠٠": "2016-09-30T21:15:00+03:00",
		"30/09/2016 21:15 +03:00": "2016-09-30T21:15:00+03:00", "9/30/2016 9:15:07 PM GMT+3": "2016-09-30T21:15:07+03:00",
		"30 سبتمبر 2016 9:15 م +3": "2016-09-30T21:15:00+03:00", "2016-09-30 12:05 AM Z": "2016-09-30T00:05:00Z",
		"2016-09-30T21:15:00-03:30": "2016-09-30T21:15:00-03:30", "\u200e2016-09-30T21:15:00Z": "2016-09-30T21:15:00Z",
	} {
		if got, reason := new(intake.Dates).Moment(text); reason != "" || got != want {
			t.Errorf("%q is %s, %v; want %s", text, got, reason, want)
		}
	}
	for text, want := range map[string]intake.Reason{
		"": intake.Empty, "2016-09-30": intake.NotMoment, "2016-09-30T21:15:00": intake.NoOffset, "2016-09-30 25:00Z": intake.NotMoment,
		"2016-02-30T21:15:00Z": intake.NoSuchDay, "9/30/2016 9:15 PM": intake.NoOffset, "2016-09-30 13:15 PM +3": intake.NotMoment,
		"01/03/2016 21:15 +3": intake.TwoDates, "2016-09-30 24:00Z": intake.NotMoment, "now": intake.NotMoment, "2016-09-30T21:15:00+99:00": intake.NotMoment, "=NOW()": intake.Formula,
	} {
		if _, reason := new(intake.Dates).Moment(text); reason != want {
			t.Errorf("%q: %v, want %s", text, reason, want)
		}
	}
}

func TestDaysAsWorkbooksStoreThem(t *testing.T) {
	dayZero, reason := new(intake.Dates).Day("1899-12-30")
	if reason != "" {
		t.Fatal(reason)
	}
	for text, want := range map[string]string{"42583": "2016-08-01", "42583.75": "2016-08-01", "1": "1899-12-31", "0": "", "x": "", "200000": "", "NaN": ""} {
		got, reason := intake.StoredDay(text, dayZero)
		if got.String() != want || (reason == "") != (want != "") {
			t.Errorf("%q is %s, %v; want %s", text, got, reason, want)
		}
	}
	if _, reason := intake.StoredDay("42583", 0); reason != intake.NotDate {
		t.Errorf("without the workbook's day 0: %v", reason)
	}
}
