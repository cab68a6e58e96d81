package act

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/link"
	"mirsad/internal/programme"
)

// Statements are the totals that entities give of their services' use, month by month.
type Statements struct {
	recorder

	intake Intake
}

// Total is one total of a month as it is given.
type Total struct {
	Service string
	Channel programme.Channel
	Measure programme.Measure
	State   programme.State
	// Value is the number as it was typed; the intake refuses what is not a number.
	Value string
	// Before is what is known of it so far.
	Before programme.Count
}

// Sent is the outcome of sending totals, or of trying to: those that are refused are not kept, the others are.
type Sent struct {
	IntakeAnswer

	object, entity string
	dry            bool
	totals         []Total
}

// Send sends an entity's totals of a month through the intake, with the signed link that the actor came by used up by
// that. A dry run checks the same and stores nothing.
func (s Statements) Send(ctx context.Context, by By, entity string, month civil.Month, totals []Total) (Sent, error) {
	out := Sent{object: "statements/" + entity + "/" + month.String(), entity: entity, dry: true, totals: totals}
	if err := s.seen(ctx, by.Who, entity); err != nil {
		return Sent{}, err
	}
	if len(totals) == 0 {
		return out, nil
	}
	body, err := statementBody(month, totals)
	if err != nil {
		return out, err
	}
	send := func(ctx context.Context) (err error) {
		out.IntakeAnswer, err = s.intake.Submit(ctx, by.Who, entity, body, "text/csv", by.Dry)
		return err
	}
	if by.Dry || by.Who.Purpose == "" {
		err = send(ctx)
	} else {
		use := link.Act{Purpose: access.LinkStatements, Entity: entity, Month: month}
		err = s.links.Use(ctx, use, send)
	}
	if err == nil {
		out.dry = by.Dry
	}
	return out, err
}

// statementSource is what a receipt calls totals that were typed.
const statementSource = "form"

// statementBody writes totals as usage-csv; each row is a mirsad.statement.v1.
func statementBody(month civil.Month, totals []Total) ([]byte, error) {
	var body bytes.Buffer
	table := csv.NewWriter(&body)
	rows := [][]string{{"service", "channel", "measure", "period", "state", "value", "source"}}
	for _, each := range totals {
		rows = append(rows, []string{
			each.Service,
			string(each.Channel),
			string(each.Measure),
			month.String(),
			string(each.State),
			each.Value,
			statementSource,
		})
	}
	if err := table.WriteAll(rows); err != nil {
		return nil, fmt.Errorf("write totals: %w", err)
	}
	return body.Bytes(), nil
}

// sentTotal is a total as the audit record keeps it.
type sentTotal struct {
	Service string            `json:"service"`
	Channel programme.Channel `json:"channel"`
	Measure programme.Measure `json:"measure"`
	State   programme.State   `json:"state"`
	Value   string            `json:"value,omitempty"`
	Refused bool              `json:"refused,omitempty"`
}

// sentTotals is what the audit record keeps of an act.
type sentTotals struct {
	Receipt  string      `json:"receipt,omitempty"`
	DryRun   bool        `json:"dry_run,omitempty"`
	Accepted int         `json:"accepted"`
	Rejected int         `json:"rejected"`
	Totals   []sentTotal `json:"totals"`
}

// Note says for the audit row of the request what became of the totals.
func (s *Sent) Note(ctx context.Context) {
	if s.object == "" {
		return
	}
	var before []sentTotal
	after := sentTotals{Receipt: s.Receipt, DryRun: s.dry, Accepted: s.Accepted, Rejected: len(s.Rejected)}
	for i, each := range s.totals {
		was := sentTotal{Service: each.Service, Channel: each.Channel, Measure: each.Measure, State: each.Before.State}
		if each.Before.Known() {
			was.Value = strconv.FormatInt(each.Before.Value, 10)
		}
		before = append(before, was)
		after.Totals = append(after.Totals, sentTotal{
			Service: each.Service, Channel: each.Channel, Measure: each.Measure, State: each.State, Value: each.Value,
			Refused: slices.ContainsFunc(s.Rejected, func(r IntakeRefusal) bool { return r.Index == i }),
		})
	}
	access.NoteAct(ctx, s.object, s.entity, before, after)
}
