package reckon

import (
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// MonthTotals returns the totals that an entity owes for a month, as known on a date: of every service that it
// owned and that was live on any day of the month, or that is known by its use alone, on the channels it then had and
// on those it reported of. Started and completed are asked of each, views only where views were ever reported.
func (k *Knowledge) MonthTotals(entity string, on civil.Date, month civil.Month) *figures.MonthTotals {
	totals := &figures.MonthTotals{Entity: entity, Month: month}
	owner, known := k.entityIndex[entity]
	if !known {
		return totals
	}
	for i := range k.services {
		record := &k.services[i]
		s := k.spanOf(serviceAt(i), month.Period(), on)
		if s.owner != owner || (!s.live && (record.launches() || record.use == usage.NoService)) {
			continue
		}
		for i, code := range programme.Channels() {
			channel := programme.ChannelIndex(i)
			reported := k.use.Speaks(record.use, channel, month)
			if !s.channels.Has(channel) && !reported {
				continue
			}
			totals.Lines = append(totals.Lines, figures.MonthLine{
				Service: record.code, Channel: code, Totals: k.use.MonthTotals(record.use, channel, month),
			})
		}
	}
	return totals
}
