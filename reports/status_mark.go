package reports

import "mirsad/internal/figures"

// marks are how the statuses look.
var marks = map[figures.Status]mark{
	figures.StatusOnTrack: {"●", "1B6B3A", "E6F2EA"},
	figures.StatusAtRisk:  {"▲", "875400", "FBF0DA"},
	figures.StatusLate:    {"■", "A3242B", "FAE7E7"},
	figures.StatusNoData:  {"○", muted, "F1F3F4"},
	figures.StatusDone:    {"✔", accent, "E3EEF0"},
}

func markOf(status figures.Status) mark {
	if found, ok := marks[status]; ok {
		return found
	}
	return marks[figures.StatusNoData]
}

// standing is a status as shape, word and colour.
func (w *workbook) standing(status figures.Status) marked {
	if _, known := marks[status]; !known {
		status = figures.StatusNoData
	}
	m := markOf(status)
	return marked{text: m.shape + " " + w.T("base.status."+string(status)), mark: m}
}
