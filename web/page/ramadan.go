package page

import (
	"strings"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/web/charts"
)

// markedDays are the months of Ramadan within a timeline: shaded in its chart, counted in its table, and said in its
// sentence (docs/rules.md#same-lunar-month).
type markedDays struct {
	programme.Ramadan
}

// ramadanIn returns what is to be marked within periods.
func ramadanIn(v *Visit, periods []civil.Period) markedDays {
	if len(periods) == 0 {
		return markedDays{}
	}
	return markedDays{v.Figures.Ramadan.In(periods[0].From, periods[len(periods)-1].To)}
}

// stretches are where the days lie among the periods.
func (m markedDays) stretches(v *Visit, periods []civil.Period) []charts.Stretch {
	return Each(m.Ramadan, func(d programme.CalendarDay) charts.Stretch {
		return charts.Stretch{
			Name: v.DrawnText(v.Name(d.Name, d.NameAr)), From: placeOf(periods, d.From), To: placeOf(periods, d.To+1),
		}
	})
}

// placeOf is where a day begins, counted in periods from the beginning of the first.
func placeOf(periods []civil.Period, day civil.Date) float64 {
	for i, p := range periods {
		if day <= p.To {
			return float64(i) + max(0, float64(day-p.From)/float64(p.To-p.From+1))
		}
	}
	return float64(len(periods))
}

// intoTable adds a column with how many days of each period are marked, where any are.
func (m markedDays) intoTable(v *Visit, periods []civil.Period, t *Table) {
	if len(m.Ramadan) == 0 {
		return
	}
	t.Head = append(t.Head, v.T("web.ramadan.days"))
	for i, p := range periods {
		days := programme.CountOf(m.DaysIn(p))
		t.Rows[i].Cells = append(t.Rows[i].Cells, Cell{Text: v.Count(days), Value: Raw(days.Value), Number: true})
	}
}

// sentence names the marked days for those who don't see the chart.
func (m markedDays) sentence(v *Visit) string {
	if len(m.Ramadan) == 0 {
		return ""
	}
	names := Each(m.Ramadan, func(d programme.CalendarDay) string {
		return v.Name(d.Name, d.NameAr) + ": " + v.Period(civil.Interval(d.From, d.To))
	})
	return " " + v.T("web.ramadan.sentence", Args("days", strings.Join(names, v.T("web.list_separator"))))
}
