package statement

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"mirsad/internal/act"
	"mirsad/internal/intake"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// statementStates are the states that an entity may give a total; only the programme office leaves one out of its
// request.
func statementStates() []programme.State {
	return []programme.State{programme.Reported, programme.NotProvided, programme.NotApplicable}
}

// statementKey names a total among those of an entity's month.
type statementKey struct {
	service string
	channel programme.Channel
	measure programme.Measure
}

// name returns the name of a field of the total's form; a service's code comes last, for it may hold anything.
func (k statementKey) name(field string) string {
	return field + "." + string(k.channel) + "." + string(k.measure) + "." + k.service
}

// statementChange is a total that a form gives anew.
type statementChange struct {
	key    statementKey
	before usage.MeasuredTotal
	// value is what was typed, state what was chosen.
	value string
	state programme.State
	// fault says why it is refused, in the reader's language, and doubts what its reader is asked about.
	fault  string
	doubts []string
}

// changesIn returns the totals that a form gives and that are not what stands: what is left empty is not sent.
func (s *statementVisit) changesIn(form url.Values) []statementChange {
	var changes []statementChange
	for i := range s.totals.Lines {
		line := &s.totals.Lines[i]
		for _, before := range line.Totals {
			key := statementKey{line.Service, line.Channel, before.Measure}
			change := statementChange{
				key: key, before: before, value: plainNumber(form.Get(key.name("value"))),
				state: programme.State(form.Get(key.name("state"))),
			}
			if change.given() && !change.stands() {
				changes = append(changes, change)
			}
		}
	}
	return changes
}

// plainNumber returns a number as people write it in plain digits; anything else as it is, for the intake to refuse by name.
func plainNumber(text string) string {
	number, reason := intake.Whole(text)
	if reason != "" {
		return intake.Clean(text)
	}
	return strconv.FormatInt(number, 10)
}

// given reports whether anything was typed or chosen: an empty value that is said to be reported is a field left alone.
func (c *statementChange) given() bool {
	return c.value != "" || (c.state != programme.Reported && c.state != "")
}

// stands reports whether the same is known already. That nothing is provided is news where nothing was stated.
func (c *statementChange) stands() bool {
	if c.state != c.before.Count.State || c.before.Source == "" {
		return false
	}
	if c.state != programme.Reported {
		return c.value == ""
	}
	count, known := c.count()
	return known && count.Value == c.before.Count.Value
}

// count is the number that was typed; what is none is left to the intake to refuse.
func (c *statementChange) count() (programme.Count, bool) {
	value, err := strconv.ParseInt(c.value, 10, 64)
	return programme.CountOf(value), err == nil
}

// seenIn names what stood before the changes, so that nobody confirms over what has changed since.
func seenIn(changes []statementChange) string {
	hash := sha256.New()
	for _, c := range changes {
		// a hash takes everything
		_, _ = fmt.Fprintf(hash, "%q %v %q\n", c.key.name("value"), c.before.Count, c.before.Source)
	}
	return hex.EncodeToString(hash.Sum(nil)[:16])
}

// refuse puts what was refused beside its totals, and returns those that were not.
func (s *statementVisit) refuse(changes []statementChange, answer *act.Sent) []statementChange {
	for i := range changes {
		changes[i].fault = ""
	}
	for i := range answer.Rejected {
		if at := answer.Rejected[i].Index; at >= 0 && at < len(changes) {
			changes[at].fault = refusalWords(&answer.Rejected[i], s.Language)
		}
	}
	return slices.DeleteFunc(slices.Clone(changes), func(c statementChange) bool { return c.fault != "" })
}
