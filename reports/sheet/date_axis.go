package sheet

import (
	"regexp"
	"strings"
)

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

// withDateAxis turns a chart over months into one with a date axis; another part passes unchanged.
func withDateAxis(name string, part []byte) []byte {
	if !strings.HasPrefix(name, "xl/charts/chart") {
		return part
	}
	part = categories.ReplaceAll(part, []byte(`<cat><numRef>$1</numRef></cat>`))
	return nameAxis.ReplaceAll(part, []byte(dateAxis))
}
