package planbook

import (
	"strconv"
	"strings"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/reports/sheet"
)

// planRow is a row of the plan's sheet while its milestone is read.
type planRow struct {
	*reader
	number int // of the row
	prefix string
	cells  map[string]planCell // by the column's key
	m      programme.Milestone
}

// planCell is what is in a cell of a known column.
type planCell struct {
	text    string
	address string
	blocked bool // already reported as a fault, and not read
}

// row reads a row below the keys. A row with only its code is a milestone that was dropped.
func (r *reader) row(number int, cells []string) {
	if number <= r.keyRow {
		return
	}
	row := &planRow{
		reader: r, number: number, cells: map[string]planCell{},
		prefix: "milestones." + strconv.Itoa(len(r.upload.Milestones)),
	}
	filled := false
	for i, text := range cells {
		if i >= len(r.columns) || r.columns[i].key == "" {
			r.extraCell(i+1, number, text)
			continue
		}
		if r.columns[i].key != keyCode && visible(text) != "" {
			filled = true
		}
	}
	if !filled {
		return
	}
	for i, text := range cells {
		if i < len(r.columns) && r.columns[i].key != "" && visible(text) != "" {
			r.unseen(i+1, number)
		}
	}
	row.take(cells)
	row.read()
	r.upload.Milestones = append(r.upload.Milestones, row.m)
}

// extraCell tells a column that the template does not have, once, where it first holds something: it would be lost.
func (r *reader) extraCell(column, row int, text string) {
	if text = visible(text); text == "" || r.extra[column] {
		return
	}
	r.extra[column] = true
	r.fault("workbook", r.address(column, row), "sheet_extra_column", "column",
		strings.TrimRight(r.address(column, 1), "1"), "value", sheet.Shorten(text, 40))
}

// take sorts the row's cells by what they mean, and notes where each is.
func (r *planRow) take(cells []string) {
	for _, c := range r.columns {
		if c.key == "" {
			continue
		}
		field := r.prefix + "." + fieldOf(c.key)
		address := r.address(c.at, r.number)
		r.upload.cells[field] = address
		cell := planCell{address: address, blocked: r.blocked(field, c.at, r.number)}
		if c.at <= len(cells) {
			cell.text = visible(cells[c.at-1])
		}
		r.cells[c.key] = cell
	}
	r.upload.cells[r.prefix] = r.address(r.columnAt(keyService), r.number)
	r.upload.cells[r.prefix+".proposed"] = r.upload.cells[r.prefix+".proposed.name"]
}

// fieldOf is the milestone's field of a column. Lists are noted again by place when their cells have been read.
func fieldOf(key string) string {
	switch key {
	case keyName, keyNameAr:
		return "proposed." + key
	}
	if strings.HasPrefix(key, "channel.") {
		return "channels." + key
	}
	if strings.HasPrefix(key, "phase.") {
		return "phases." + key
	}
	return key
}

func (r *reader) columnAt(key string) int {
	for _, c := range r.columns {
		if c.key == key {
			return c.at
		}
	}
	return 1
}

// place says where the next element of a list of the milestone is.
func (r *planRow) place(list string, at int, cell planCell) string {
	field := r.prefix + "." + list + "." + strconv.Itoa(at)
	r.upload.cells[field] = cell.address
	if _, found := r.upload.cells[r.prefix+"."+list]; !found {
		r.upload.cells[r.prefix+"."+list] = cell.address
	}
	return field
}

func (r *planRow) wrong(key, kind string, pairs ...any) {
	cell := r.cells[key]
	r.fault(r.prefix+"."+fieldOf(key), cell.address, kind, append(pairs, "value", sheet.Shorten(cell.text, 60))...)
}

// filled returns the cell of a column when it has something that can be read.
func (r *planRow) filled(key string) (planCell, bool) {
	cell := r.cells[key]
	return cell, cell.text != "" && !cell.blocked
}

func (r *planRow) read() {
	r.readCode()
	r.readService()
	r.readTarget()
	r.readChannels()
	r.readPhases()
	r.readDependencies()
	r.m.Before, r.m.After = r.effort("before"), r.effort("after")
	r.m.Note, r.m.Reason = r.text(keyNote, longestPlanText), r.text(keyReason, longestPlanText)
}

// readCode wants the code as the template gave it: a milestone of the plan in force keeps its code, a new one gets its
// own.
func (r *planRow) readCode() {
	cell, found := r.filled(keyCode)
	switch {
	case !found:
	case !r.known[cell.text]:
		r.wrong(keyCode, "sheet_unknown_reference")
	case r.used[cell.text]:
		r.wrong(keyCode, "sheet_repeated_reference")
	default:
		r.used[cell.text] = true
		r.m.Code = cell.text
	}
}

func (r *planRow) readTarget() {
	if cell, found := r.filled(keyLevel); found {
		level, is := readLevel(cell.text)
		if r.m.Level = level; !is {
			r.wrong(keyLevel, "sheet_not_a_level")
		}
	} else {
		r.missing(keyLevel)
	}
	if _, found := r.filled(keyPlanned); !found {
		r.missing(keyPlanned)
	}
	r.m.PlannedOn, r.m.ExpectedOn = r.date(keyPlanned), r.date(keyExpected)
}

// missing reports a required cell that is empty; a blocked one has been reported.
func (r *planRow) missing(key string) {
	if !r.cells[key].blocked {
		r.wrong(key, "sheet_missing")
	}
}

func (r *planRow) readChannels() {
	for _, channel := range programme.Channels() {
		key := "channel." + string(channel)
		cell, found := r.filled(key)
		if !found {
			continue
		}
		yes, is := readYesNo(cell.text)
		switch {
		case !is:
			r.wrong(key, "sheet_not_yes_or_no")
		case yes:
			r.place("channels", len(r.m.Channels), cell)
			r.m.Channels = append(r.m.Channels, channel)
		}
	}
}

func (r *planRow) readPhases() {
	for _, phase := range planPhases() {
		key := "phase." + string(phase)
		if on := r.date(key); !on.IsZero() {
			field := r.place("phases", len(r.m.Phases), r.cells[key])
			r.upload.cells[field+".on"] = r.cells[key].address
			r.m.Phases = append(r.m.Phases, programme.PlannedPhase{Phase: phase, On: on})
		}
	}
}

func (r *planRow) readDependencies() {
	for n := range mostDependencies {
		key := "depends_on." + strconv.Itoa(n+1)
		cell, found := r.filled(key)
		if !found {
			continue
		}
		code, is := readCode(cell.text)
		if !is {
			r.wrong(key, "sheet_not_listed")
			continue
		}
		r.place("depends_on", len(r.m.DependsOn), cell)
		r.m.DependsOn = append(r.m.DependsOn, code)
	}
}

// effort reads the parts that are stated; none gives none.
func (r *planRow) effort(when string) *programme.Effort {
	var effort *programme.Effort
	for _, part := range efforts {
		key := when + "." + part
		cell, found := r.filled(key)
		if !found {
			continue
		}
		value, is := readWhole(cell.text)
		if !is {
			r.wrong(key, "sheet_not_whole", "most", mostEffort)
			continue
		}
		if effort == nil {
			effort = &programme.Effort{}
		}
		*effortPart(effort, part) = &value
	}
	return effort
}

func (r *planRow) text(key string, most int) string {
	cell, found := r.filled(key)
	if !found {
		return ""
	}
	if len([]rune(cell.text)) > most {
		r.wrong(key, "too_long", "most", most)
		return ""
	}
	return cell.text
}

// date reads a day; none for an empty cell and for one that is a fault.
func (r *planRow) date(key string) civil.Date {
	cell, found := r.filled(key)
	if !found {
		return 0
	}
	on, is := readDay(cell.text, r.dayZero)
	if !is {
		r.wrong(key, "sheet_not_a_date")
	}
	return on
}
