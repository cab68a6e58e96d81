package register

import (
	"encoding/json"
	"strings"

	"mirsad/internal/programme"
)

// PlanChangeKind is how a milestone differs from the plan in force.
type PlanChangeKind string

// How a milestone differs: moved when its planned go-live is another, changed when only something else is.
const (
	PlanAdded     PlanChangeKind = "added"
	PlanMoved     PlanChangeKind = "moved"
	PlanChanged   PlanChangeKind = "changed"
	PlanDropped   PlanChangeKind = "dropped"
	PlanUnchanged PlanChangeKind = "unchanged"
)

// PlanChange is a row of the difference between two plans.
type PlanChange struct {
	Kind      PlanChangeKind `json:"kind"`
	Milestone string         `json:"milestone"`
	// Before and After are the milestone in the two plans: no Before when it was added, no After when it was dropped.
	Before *programme.Milestone `json:"before,omitempty"`
	After  *programme.Milestone `json:"after,omitempty"`
	// Days is by how many days the planned go-live moved; negative is earlier.
	Days int `json:"days,omitempty"`
	// Fields names what differs besides the go-live and the reason.
	Fields []string `json:"fields,omitempty"`
	Reason string   `json:"reason,omitempty"`
}

// Now is the milestone as the row shows it: after, and of a dropped one before.
func (c *PlanChange) Now() *programme.Milestone {
	if c.After != nil {
		return c.After
	}
	return c.Before
}

// PlanDifference compares two plans milestone by milestone, by code, in the order of after; what was dropped comes
// last.
func PlanDifference(before, after []programme.Milestone) []PlanChange {
	changes := make([]PlanChange, 0, len(after))
	was, kept := byCode(before), map[string]bool{}
	for i := range after {
		kept[after[i].Code] = true
		changes = append(changes, changeOf(was[after[i].Code], &after[i]))
	}
	for i := range before {
		if !kept[before[i].Code] {
			changes = append(changes, PlanChange{Kind: PlanDropped, Milestone: before[i].Code, Before: &before[i]})
		}
	}
	return changes
}

func byCode(milestones []programme.Milestone) map[string]*programme.Milestone {
	found := make(map[string]*programme.Milestone, len(milestones))
	for i := range milestones {
		found[milestones[i].Code] = &milestones[i]
	}
	return found
}

func changeOf(before, after *programme.Milestone) PlanChange {
	change := PlanChange{Kind: PlanAdded, Milestone: after.Code, Before: before, After: after, Reason: after.Reason}
	if before == nil {
		return change
	}
	for _, each := range Differences(bodyOf(before), bodyOf(after)) {
		switch field, _, _ := strings.Cut(each.Field, "."); field {
		case "planned_on", "reason":
		default:
			change.Fields = appendNew(change.Fields, field)
		}
	}
	change.Days = int(after.PlannedOn - before.PlannedOn)
	switch {
	case change.Days != 0:
		change.Kind = PlanMoved
	case len(change.Fields) > 0:
		change.Kind = PlanChanged
	default:
		change.Kind = PlanUnchanged
	}
	return change
}

// bodyOf is a milestone as it is recorded.
func bodyOf(m *programme.Milestone) json.RawMessage {
	raw, err := json.Marshal(m)
	if err != nil {
		panic(err) // a milestone has nothing that can't be written
	}
	return raw
}

// appendNew adds a text that the list does not end with.
func appendNew(list []string, text string) []string {
	if len(list) > 0 && list[len(list)-1] == text {
		return list
	}
	return append(list, text)
}
