package programme

import (
	"fmt"
	"slices"
	"time"

	"mirsad/internal/civil"
)

// Action is what a rollout event says happened to a service.
type Action string

// The actions of a rollout event.
const (
	ActionLaunch        Action = "launch"
	ActionUpgrade       Action = "upgrade"
	ActionDowngrade     Action = "downgrade"
	ActionRetire        Action = "retire"
	ActionAddChannel    Action = "add_channel"
	ActionRemoveChannel Action = "remove_channel"
)

// Actions lists all actions.
func Actions() []Action {
	return []Action{ActionLaunch, ActionUpgrade, ActionDowngrade, ActionRetire, ActionAddChannel, ActionRemoveChannel}
}

// ParseAction reads an action's name; anything else is ErrInvalid.
func ParseAction(text string) (Action, error) {
	if a := Action(text); slices.Contains(Actions(), a) {
		return a, nil
	}
	return "", fmt.Errorf("%w: action %q is none of %v", ErrInvalid, text, Actions())
}

// Rollout is one rollout event: launched, upgraded, downgraded, retired, channel added or removed.
// One that names a level is a claim and opens an assessment.
type Rollout struct {
	// ID is the hexadecimal event key (see EventKey); it names the assessment that a level opens.
	ID      string
	Entity  string
	Service string
	Source  string // CloudEvents source
	EventID string // CloudEvents id

	Action      Action
	Level       Level // 0: none named
	Channels    []Channel
	EffectiveOn civil.Date
	Evidence    []Answer

	Actor      string // who sent it: token or account
	RecordedAt time.Time
	ReceivedAt time.Time // as a Statement's
	// VerifiedBy names the administrator whose import verified the claimed level in the same act; else empty.
	VerifiedBy string
}
