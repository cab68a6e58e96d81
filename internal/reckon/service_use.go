package reckon

import (
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// serviceUse is the use of one service in the last month of a table, and what is doubtful about it on the date.
type serviceUse struct {
	completed   figures.UsageTotal // digital
	received    received
	takeUp      takeUpPart
	dormant     bool
	completions int64 // digital, when dormant
	silent      bool
}

// useOf looks at the use of a service, given its standing on the table's date.
func (t *useTable) useOf(at serviceAt, standing *standing, settings programme.Settings) serviceUse {
	last := len(t.months) - 1
	s := &t.spans[last][at]
	var completed total
	completed.add(t.parts[last][at])
	used := serviceUse{
		completed: completed.figure(),
		received:  t.use.receivedOf(at, s, settings),
		takeUp:    t.use.takeUpOf(at, s),
		silent:    t.use.silent(at, standing, settings, t.on),
	}
	used.dormant, used.completions = t.use.dormant(at, standing, s, t.on)
	return used
}
