package figures

// Reach is what the goal still takes: the services missing, and beside them the milestones that would bring more
// (docs/rules.md#reach-to-the-goal).
type Reach struct {
	Missing int `json:"missing"` // goal − counted
	ReachParts

	// AtMost is how far the count comes without one of the three: counted + the other two.
	AtMost ReachParts `json:"at_most_without"`
}

// ReachParts are the three kinds of milestones that are not done by the target date.
type ReachParts struct {
	AwaitingVerification int `json:"awaiting_verification"` // live and claimed
	Late                 int `json:"late"`                  // due and not live
	Due                  int `json:"due"`                   // not yet due, by the target date
}

// ReachOf sets what is missing to the goal beside the parts.
func ReachOf(goal, counted int, parts ReachParts) Reach {
	all := counted + parts.AwaitingVerification + parts.Late + parts.Due
	return Reach{
		Missing: max(0, goal-counted), ReachParts: parts,
		AtMost: ReachParts{
			AwaitingVerification: all - parts.AwaitingVerification, Late: all - parts.Late, Due: all - parts.Due,
		},
	}
}
