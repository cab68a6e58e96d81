package i18n

import (
	"fmt"
	"strconv"
	"time"

	"mirsad/internal/civil"
)

// Date writes a day: 30 September 2016; no date is the dash.
func (w Words) Date(d civil.Date) string {
	if d.IsZero() {
		return missing
	}
	t := d.Time()
	return fmt.Sprintf("%d %s %d", t.Day(), w.monthName(t.Month()), t.Year())
}

// Month writes a month: September 2016; no month is the dash.
func (w Words) Month(m civil.Month) string {
	if m == 0 {
		return missing
	}
	return fmt.Sprintf("%s %d", w.monthName(m.Calendar()), m.Year())
}

// ShortMonth writes a month for an axis: Sep 2016.
func (w Words) ShortMonth(m civil.Month) string {
	if m == 0 {
		return missing
	}
	return fmt.Sprintf("%s %d", w.T(fmt.Sprintf("base.month.short.%d", int(m.Calendar()))), m.Year())
}

// Period writes a period: 30 September 2016, September 2016, Q3 2016, 2016, or both ends of an interval.
func (w Words) Period(p civil.Period) string {
	month := p.From.Month()
	switch p.Grain {
	case civil.GrainDay:
		return w.Date(p.From)
	case civil.GrainMonth:
		return w.Month(month)
	case civil.GrainQuarter:
		quarter := strconv.Itoa((int(month.Calendar()) + 2) / 3)
		return w.T("base.quarter."+quarter, Args{"year": strconv.Itoa(month.Year())})
	case civil.GrainYear:
		return strconv.Itoa(month.Year())
	default:
		return w.T("base.interval", Args{"from": w.Date(p.From), "to": w.Date(p.To)})
	}
}

// Instant writes a moment to the minute in the programme's zone: 30 September 2016, 14:05.
func (w Words) Instant(t time.Time, zone *time.Location) string {
	return w.instant(t.In(zone), "15:04")
}

// Second writes a moment to the second in the programme's zone.
func (w Words) Second(t time.Time, zone *time.Location) string {
	return w.instant(t.In(zone), time.TimeOnly)
}

func (w Words) instant(local time.Time, clock string) string {
	return w.T("base.instant", Args{"date": w.Date(civil.DateOf(local)), "time": local.Format(clock)})
}

func (w Words) monthName(m time.Month) string { return w.T(fmt.Sprintf("base.month.%d", int(m))) }
