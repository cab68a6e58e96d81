package page

import "mirsad/internal/figures"

// Status is a standing as colour, word and shape.
type Status struct {
	Code, Text string
	// Reason says by which figures it was decided.
	Reason string
}

// EntityStatus is the status of an entity, with the figures by which it was decided.
func (w Words) EntityStatus(s figures.Status, r figures.StatusReason) Status {
	return Status{
		Code: string(s), Text: w.Status(string(s)),
		Reason: w.statusReason(r),
	}
}

// StatusOf is the status of a milestone or a headline figure.
func (w Words) StatusOf(s figures.Status) Status {
	return Status{Code: string(s), Text: w.Status(string(s))}
}

func (w Words) statusReason(r figures.StatusReason) string {
	if r.Milestones == 0 {
		return w.T("web.status.no_plan")
	}
	reason := w.T(
		"web.status.reason",
		Args("milestones", r.Milestones, "done", r.Done, "due", r.Due, "late", r.Late, "late_over_30", r.LateOver30),
	)
	if r.AwaitingVerification == 0 {
		return reason
	}
	return reason + " " + w.T("web.status.awaiting", Args("n", r.AwaitingVerification))
}
