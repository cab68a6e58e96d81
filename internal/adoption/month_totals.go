package adoption

import (
	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// MonthTotals returns the totals that an entity owes for a month, as known on a date: of every service that it
// owned and that was live on any day of the month, or that is known by its use alone, on the channels it then had and
// on those it reported of. Started and completed are asked of each, views only where views were ever reported.
func (u *Use) MonthTotals(entity string, on civil.Date, month civil.Month) *figures.MonthTotals {
	totals := &figures.MonthTotals{Entity: entity, Month: month}
	owner := u.FindEntity(entity)
	if owner == catalogue.NoEntity {
		return totals
	}
	for i := range u.Services {
		at := catalogue.ServiceAt(i)
		record := &u.Services[at]
		s := u.SpanOf(at, month.Period(), on)
		if s.Owner != owner || (!s.live && (!u.knownByUse(at, on) || u.places[at] == usage.NoService)) {
			continue
		}
		for i, code := range programme.Channels() {
			channel := programme.ChannelIndex(i)
			reported := u.index.Speaks(u.places[at], channel, month)
			if !s.channels.Has(channel) && !reported {
				continue
			}
			totals.Lines = append(totals.Lines, figures.MonthLine{
				Service: record.Code, Channel: code, Totals: u.index.MonthTotals(u.places[at], channel, month),
			})
		}
	}
	return totals
}
