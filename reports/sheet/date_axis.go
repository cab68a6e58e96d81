package sheet

import "regexp"

// The library writes an axis of names only. Over names both Excel and LibreOffice crowd the labels of 37 months,
// so the axis is rewritten as one of dates, which they label every so many months: the axis's TickLabelSkip.
var (
	nameAxis = regexp.MustCompile(`(?s)<catAx>(.*?)<lblAlgn val="ctr"></lblAlgn>` +
		`(<lblOffset val="100"></lblOffset>)<tickLblSkip val="(\d+)"></tickLblSkip>` +
		`<noMultiLvlLbl val="0"></noMultiLvlLbl></catAx>`)
	categories = regexp.MustCompile(`<cat><strRef>(<f>[^<]*</f>)</strRef></cat>`)
)

const dateAxis = `<dateAx>$1$2<baseTimeUnit val="months"></baseTimeUnit>` +
	`<majorUnit val="$3"></majorUnit><majorTimeUnit val="months"></majorTimeUnit></dateAx>`

// dateAxes turns a chart over months into one with a date axis.
func dateAxes(_ *finished, part []byte) (mended []byte, found int, err error) {
	part = categories.ReplaceAll(part, []byte(`<cat><numRef>$1</numRef></cat>`))
	return substituted(part, nameAxis, dateAxis)
}
