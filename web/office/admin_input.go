package office

import (
	"net/url"
	"strconv"
	"strings"

	"mirsad/internal/programme"
	"mirsad/web/page"
)

// recordField returns a field of a kind with its label and, where the locale has one, its hint.
func (v *visit) recordField(values url.Values, name, kind string) page.Field {
	f := page.NewField(name, kind, v.FieldName(name), values.Get(name))
	if kind == "textarea" {
		f.Rows = recordRows
	}
	if hint := "admin.hint." + name; v.Has(hint) {
		f.Hint = v.T(hint)
	}
	return f
}

// recordRows is the height of a list of lines: a calendar's days, a campaign's services.
const recordRows = 12

func (v *visit) reasonField(text string) page.Field {
	f := v.recordField(url.Values{"reason": {text}}, "reason", "text")
	f.Layout = "wide"
	return f
}

// recordFault is a fault of a record, which names the entry of a list that it is in: days.2.from is of the third.
func (v *visit) recordFault(fault programme.Fault) page.FormFault {
	worded := page.FormFault{Field: fault.Field, Words: v.FaultWords(fault), Fault: fault}
	for part := range strings.SplitSeq(fault.Field, ".") {
		if place, err := strconv.Atoi(part); err == nil {
			worded.Words = v.T("admin.entry", page.Args("place", place+1)) + " " + worded.Words
			break
		}
	}
	return worded
}
