package planbook

import (
	"strconv"
	"sync"

	"mirsad/internal/civil"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// TemplateVersion is the version of the template's columns and keys; a workbook of an older one is not read.
const TemplateVersion = 1

// What the workbook's own sheet of keys is called and begins with: never shown, and the same in both languages.
const (
	planKeysSheet = "_mirsad"
	planMark      = "mirsad.plan"
)

// input is the kind of what a column takes.
type input uint8

const (
	inputNone   input = iota // fixed: the milestone's code
	inputText                // free text
	inputChoice              // one of the lists' values
	inputYesNo
	inputDate
	inputWhole
)

// planColumn is a column of the sheet to fill. Its key is in a hidden row, so that a column can be moved or hidden
// and still be read; its words are template.column.<words>.
type planColumn struct {
	key   string
	group string // template.group.<group>
	words string
	input input
	list  string // of a choice: levels, services or entities
	width float64
}

// Longest texts that a cell gives to a milestone, in characters.
const (
	longestPlanText = 2000
	longestPlanName = 300
)

// The most that an effort's part may be: visits, documents or days.
const mostEffort = 10000

const (
	// leastDependencies is how many entities a row can name at least; mostDependencies at most, for plans that name
	// more.
	leastDependencies = 3
	mostDependencies  = 20
)

// The keys of columns that are spoken of by name.
const (
	keyCode     = "code"
	keyService  = "service"
	keyName     = "name"
	keyNameAr   = "name_ar"
	keyLevel    = "level"
	keyPlanned  = "planned_on"
	keyExpected = "expected_on"
	keyNote     = "note"
	keyReason   = "reason"
)

// efforts are the parts of an Effort in the order of the columns.
var efforts = [...]string{"visits", "documents", "days"}

// planColumns lists the columns in their order, with so many for dependencies.
func planColumns(dependencies int) []planColumn {
	list := []planColumn{
		{key: keyCode, group: "milestone", words: keyCode, width: 14},
		{key: keyService, group: "milestone", words: keyService, input: inputChoice, list: "services", width: 50},
		{key: keyName, group: "proposed", words: keyName, input: inputText, width: 27},
		{key: keyNameAr, group: "proposed", words: keyNameAr, input: inputText, width: 27},
		{key: keyLevel, group: "target", words: keyLevel, input: inputChoice, list: "levels", width: 26},
		{key: keyPlanned, group: "target", words: keyPlanned, input: inputDate, width: 13.5},
		{key: keyExpected, group: "target", words: keyExpected, input: inputDate, width: 13.5},
	}
	for _, channel := range programme.Channels() {
		list = append(list, planColumn{
			key: "channel." + string(channel), group: "channels", input: inputYesNo, width: 10.5,
		})
	}
	for _, phase := range planPhases() {
		list = append(list, planColumn{
			key: "phase." + string(phase), group: "phases", words: "phase." + string(phase),
			input: inputDate, width: 13.5,
		})
	}
	for n := range dependencies {
		list = append(list, planColumn{
			key: "depends_on." + strconv.Itoa(n+1), group: "depends_on", words: "depends_on",
			input: inputChoice, list: "entities", width: 30,
		})
	}
	for _, when := range []string{"before", "after"} {
		for _, part := range efforts {
			list = append(list, planColumn{
				key: when + "." + part, group: when, words: part, input: inputWhole, width: 11,
			})
		}
	}
	return append(list,
		planColumn{key: keyNote, group: "remarks", words: keyNote, input: inputText, width: 62},
		planColumn{key: keyReason, group: "remarks", words: keyReason, input: inputText, width: 62},
	)
}

// planPhases are the phases that have a column: those before the go-live, whose date is the planned go-live itself.
func planPhases() []programme.Phase { return programme.Phases()[:len(programme.Phases())-1] }

// planTexts are the words of the template, in both languages; they are part of the program, so they can't fail to load
// in a program whose tests passed.
var planTexts = sync.OnceValue(func() *i18n.Bundle {
	bundle, err := i18n.Load()
	if err != nil {
		panic("reports: " + err.Error())
	}
	return bundle
})

// What is written between a code and its name, and between a word and the same word in the other language.
const (
	codeSeparator = " — "
	wordSeparator = " · "
)

// The days that a plan can name.
var (
	firstPlanDay = civil.NewDate(2000, 1, 1)
	lastPlanDay  = civil.NewDate(2100, 12, 31)
)
