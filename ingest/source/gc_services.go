package source

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

const (
	gcName   = "gc-services"
	gcSource = "import:" + gcName
	// gcPrefix begins the codes of everything in the inventory.
	gcPrefix = "gc-"
)

// The columns of the points of interaction that make a level: in that order registration, authentication, application,
// decision, issuance, feedback.
var gcPoints = [6]string{
	"e_registration", "e_authentication", "e_application", "e_decision", "e_issuance", "e_feedback",
}

// gcChannels are the columns of yearly applications with the channel that each becomes.
var gcChannels = []struct {
	column  string
	channel programme.Channel
}{
	{"online_applications", programme.ChannelWeb},
	{"telephone_applications", programme.ChannelCallCentre},
	{"in_person_applications", programme.ChannelCounter},
	{"postal_mail_applications", programme.ChannelPost},
	{"other_applications", programme.ChannelOther},
}

func gcColumns() []string {
	columns := []string{"fiscal_yr", "service_id", "service_name_en", "department_name_en"}
	columns = append(columns, gcPoints[:]...)
	for _, c := range gcChannels {
		columns = append(columns, c.column)
	}
	return columns
}

// gcServices is the Government of Canada service inventory: one or more fiscal years, each a whole inventory.
//
// A year shows change only beside the year before it. So the years in the files are laid over the years that the
// store knows from earlier imports: the same services are launched, moved to another level and retired whether the
// years come together or one at a time. A year that is given again takes the place of what was given before: a service
// that it no longer has was not there.
type gcServices struct {
	years []*gcYear // those in the files, earliest first
	known gcKnown
	// withdrawn is what earlier imports stated for services that a restated year no longer has.
	withdrawn []programme.Statement
	entities  []programme.Entity
}

// gcYear is a fiscal year's inventory.
type gcYear struct {
	place           // of its first row
	name     string // 2018-2019
	interval civil.Period
	services map[string]gcEntry
}

// gcEntry is one service in one year.
type gcEntry struct {
	programme.Service
	row        place
	department string
	level      programme.Level
	statements []programme.StatementData
}

func openGCServices(ctx context.Context, files []string, means Means) (Feed, error) {
	before, err := recall(ctx, means.Known)
	if err != nil {
		return nil, err
	}
	read := gcReader{years: map[string]*gcYear{}, before: before}
	for _, file := range files {
		means.readTable(file, gcColumns(), nil, &read.faults, read.row)
	}
	feed := &gcServices{}
	for _, year := range read.years {
		feed.years = append(feed.years, year)
	}
	slices.SortFunc(feed.years, func(a, b *gcYear) int { return cmp.Compare(a.interval.From, b.interval.From) })
	if err := feed.recall(ctx, means); err != nil {
		return nil, err
	}
	feed.checkTwins(&read.faults)
	if read.faults.count == 0 && !means.ConfirmYears {
		feed.checkYears(&read.faults)
	}
	if err := read.faults.err(); err != nil {
		return nil, err
	}
	entities := map[string]programme.Entity{}
	for _, year := range feed.years {
		for _, entry := range year.services {
			entities[entry.Entity] = programme.Entity{
				Code:   entry.Entity,
				Name:   entry.department,
				NameAr: entry.department,
			}
		}
	}
	for _, code := range slices.Sorted(maps.Keys(entities)) {
		feed.entities = append(feed.entities, entities[code])
	}
	return feed, nil
}

// gcReader gathers the years' services and everything that is wrong with their rows.
type gcReader struct {
	years  map[string]*gcYear
	before recorded
	faults faults
}

var fiscalYear = regexp.MustCompile(`^(\d{4})-(\d{4})$`)

// row reads one service of one year.
func (r *gcReader) row(t *table) {
	before := r.faults.count
	year := r.yearOf(t)
	id := t.required("service_id")
	name := t.required("service_name_en")
	department := t.required("department_name_en")
	short, description := fit(name)
	department, _ = fit(department)
	entry := gcEntry{
		row: t.place, department: department,
		Service: programme.Service{
			Code: gcPrefix + id, Name: short, NameAr: short, Description: description,
		},
		level: gcLevel(t),
	}
	entry.Entity, _ = r.before.code(programme.FamilyEntity, gcPrefix+slug(t.cell("department_name_en")))
	entry.Channels = gcChannelsAt(entry.level)
	interval := civil.Period{}
	if year != nil {
		interval = year.interval
	}
	entry.statements = gcStatements(t, interval)
	if year != nil {
		if _, twice := year.services[entry.Code]; twice {
			t.blame("service_id", "year_has_service")
		}
	}
	columns := map[string]string{"code": "service_id", "name": "service_name_en", "description": "service_name_en"}
	t.check(register.CheckService(&entry.Service), columns)
	t.check(register.CheckEntity(programme.Entity{Code: entry.Entity, Name: department, NameAr: department}),
		map[string]string{"code": "department_name_en", "name": "department_name_en"})
	if r.faults.count == before {
		year.services[entry.Code] = entry
	}
}

// yearOf returns the year of the row, which runs from April to March; nil where it can't be read.
func (r *gcReader) yearOf(t *table) *gcYear {
	name := strings.ReplaceAll(t.cell("fiscal_yr"), "–", "-")
	if year := r.years[name]; year != nil {
		return year
	}
	match := fiscalYear.FindStringSubmatch(name)
	if match == nil {
		t.blame("fiscal_yr", "not_a_fiscal_year")
		return nil
	}
	first, _ := strconv.Atoi(match[1])
	second, _ := strconv.Atoi(match[2])
	if second != first+1 || first == 0 {
		t.blame("fiscal_yr", "not_a_fiscal_year")
		return nil
	}
	r.years[name] = &gcYear{
		place: t.place, name: name, services: map[string]gcEntry{},
		interval: civil.Period{
			Grain: civil.GrainInterval,
			From:  civil.NewDate(first, time.April, 1), To: civil.NewDate(second, time.March, 31),
		},
	}
	return r.years[name]
}

// gcYearName names the fiscal year that begins on a day.
func gcYearName(first civil.Date) string {
	year := first.Month().Year()
	return fmt.Sprintf("%04d-%04d", year, year+1)
}

// gcLevel maps the six points to a level. None is Y: 1. Of application, decision and issuance at least one Y and none
// N: 3. Else 2. Level 4 can't be read from these columns: it needs a second organisation.
func gcLevel(t *table) programme.Level {
	points := map[string]string{}
	yes := false
	for _, column := range gcPoints {
		text := strings.ToUpper(t.cell(column))
		if text != "Y" && text != "N" && text != "NA" {
			t.blame(column, "not_a_point")
		}
		points[column] = text
		yes = yes || text == "Y"
	}
	process := []string{points["e_application"], points["e_decision"], points["e_issuance"]}
	switch {
	case !yes:
		return programme.LevelInformative
	case slices.Contains(process, "Y") && !slices.Contains(process, "N"):
		return programme.LevelTransactional
	default:
		return programme.LevelInteractive
	}
}

// gcChannelsAt lists the channels that the inventory asks about; the web is one of them when any point is online.
func gcChannelsAt(level programme.Level) []programme.Channel {
	var channels []programme.Channel
	for _, c := range gcChannels {
		if c.channel != programme.ChannelWeb || level > programme.LevelInformative {
			channels = append(channels, c.channel)
		}
	}
	return channels
}

// gcStatements reads the yearly applications: a number is reported (0 too), NA not applicable, ND or nothing not
// provided.
func gcStatements(t *table, interval civil.Period) []programme.StatementData {
	statements := make([]programme.StatementData, 0, len(gcChannels))
	for _, c := range gcChannels {
		data := programme.StatementData{Period: interval, Channel: c.channel, Measure: programme.MeasureCompleted}
		switch strings.ToUpper(t.cell(c.column)) {
		case "NA":
			data.State = programme.NotApplicable
		case "ND", "":
			data.State = programme.NotProvided
		default:
			value := t.count(c.column)
			data.State, data.Value = programme.Reported, &value
		}
		statements = append(statements, data)
	}
	return statements
}
