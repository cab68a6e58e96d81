package programme

import (
	"strings"

	"mirsad/internal/civil"
)

// Ownership says that an entity owns a service from a day on, as one entry of the catalogue has it.
type Ownership struct {
	Service string
	Entity  string
	From    civil.Date // 0: always
	Removed bool       // out of the catalogue from that day on
}

// Owners are the entries of one service's owners in the order in which they were recorded.
type Owners []Ownership

// On returns who owns the service on a day (docs/rules.md#who-may-report): by the newest entry in force; before the first
// entry's day, by the entry with the earliest. found is false where there is no entry, or the service is removed on the
// day; the owner is then the last there was.
func (o Owners) On(day civil.Date) (owner Ownership, found bool) {
	var earliest, last Ownership
	for i, each := range o {
		if i == 0 || each.From < earliest.From {
			earliest = each
		}
		if each.From > day {
			continue
		}
		if each.Removed {
			each.Entity = last.Entity
		}
		last, found = each, true
	}
	if !found {
		last, found = earliest, len(o) > 0
	}
	return last, found && !last.Removed
}

// FoldCode is a code as codes are compared: without case (docs/rules.md#codes).
func FoldCode(code string) string { return strings.ToLower(code) }
