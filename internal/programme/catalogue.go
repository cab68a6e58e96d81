package programme

import (
	"cmp"
	"strings"

	"mirsad/internal/civil"
)

// Entity is a ministry or authority.
type Entity struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	NameAr string `json:"name_ar"`
}

// Service is what an entity offers.
type Service struct {
	Code          string `json:"code"`
	Name          string `json:"name"`
	NameAr        string `json:"name_ar"`
	Entity        string `json:"entity"`
	Description   string `json:"description,omitempty"`
	DescriptionAr string `json:"description_ar,omitempty"`
	// Audience is the group that it serves, such as citizens, residents, business, government, visitors.
	Audience  string    `json:"audience,omitempty"`
	Mandatory bool      `json:"mandatory,omitempty"`
	Channels  []Channel `json:"channels,omitempty"`
	// DependsOn lists the other entities whose part the service needs.
	DependsOn []string `json:"depends_on,omitempty"`
	// PartOf is the code of the bundle this service is a part of.
	PartOf string `json:"part_of,omitempty"`
	// Succeeds lists the codes of the services this one replaces; with them it is one unit.
	Succeeds []string `json:"succeeds,omitempty"`
	// CountsApart is the planner's reason why it counts beside the other successors of its unit; none means it doesn't.
	CountsApart string `json:"counts_apart,omitempty"`
	// Removed marks a service taken out of the catalogue from the fact's effective date.
	Removed bool `json:"removed,omitempty"`
}

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

// FoldCode is a code as codes are compared: without case and, where it is a number, without the zeros before it, which
// spreadsheet programs drop (docs/rules.md#entity-and-service).
func FoldCode(code string) string {
	if code != "" && strings.Trim(code, "0123456789") == "" {
		return cmp.Or(strings.TrimLeft(code, "0"), "0")
	}
	return strings.ToLower(code)
}
