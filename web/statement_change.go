package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// statementStates are the states that an entity may give a total; only the programme office leaves one out of its request.
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
	// fault says why it is refused, in the reader's language.
	fault string
}

// changesIn returns the totals that a form gives and that are not what stands: what is left empty is not sent.
func (s *statementVisit) changesIn(form url.Values) []statementChange {
	var changes []statementChange
	for i := range s.totals.Lines {
		line := &s.totals.Lines[i]
		for _, before := range line.Totals {
			key := statementKey{line.Service, line.Channel, before.Measure}
			change := statementChange{
				key: key, before: before, value: plainNumber(form.Get(key.name("value"))), state: programme.State(form.Get(key.name("state"))),
			}
			if change.given() && !change.stands() {
				changes = append(changes, change)
			}
		}
	}
	return changes
}

// grouped is a number whose digits stand in groups of three.
var grouped = regexp.MustCompile(`^[0-9]{1,3}([,٬ \x{00A0}][0-9]{3})+$`)

// plainNumber returns a number as it was typed, in any digits, without what groups them; anything else as it is.
func plainNumber(text string) string {
	text = i18n.Digits(strings.TrimSpace(text))
	if !grouped.MatchString(text) {
		return text
	}
	return strings.NewReplacer(",", "", "٬", "", " ", "", "\u00a0", "").Replace(text)
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

// statementSource is what a receipt calls totals that were typed.
const statementSource = "form"

// statementBody writes totals as usage-csv, of which every row is a mirsad.statement.v1.
func (s *statementVisit) statementBody(changes []statementChange) ([]byte, error) {
	var body bytes.Buffer
	table := csv.NewWriter(&body)
	rows := [][]string{{"service", "channel", "measure", "period", "state", "value", "source"}}
	for _, c := range changes {
		rows = append(rows, []string{
			c.key.service, string(c.key.channel), string(c.key.measure), s.month.String(), string(c.state), c.value, statementSource,
		})
	}
	if err := table.WriteAll(rows); err != nil {
		return nil, fmt.Errorf("write totals: %w", err)
	}
	return body.Bytes(), nil
}

// seenIn names what stood before the changes, so that nobody confirms over what has changed since.
func seenIn(changes []statementChange) string {
	hash := sha256.New()
	for _, c := range changes {
		_, _ = fmt.Fprintf(hash, "%q %v %q\n", c.key.name("value"), c.before.Count, c.before.Source) // a hash takes everything
	}
	return hex.EncodeToString(hash.Sum(nil)[:16])
}

// refuse puts what was refused beside its totals, and returns those that were not.
func (s *statementVisit) refuse(changes []statementChange, answer *IntakeAnswer) []statementChange {
	for i := range changes {
		changes[i].fault = ""
	}
	for i := range answer.Rejected {
		if at := answer.Rejected[i].Index; at >= 0 && at < len(changes) {
			changes[at].fault = answer.Rejected[i].in(s.Language)
		}
	}
	return slices.DeleteFunc(slices.Clone(changes), func(c statementChange) bool { return c.fault != "" })
}

// writtenTotal is a total as the audit record keeps it.
type writtenTotal struct {
	Service string            `json:"service"`
	Channel programme.Channel `json:"channel"`
	Measure programme.Measure `json:"measure"`
	State   programme.State   `json:"state"`
	Value   string            `json:"value,omitempty"`
	Refused bool              `json:"refused,omitempty"`
}

// writtenAct is what a form of totals has done, or would.
type writtenAct struct {
	Receipt  string         `json:"receipt,omitempty"`
	DryRun   bool           `json:"dry_run,omitempty"`
	Accepted int            `json:"accepted"`
	Rejected int            `json:"rejected"`
	Totals   []writtenTotal `json:"totals"`
}

// written returns the totals before and after changes, for the audit record.
func written(changes []statementChange) (before, after []writtenTotal) {
	for i := range changes {
		c := &changes[i]
		old := writtenTotal{Service: c.key.service, Channel: c.key.channel, Measure: c.key.measure, State: c.before.Count.State}
		if c.before.Count.Known() {
			old.Value = strconv.FormatInt(c.before.Count.Value, 10)
		}
		before = append(before, old)
		after = append(after, writtenTotal{
			Service: c.key.service, Channel: c.key.channel, Measure: c.key.measure, State: c.state, Value: c.value, Refused: c.fault != "",
		})
	}
	return before, after
}
