package source

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"mirsad/internal/civil"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// catalogueRow is a row of an entities or services file. What is wrong with a cell is noted with its reader.
type catalogueRow struct {
	place
	cells   []string
	columns map[string]int
	dayZero civil.Date
	reader  *catalogueReader
}

// codePattern keeps codes fit for addresses and for lists separated by spaces.
var codePattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)

const codeRemedy = "write up to 100 letters a to z, digits, hyphens, dots and underscores, a letter or digit first"

// The days that a catalogue may name are those that ingestion takes for a rollout; a number in a workbook must be a
// later day, since the year 2016 alone, taken for a count of days, would be one of 1905.
var (
	earliestDay, latestDay = civil.NewDate(1900, time.January, 1), civil.NewDate(2199, time.December, 31)
	earliestCounted        = civil.NewDate(1950, time.January, 1)
)

func (r *catalogueRow) entity() programme.Entity {
	return programme.Entity{
		Code:   r.ownCode(programme.FamilyEntity),
		Name:   r.required("name"),
		NameAr: r.required("name_ar"),
	}
}

func (r *catalogueRow) service() catalogueService {
	s := catalogueService{
		Service: programme.Service{
			Code: r.ownCode(programme.FamilyService), Name: r.required("name"), NameAr: r.required("name_ar"),
			Entity:      r.required("entity"),
			Description: r.cell("description"), DescriptionAr: r.cell("description_ar"),
			Audience: r.cell("audience"), Mandatory: r.yes("mandatory"), Channels: r.channels(),
			DependsOn: r.list("depends_on"), PartOf: r.cell("part_of"),
		},
		effectiveOn: r.day("effective_on"), launchedOn: r.day("launched_on"), level: r.level(),
	}
	r.refer(programme.FamilyEntity, "entity", s.Entity)
	r.refer(programme.FamilyService, "part_of", s.PartOf)
	for _, entity := range s.DependsOn {
		r.refer(programme.FamilyEntity, "depends_on", entity)
		if entity == s.Entity {
			r.blame("depends_on", entity, "name other entities than the service's own")
		}
	}
	if s.PartOf != "" && s.PartOf == s.Code {
		r.blame("part_of", s.PartOf, "name the bundle, not the service itself")
	}
	if s.level.Valid() && r.cell("launched_on") == "" {
		r.blame(
			"level", r.cell("level"),
			"a level is claimed with the launch: fill in launched_on too, or leave both empty",
		)
	}
	return s
}

// blame notes what is wrong with a cell.
func (r *catalogueRow) blame(column, text, remedy string) {
	r.reader.faults.add(r.fault(column, text, remedy))
}

// refer notes that a cell names an entity or service.
func (r *catalogueRow) refer(family programme.Family, column, code string) {
	if code != "" {
		r.reader.references = append(
			r.reader.references, reference{place: r.place, column: column, code: code, family: family},
		)
	}
}

// checkHeaded finds text under no heading, which would be lost in silence.
func (r *catalogueRow) checkHeaded(heading []string) {
	for i, text := range r.cells {
		if text != "" && (i >= len(heading) || heading[i] == "") {
			r.blame(strconv.Itoa(i+1), text, "give the column a heading, or take the text out")
		}
	}
}

// cell returns the text of a column; empty when the file has no such column.
func (r *catalogueRow) cell(column string) string {
	if at, found := r.columns[column]; found && at < len(r.cells) {
		return r.cells[at]
	}
	return ""
}

func (r *catalogueRow) required(column string) string {
	text := r.cell(column)
	if text == "" {
		r.blame(column, text, "fill it in")
	}
	return text
}

// ownCode reads the code of the row's entity or service, which no other row may have.
func (r *catalogueRow) ownCode(family programme.Family) string {
	code := r.required("code")
	if code == "" {
		return ""
	}
	if !codePattern.MatchString(code) {
		r.blame("code", code, codeRemedy)
	}
	given := r.reader.given[family]
	if first, twice := given[code]; twice {
		r.blame("code", code, fmt.Sprintf("file %s, row %d has this code already: keep one", first.file, first.row))
		return code
	}
	given[code] = r.place
	return code
}

// list reads codes separated by semicolons or spaces, each once.
func (r *catalogueRow) list(column string) []string {
	var items []string
	separates := func(c rune) bool { return c == ';' || unicode.IsSpace(c) }
	for _, item := range strings.FieldsFunc(r.cell(column), separates) {
		if !slices.Contains(items, item) {
			items = append(items, item)
		}
	}
	return items
}

// channels reads the channels, in their own order whatever that of the cell is.
func (r *catalogueRow) channels() []programme.Channel {
	named := map[programme.Channel]bool{}
	for _, item := range r.list("channels") {
		channel, err := programme.ParseChannel(strings.ToLower(item))
		if err != nil {
			r.blame("channels", item, fmt.Sprintf("write some of %v", programme.Channels()))
			continue
		}
		named[channel] = true
	}
	var channels []programme.Channel
	for _, channel := range programme.Channels() {
		if named[channel] {
			channels = append(channels, channel)
		}
	}
	return channels
}

// yes reads a yes or no; empty is no.
func (r *catalogueRow) yes(column string) bool {
	switch text := r.cell(column); i18n.Fold(text) {
	case "yes", "true", "1", "نعم":
		return true
	case "", "no", "false", "0", "لا":
		return false
	default:
		r.blame(column, text, "write yes or no")
		return false
	}
}

// level reads the claimed level; empty is none.
func (r *catalogueRow) level() programme.Level {
	text := r.cell("level")
	if text == "" {
		return 0
	}
	level, err := programme.ParseLevel(i18n.Fold(text))
	if err != nil {
		r.blame("level", text, "write 1, 2, 3 or 4, or leave it empty")
	}
	return level
}

// day reads a day: as text like 2016-09-30, or as a workbook counts it. Empty is none.
func (r *catalogueRow) day(column string) civil.Date {
	text := r.cell(column)
	if text == "" {
		return 0
	}
	day, err := civil.ParseDate(i18n.Fold(text))
	if err != nil {
		day, err = r.countedDay(text)
	}
	if err != nil || day < earliestDay || day > latestDay {
		r.blame(column, text, "write the day like 2016-09-30, between 1900 and 2199")
		return 0
	}
	return day
}

// countedDay reads a day that a workbook stores as a number, its time of day left out.
func (r *catalogueRow) countedDay(text string) (civil.Date, error) {
	days, err := strconv.ParseFloat(text, 64)
	if err != nil || r.dayZero.IsZero() || math.IsNaN(days) || days <= 0 || days >= 200_000 {
		return 0, fmt.Errorf("%w: %q is no count of days", programme.ErrInvalid, text)
	}
	day := r.dayZero.AddDays(int(math.Floor(days)))
	if day < earliestCounted {
		return 0, fmt.Errorf("%w: %q would be a day before 1950", programme.ErrInvalid, text)
	}
	return day, nil
}
