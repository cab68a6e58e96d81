package web

import "mirsad/internal/figures"

// status is a standing as colour, word and shape.
type status struct {
	Code, Text string
	// Reason says by which figures it was decided.
	Reason string
}

func (v *base) status(s figures.Status, r figures.StatusReason) status {
	return status{
		Code: string(s), Text: v.Status(string(s)),
		Reason: v.statusReason(r),
	}
}

// statusOf is the status of a milestone or a headline figure.
func (v *base) statusOf(s figures.Status) status {
	return status{Code: string(s), Text: v.Status(string(s))}
}

func (v *base) statusReason(r figures.StatusReason) string {
	if r.Milestones == 0 {
		return v.T("web.status.no_plan")
	}
	return v.T("web.status.reason", args("milestones", r.Milestones, "done", r.Done, "due", r.Due, "late", r.Late, "late_over_30", r.LateOver30))
}
