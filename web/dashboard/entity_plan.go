package dashboard

import (
	"cmp"
	"fmt"
	"slices"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/web/page"
)

// entityPlanView is an entity's plan: its milestones against their original dates, and each baseline.
type entityPlanView struct {
	Text      string
	Rows      []page.MilestoneRow
	Nothing   string
	Baselines []string
	CSV       string
}

func (v *visit) entityPlan(code string) (entityPlanView, error) {
	list := page.Filter(v.Figures.Plans.Milestones, func(m figures.MilestoneFigures) bool { return m.Entity == code })
	view := entityPlanView{
		CSV: page.WithQuery(
			"/v1/milestones.csv",
			page.Set(page.FieldsOf(v.Address, page.Dates...), []string{"entity", code, "lang", string(v.Language)}),
		),
	}
	slices.SortStableFunc(list, stillOpenFirst)
	baselines, err := v.baselines(code)
	if err != nil {
		return entityPlanView{}, err
	}
	moves := v.moves(baselines)
	done := 0
	for i := range list {
		row := v.MilestoneRow(&list[i])
		row.Moves = moves[list[i].Service]
		if len(row.Moves) > 0 {
			row.Reason = "" // the moves tell it
		}
		if list[i].Status == figures.MilestoneDone {
			done++
		}
		view.Rows = append(view.Rows, row)
	}
	for i, each := range baselines {
		view.Baselines = append(view.Baselines, v.T("plans.baseline", page.Args(
			"baseline", i+1, "revision", each.Revision, "date", v.Date(each.ApprovedOn), "n", len(each.Milestones))))
	}
	view.Text = v.T("plans.entity.text", page.Args("n", len(list), "done", done))
	if len(list) == 0 {
		view.Nothing = v.T("plans.entity.none")
	}
	return view, nil
}

// stillOpenFirst orders what is to be done by its original date, then what is done, the newest first.
func stillOpenFirst(a, b figures.MilestoneFigures) int {
	doneA, doneB := a.Status == figures.MilestoneDone, b.Status == figures.MilestoneDone
	switch {
	case doneA && doneB:
		return cmp.Compare(b.ActualOn, a.ActualOn)
	case doneA:
		return 1
	case doneB:
		return -1
	default:
		return cmp.Compare(a.OriginalOn, b.OriginalOn)
	}
}

// baselines are an entity's approved plans in force by the figures' date, as known then, the first first.
func (v *visit) baselines(code string) ([]*register.PlanRevision, error) {
	stream, err := v.deps.Register.Stream(v.Request.Context(), programme.FamilyPlan, code)
	if err != nil {
		return nil, fmt.Errorf("read the plan of %s: %w", code, err)
	}
	known := page.Filter(stream, func(f programme.Fact) bool { return !f.RecordedAt.After(v.Figures.AsAt) })
	record, err := register.PlanOf(code, known)
	if err != nil {
		return nil, fmt.Errorf("fold the plan of %s: %w", code, err)
	}
	return page.Filter(
		record.Baselines(), func(r *register.PlanRevision) bool { return r.ApprovedOn <= v.Figures.On },
	), nil
}

// moves words, by service, how each baseline after the first moved or dropped it, and why.
func (v *visit) moves(baselines []*register.PlanRevision) map[string][]string {
	moves := map[string][]string{}
	for i := 1; i < len(baselines); i++ {
		changes := register.PlanDifference(baselines[i-1].Milestones, baselines[i].Milestones)
		for at := range changes {
			c := &changes[at]
			values := page.Args(
				"revision", baselines[i].Revision, "date", v.Date(baselines[i].ApprovedOn), "reason", c.Reason, "n",
				page.Abs(int64(c.Days)),
			)
			key := ""
			switch {
			case c.Kind == register.PlanMoved:
				key = "plans.move.moved"
				values["from"], values["to"] = v.Date(c.Before.PlannedOn), v.Date(c.After.PlannedOn)
				if c.Reason != "" {
					key = "plans.move.moved_because"
				}
			case c.Kind == register.PlanDropped && c.Before.PlannedOn > baselines[i].ApprovedOn:
				key = "plans.move.dropped"
			}
			if key != "" {
				service := c.Now().Service
				moves[service] = append(moves[service], v.T(key, values))
			}
		}
	}
	return moves
}
