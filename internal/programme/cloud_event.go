package programme

import "mirsad/internal/civil"

// The types of CloudEvents that agencies and importers send (docs/agencies.md#what-to-send-and-when).
const (
	TypeUsage     = "mirsad.usage.v1"
	TypeStatement = "mirsad.statement.v1"
	TypeRollout   = "mirsad.rollout.v1"
	TypeMilestone = "mirsad.milestone.v1"
)

// CloudEvent is the wire shape of one event; Data is a UsageData, StatementData, RolloutData or MilestoneData.
type CloudEvent struct {
	SpecVersion string `json:"specversion"` // 1.0
	ID          string `json:"id"`
	Source      string `json:"source"`
	Type        string `json:"type"`
	Time        string `json:"time"`    // RFC 3339
	Subject     string `json:"subject"` // service code
	Data        any    `json:"data"`
}

// UsageData is the data of mirsad.usage.v1.
type UsageData struct {
	Channel    Channel `json:"channel"`
	Stage      Stage   `json:"stage"`
	Count      *uint64 `json:"count,omitempty"` // default 1; 0 voids
	DurationMS uint64  `json:"duration_ms,omitempty"`
	Rating     uint8   `json:"rating,omitempty"` // 1 to 5
}

// StatementData is the data of mirsad.statement.v1. Value is given exactly when State is reported.
// A source that publishes a total and its digital part gives Total and Digital instead of Value: the
// value is their difference, and a digital part above the total is refused as digital_exceeds_total.
type StatementData struct {
	Period  civil.Period `json:"period"`
	Channel Channel      `json:"channel"`
	Measure Measure      `json:"measure"`
	State   State        `json:"state"`
	Value   *int64       `json:"value,omitempty"`
	Total   *int64       `json:"total,omitempty"`
	Digital *int64       `json:"digital,omitempty"`
}

// RolloutData is the data of mirsad.rollout.v1.
type RolloutData struct {
	Action      Action     `json:"action"`
	Level       Level      `json:"level,omitempty"`
	Channels    []Channel  `json:"channels,omitempty"`
	EffectiveOn civil.Date `json:"effective_on"`
	Evidence    []Answer   `json:"evidence,omitempty"`
}

// MilestoneData is the data of mirsad.milestone.v1.
type MilestoneData struct {
	Milestone string     `json:"milestone"`
	Phase     Phase      `json:"phase"`
	DoneOn    civil.Date `json:"done_on"`
}
