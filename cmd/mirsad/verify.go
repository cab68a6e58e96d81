package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"mirsad/ingest/spool"
	"mirsad/internal/audit"
	"mirsad/internal/civil"
	"mirsad/internal/clickhouse"
	"mirsad/internal/config"
	"mirsad/internal/programme"
)

// What verify fails with.
var (
	errDisagree = errors.New(
		"raw facts and rollup disagree: while a server runs, wait until nothing waits and try again",
	)
	errAnchor = errors.New(
		"the anchor is not in the audit record as it was written: the record, or the workbook, is another one",
	)
	errMissing = errors.New(
		"acknowledged rows are missing, for the spool's log is damaged: have the agencies send them again, " +
			"then put the folder of the damaged files away",
	)
	errAudit = errors.New(
		"the audit record is not as it was written: keep the database as it is and compare it with a backup",
	)
)

type verifyCommand struct {
	JSON bool   `name:"json" help:"Print the outcome as JSON."`
	From string `help:"First day of the period to compare, such as 2016-09-01; empty: everything."`
	To   string `help:"Last day of the period to compare; empty: everything."`
	// Anchor is printed in a workbook, on the sheet of definitions.
	Anchor audit.Hash `help:"Hash of an anchor, as a workbook prints it: it must stand in the audit record as it was written."`
}

// verdict is what verify found.
type verdict struct {
	clickhouse.Totals
	auditVerdict

	// Drift names the days of entities whose rollup is not what their raw events say.
	Drift []drift `json:"drift"`
	// Missing names the rows that were acknowledged and that a damaged spool has lost.
	Missing []spool.Loss `json:"missing"`
}

type drift struct {
	Entity       string `json:"entity"`
	On           string `json:"on"`
	Identities   int64  `json:"identities"`
	Uses         int64  `json:"uses"`
	RollupEvents int64  `json:"rollup_events"`
	RollupUses   int64  `json:"rollup_uses"`
}

// Run compares the raw facts with the rollup, identities with events and counts with uses: in all, and day by day and
// entity by entity over the period. It proves the audit record, whatever the period.
func (c verifyCommand) Run(ctx context.Context, settings config.Settings, std streams) error {
	from, to, err := c.period()
	if err != nil {
		return err
	}
	store, err := openStore(ctx, settings, std)
	if err != nil {
		return err
	}
	defer store.close()
	var found verdict
	if found.Totals, err = store.Totals(ctx); err != nil {
		return err
	}
	differing, err := store.Drift(ctx, from, to)
	if err != nil {
		return err
	}
	found.Drift = make([]drift, 0, len(differing))
	for _, d := range differing {
		found.Drift = append(
			found.Drift, drift{d.Entity, d.ReportDate.String(), d.Identities, d.Uses, d.RollupEvents, d.RollupUses},
		)
	}
	if found.auditVerdict, err = verifyAudit(ctx, store, c.Anchor); err != nil {
		return err
	}
	if found.Missing, err = spool.Losses(spoolFolder(settings)); err != nil {
		return err
	}
	if err := c.print(found, std); err != nil {
		return err
	}
	return c.judge(found)
}

func (c verifyCommand) judge(found verdict) error {
	agree := agreement(found)
	if c.From+c.To != "" { // what is outside the period is not asked for
		agree = whether(len(found.Drift) == 0)
	}
	if len(found.Missing) > 0 {
		agree = errors.Join(agree, errMissing)
	}
	if len(found.Audit) > 0 {
		agree = errors.Join(agree, errAudit)
	}
	if c.Anchor != (audit.Hash{}) && found.AuditSought == nil {
		agree = errors.Join(agree, errAnchor)
	}
	return agree
}

func (c verifyCommand) period() (from, to civil.Date, err error) {
	from, to = civil.NewDate(1970, 1, 1), civil.NewDate(2149, 6, 6)
	if c.From != "" {
		from, err = civil.ParseDate(c.From)
	}
	if c.To != "" && err == nil {
		to, err = civil.ParseDate(c.To)
	}
	if err == nil && to < from {
		err = fmt.Errorf("%w: the period ends before it begins", programme.ErrInvalid)
	}
	return from, to, err
}

func (c verifyCommand) print(found verdict, std streams) error {
	if c.JSON {
		return json.NewEncoder(std.out).Encode(found)
	}
	_, err := fmt.Fprintf(
		std.out,
		"usage events: %d identities, %d uses\nrollup:       %d events, %d uses\n"+
			"statements:   %d versions of %d numbers\nslices to recompute: %d\n",
		found.Identities, found.Uses, found.RollupEvents, found.RollupUses, found.Statements, found.StatementKeys,
		found.DirtySlices,
	)
	for _, d := range found.Drift {
		_, more := fmt.Fprintf(
			std.out, "differs: %s on %s: %d identities and %d events in the rollup, %d uses and %d\n", d.Entity, d.On,
			d.Identities, d.RollupEvents, d.Uses, d.RollupUses,
		)
		err = errors.Join(err, more)
	}
	for _, m := range found.Missing {
		_, more := fmt.Fprintf(
			std.out, "missing: %d acknowledged rows, received between %s and %s; the damaged files are in %s\n",
			m.Rows(), m.After.Format(time.RFC3339), m.FoundAt.Format(time.RFC3339), m.Kept,
		)
		err = errors.Join(err, more)
	}
	return errors.Join(err, found.print(std.out))
}

func agreement(found verdict) error {
	return whether(
		found.Identities == found.RollupEvents && found.Uses == found.RollupUses && found.DirtySlices == 0 &&
			len(found.Drift) == 0,
	)
}

func whether(agree bool) error {
	if !agree {
		return errDisagree
	}
	return nil
}
