package ingest

import (
	"context"
	"slices"

	"mirsad/ingest/refusal"
	"mirsad/ingest/rows"
	"mirsad/internal/programme"
)

// faults are those of a refused row: of a table's all, for people correct a row once; else the first.
func (j *judge) faults(
	ctx context.Context, r *rows.Row, e *envelope, c common, wrong *rows.Fault,
) ([]rows.Fault, error) {
	found := r.Faults
	add := func(fault *rows.Fault) {
		if fault != nil && !slices.ContainsFunc(found, func(f rows.Fault) bool { return f.Field == fault.Field }) {
			found = append(found, *fault)
		}
	}
	add(wrong)
	if c.kind == nil {
		c.kind = kindsByType[string(e.kind)]
	}
	if r.Number > 0 && r.Wrong == nil && c.kind != nil {
		if c.time.IsZero() && len(e.time) > 0 {
			add(j.when(e.time, &c))
		}
		if c.service == "" && len(e.subject) > 0 {
			wrong, err := j.whose(ctx, e, &c)
			if err != nil {
				return nil, err
			}
			add(wrong)
		}
		if len(e.data) > 0 {
			add(c.kind.check(j, e, c))
			for _, fault := range j.also {
				add(fault)
			}
		}
	}
	// Whose row it is comes first: all else is corrected for nothing in another's.
	slices.SortStableFunc(found, func(a, b rows.Fault) int { return foreign(a.Field) - foreign(b.Field) })
	return found, nil
}

func foreign(field string) int {
	if field == "subject" {
		return 0
	}
	return 1
}

// refuse notes a refused row, by its first fault.
func (r *record) refuse(row *rows.Row, entity, id string, faults []rows.Fault) {
	why, sent := "", row.Sent()
	for i := range faults {
		faults[i].Field = row.Field(faults[i].Field)
	}
	if row.Number > 0 || faults[0].Words != "" {
		why = (&refusal.Reasons{Row: row.Number, Faults: faults}).String()
	}
	r.addRefusal(programme.Refusal{
		Index: r.index, Entity: entity, EventID: id, Code: faults[0].Code, Field: faults[0].Field, Format: row.Format(),
		Reasons: why, Raw: sent[:min(len(sent), rows.MaxBytes)],
	})
}

// place is where a statement is in the record.
type place struct{ index, begin, end int }

// refuseTwice refuses the rows of a table that state one total with different values, each with the place of another
// (docs/rules.md#rows-of-one-table). A body of JSON is a table when it holds statements alone.
func (r *record) refuseTwice(sent []rows.Row, format rows.Format) {
	if len(r.stated) < 2 || (format != rows.FormatCSV && len(r.stated) != r.accepted) {
		return
	}
	contrary := rows.Contrary(r.stated, format == rows.FormatCSV)
	if len(contrary) == 0 {
		return
	}
	accepted, from := make([]byte, 0, len(r.rows)), 0
	for i, at := range r.places {
		if _, is := contrary[i]; is {
			accepted = append(accepted, r.rows[from:at.begin]...)
			from = at.end
		}
	}
	r.rows = append(r.rows[:0], append(accepted, r.rows[from:]...)...)
	r.accepted -= len(contrary)
	for i, at := range r.places {
		other, is := contrary[i]
		if !is {
			continue
		}
		fault := rows.Fault{
			Code: programme.RefusedStatedTwice, Field: "data.value", Words: "ingest.twice.index",
			Found: r.stated[other].Said(), Other: r.places[other].index,
		}
		if number := sent[fault.Other].Number; number > 0 {
			fault.Words, fault.Other = "ingest.twice.row", number
		}
		r.index = at.index
		r.refuse(&sent[at.index], r.stated[i].Entity, r.stated[i].ID, []rows.Fault{fault})
	}
	slices.SortFunc(r.refusals, func(a, b programme.Refusal) int { return a.Index - b.Index })
}
