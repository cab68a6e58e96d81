package i18n

import "cmp"

// Status words a status by its code: on_track, at_risk, late, done; none is no_data.
func (w Words) Status(code string) string { return w.T("base.status." + cmp.Or(code, "no_data")) }

// Standing words a headline figure's status where a target sets one, else the direction in which it goes, else that no
// target is set.
func (w Words) Standing(status, direction string) string {
	switch {
	case status != "":
		return w.Status(status)
	case direction != "":
		return w.T("base.direction." + direction)
	default:
		return w.T("base.no_target")
	}
}
