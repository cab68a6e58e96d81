package reports

import (
	"mirsad/internal/figures"
	"mirsad/reports/sheet"
)

// marks are how the statuses look.
var marks = map[figures.Status]sheet.Mark{
	figures.StatusOnTrack: {Shape: "●", Colour: "1B6B3A", Tint: "E6F2EA"},
	figures.StatusAtRisk:  {Shape: "▲", Colour: "875400", Tint: "FBF0DA"},
	figures.StatusLate:    {Shape: "■", Colour: "A3242B", Tint: "FAE7E7"},
	figures.StatusNoData:  {Shape: "○", Colour: sheet.Muted, Tint: "F1F3F4"},
	figures.StatusDone:    {Shape: "✔", Colour: sheet.Accent, Tint: "E3EEF0"},
}

func markOf(status figures.Status) sheet.Mark {
	if found, ok := marks[status]; ok {
		return found
	}
	return marks[figures.StatusNoData]
}

// standing is a status as shape, word and colour.
func (w *workbook) standing(status figures.Status) sheet.Marked {
	if _, known := marks[status]; !known {
		status = figures.StatusNoData
	}
	m := markOf(status)
	return sheet.Marked{Text: m.Shape + " " + w.Status(string(status)), Mark: m}
}
