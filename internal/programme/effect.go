package programme

import "mirsad/internal/civil"

// Effect is what other settings would do to the counted total: now, and under them.
type Effect struct {
	Before EffectOn `json:"before"`
	After  EffectOn `json:"after"`
}

// EffectOn is the verified count on a date, beside the goal.
type EffectOn struct {
	On         civil.Date `json:"on"`
	Goal       int        `json:"goal"`
	Counted    int        `json:"counted"`
	CountedNew int        `json:"counted_new"`
	CountedAll int        `json:"counted_all"`
	EndToEnd   int        `json:"end_to_end"`
}
