package office

import (
	"fmt"
	"strings"
	"testing"
)

// A list of days is read as it is written by hand and as it is copied from a spreadsheet.
func TestCalendarLinesAreReadAsPeoplePasteThem(t *testing.T) {
	const want = "2016-09-12 2016-09-13 Eid العيد; 2016-12-18 2016-12-18 National Day اليوم الوطني"
	for name, text := range map[string]string{
		"as the form shows them":     "2016-09-12/2016-09-13 | Eid | العيد\n2016-12-18 | National Day | اليوم الوطني\n",
		"the day first":              "12/09/2016 - 13/09/2016 | Eid | العيد\r\n18/12/2016 | National Day | اليوم الوطني\r\n",
		"rows of a spreadsheet":      "12/9/2016\t13/9/2016\tEid\tالعيد\n18/12/2016\t\tNational Day\tاليوم الوطني\n",
		"tabs":                       "2016-09-12/2016-09-13\tEid\tالعيد\n2016-12-18\tNational Day\tاليوم الوطني",
		"in words":                   "12 September 2016 to 13 September 2016 | Eid | العيد\n١٨ ديسمبر ٢٠١٦ | National Day | اليوم الوطني",
		"marks and lines of nothing": "\u200f\n\u200f2016-09-12/2016-09-13\u200f | Eid | \u200fالعيد\n\u00a0\n2016-12-18 | National Day | اليوم الوطني",
	} {
		days, unread := readCalendarLines(text)
		var got []string
		for _, day := range days {
			got = append(got, fmt.Sprintf("%s %s %s %s", day.From, day.To, day.Name, day.NameAr))
		}
		if strings.Join(got, "; ") != want || len(unread) > 0 {
			t.Errorf("%s: %q, %+v", name, got, unread)
		}
	}
	days, unread := readCalendarLines("12/9/2016 | Eid | العيد\n18/12/2016 | National Day | اليوم الوطني")
	if len(unread) > 0 || days[0].From.String() != "2016-09-12" {
		t.Errorf("a day that another explains: %+v, %+v", days, unread)
	}
	for line, text := range map[int]string{
		1: "01/03/2016 | a | b", 2: "\n2016-09-12\n", 3: "2016-09-12 | a | b\n\n2016-13-01 | c | d", 4: "\n\n\n28/12/1437 | a | b",
	} {
		if _, unread := readCalendarLines(text); len(unread) != 1 || unread[0].Args["line"] != line {
			t.Errorf("%q: %+v", text, unread)
		}
	}
}
