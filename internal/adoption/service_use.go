package adoption

import (
	"mirsad/internal/catalogue"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// ServiceUse is the use of one service in the last month of a table, and what is doubtful about it on the date.
type ServiceUse struct {
	Completed   figures.UsageTotal // digital
	Received    Received
	TakeUp      TakeUpPart
	Dormant     bool
	Completions int64 // digital, when dormant
	// Silent says that nothing came in two due periods, WithoutNumbers that all that came is states without a value.
	Silent, WithoutNumbers bool
}

// UseOf looks at the use of a service, given its standing on the table's date.
func (t *Table) UseOf(at catalogue.ServiceAt, standing *catalogue.Standing, settings programme.Settings) ServiceUse {
	last := len(t.months) - 1
	s := &t.spans[last][at]
	used := ServiceUse{
		Completed: t.point(last, t.parts[last][at:at+1]).Total,
		Received:  t.use.ReceivedOf(at, s, settings),
		TakeUp:    t.use.takeUpOf(at, s),
	}
	used.Silent, used.WithoutNumbers = t.use.silence(at, standing, settings, t.on)
	used.Dormant, used.Completions = t.use.dormant(at, standing, t.on)
	return used
}
