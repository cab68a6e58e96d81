package source

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/i18n"
	"mirsad/internal/intake"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// catalogueRow is a row of an entities or services file. What is wrong with a cell is noted with its reader.
type catalogueRow struct {
	place
	cells   []string
	columns map[string]int
	dayZero civil.Date
	dates   *intake.Dates
	reader  *catalogueReader
}

// The days that a catalogue may name are those that ingestion takes for a rollout; a number in a workbook must be a
// later day, since the year 2016 alone, taken for a count of days, would be one of 1905.
var (
	earliestDay, latestDay = civil.NewDate(1900, time.January, 1), civil.NewDate(2199, time.December, 31)
	earliestCounted        = civil.NewDate(1950, time.January, 1)
)

func (r *catalogueRow) entity() catalogueEntity {
	e := catalogueEntity{Entity: programme.Entity{
		Code:   r.ownCode(programme.FamilyEntity),
		Name:   r.required("name"),
		NameAr: r.required("name_ar"),
	}}
	if version, newest := standing(r.reader.feed.before.entities[e.Code], nil); version != nil {
		e.effectiveOn, e.after = version.EffectiveOn, newest
	}
	r.check(register.CheckEntity(e.Entity))
	return e
}

// service reads what the row says of a service, over what is recorded of it: a column that is not there leaves that.
func (r *catalogueRow) service() catalogueService {
	code := r.ownCode(programme.FamilyService)
	s := r.recorded(code)
	s.Code, s.Name, s.NameAr, s.Entity = code, r.required("name"), r.required("name_ar"), r.required("entity")
	r.say("description", func(text string) { s.Description = text })
	r.say("description_ar", func(text string) { s.DescriptionAr = text })
	r.say("audience", func(text string) { s.Audience = text })
	r.say("mandatory", func(string) { s.Mandatory = r.yes("mandatory") })
	r.say("channels", func(string) { s.Channels = r.channels() })
	r.say("depends_on", func(string) { s.DependsOn = intake.Codes(r.cell("depends_on")) })
	r.say("part_of", func(text string) { s.PartOf = text })
	r.launched(&s)
	r.check(register.CheckService(&s.Service))
	return s
}

// recorded returns the service as the store has it where the row holds. One that was taken out of the catalogue is in
// it again from a day that the row names, and only then.
func (r *catalogueRow) recorded(code string) catalogueService {
	var s catalogueService
	var on *civil.Date
	if _, there := r.columns["effective_on"]; there {
		s.effectiveOn = r.day("effective_on")
		on = &s.effectiveOn
	}
	version, newest := standing(r.reader.feed.before.services[code], on)
	if version == nil {
		return s
	}
	s.Service, s.after = version.Body, newest
	if on == nil {
		s.effectiveOn = version.EffectiveOn
	}
	s.Removed = s.Removed && s.effectiveOn <= version.EffectiveOn
	return s
}

// launched reads the launch: its day, with the level claimed and the channels. What the file has no column for is as an
// earlier file reported it.
func (r *catalogueRow) launched(s *catalogueService) {
	before, reported := r.reader.feed.before.launches[s.Code]
	_, hasDay := r.columns["launched_on"]
	_, hasLevel := r.columns["level"]
	_, hasChannels := r.columns["channels"]
	on, level := r.day("launched_on"), r.level()
	switch {
	case hasDay && on.IsZero() && r.cell("launched_on") == "" && reported:
		r.blame("launched_on", "", "launch_emptied", "day", before.EffectiveOn.String())
		return
	case !hasDay && !hasLevel:
		return
	case !hasDay:
		on = before.EffectiveOn
	}
	if on.IsZero() {
		if level.Valid() && r.cell("launched_on") == "" {
			r.blame("level", r.cell("level"), "level_without_launch")
		}
		return
	}
	s.launch = programme.RolloutData{Action: programme.ActionLaunch, Level: level, Channels: s.Channels, EffectiveOn: on}
	if reported && !hasLevel {
		s.launch.Level = before.Level
	}
	if reported && !hasChannels {
		s.launch.Channels = before.Channels
	}
}

// check notes what every door refuses; what is missing has been noted.
func (r *catalogueRow) check(found []programme.Fault) {
	found = slices.DeleteFunc(found, func(f programme.Fault) bool {
		_, there := r.columns[f.Field]
		return f.Kind == "missing" || f.Kind == "not_a_code" || !there // else it is recorded so already
	})
	r.reader.faults.addAll(r.place, found, r.cell)
}

// say hands on a cell of a column that is there.
func (r *catalogueRow) say(column string, take func(text string)) {
	if _, there := r.columns[column]; there {
		take(r.cell(column))
	}
}

// blame notes what is wrong with a cell.
func (r *catalogueRow) blame(column, text, kind string, pairs ...any) {
	if !isSheetError(text) {
		r.reader.faults.add(r.place.cell(column, text, kind, pairs...))
	}
}

// refer notes the entities and services that a row names; it is the service at a place of the feed.
func (r *catalogueRow) refer(at int) {
	services := &r.reader.feed.services
	s := &(*services)[at]
	r.reference(programme.FamilyEntity, "entity", s.Entity, func(code string) { (*services)[at].Entity = code })
	r.reference(programme.FamilyService, "part_of", s.PartOf, func(code string) { (*services)[at].PartOf = code })
	for i, entity := range s.DependsOn {
		r.reference(programme.FamilyEntity, "depends_on", entity, func(code string) { (*services)[at].DependsOn[i] = code })
		if programme.FoldCode(entity) == programme.FoldCode(s.Entity) {
			r.blame("depends_on", entity, "own_entity")
		}
	}
	if s.PartOf != "" && s.PartOf == s.Code {
		r.blame("part_of", s.PartOf, "own_bundle")
	}
}

// reference notes that a cell of the row names an entity or service.
func (r *catalogueRow) reference(family programme.Family, column, code string, settle func(string)) {
	if _, there := r.columns[column]; there && code != "" {
		r.reader.references = append(
			r.reader.references,
			reference{place: r.place, column: column, code: code, family: family, settle: settle},
		)
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
		r.blame(column, text, "missing")
	}
	return text
}

// ownCode reads the code of the row's entity or service, which no other row may have.
func (r *catalogueRow) ownCode(family programme.Family) string {
	code := r.required("code")
	if code == "" {
		return ""
	}
	read, reason := intake.Code(code)
	if reason == intake.NotCode {
		r.blame("code", code, "not_a_code")
	}
	if reason != "" {
		return code
	}
	code = read
	given, folded := r.reader.given[family], programme.FoldCode(code)
	first, twice := given[folded]
	existing, known := r.reader.feed.before.like(family, code)
	switch {
	case twice && first.code == code:
		r.blame("code", code, "code_twice", "first", first.place)
	case twice:
		r.blame("code", code, "case_twice", "existing", first.code, "first", first.place)
	case known && existing != code:
		r.blame("code", code, "differs_by_case", "existing", existing)
	default:
		given[folded] = givenCode{r.place, code}
	}
	return code
}

// channels reads the channels, in their own order whatever that of the cell is.
func (r *catalogueRow) channels() []programme.Channel {
	named := map[programme.Channel]bool{}
	for _, item := range intake.Codes(r.cell("channels")) {
		channel, err := programme.ParseChannel(strings.ToLower(item))
		if err != nil {
			r.blame("channels", item, "not_a_channel", "channels", channelNames())
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

// channelNames lists the channels' names.
func channelNames() string {
	names := make([]string, 0, len(programme.Channels()))
	for _, channel := range programme.Channels() {
		names = append(names, string(channel))
	}
	return strings.Join(names, ", ")
}

// yes reads a yes or no; empty is no.
func (r *catalogueRow) yes(column string) bool {
	text := r.cell(column)
	if text == "" {
		return false
	}
	yes, reason := intake.YesNo(text)
	r.doubt(column, text, reason)
	return yes
}

// level reads the claimed level; empty is none.
func (r *catalogueRow) level() programme.Level {
	text := r.cell("level")
	if text == "" {
		return 0
	}
	level, reason := intake.Level(text, len(programme.Levels()), levelNames())
	r.doubt("level", text, reason)
	return programme.Level(level) //nolint:gosec // at most 4
}

// day reads a day; empty is none. A workbook may count it in a column that is not shown as dates.
func (r *catalogueRow) day(column string) civil.Date {
	text := r.cell(column)
	if text == "" {
		return 0
	}
	day, reason := r.dates.Day(text)
	if counted, is := intake.StoredDay(text, r.dayZero); is == "" && reason != "" && counted >= earliestCounted {
		day, reason = counted, ""
	}
	switch {
	case reason != "":
		r.doubt(column, text, reason)
		return 0
	case day < earliestDay || day > latestDay:
		r.blame(column, text, "not_a_day")
		return 0
	}
	return day
}

// doubt notes why a cell can't be read, if so.
func (r *catalogueRow) doubt(column, text string, reason intake.Reason) {
	if reason != "" {
		r.blame(column, text, "intake."+string(reason), "text", shortened(text))
	}
}

// levelNames are the names of the levels in both languages.
var levelNames = sync.OnceValue(func() map[string]int {
	names := map[string]int{}
	for _, language := range i18n.Languages() {
		for _, level := range programme.Levels() {
			name := texts().In(language).T("base.level." + strconv.Itoa(int(level)))
			names[intake.Fold(name)] = int(level)
		}
	}
	return names
})
