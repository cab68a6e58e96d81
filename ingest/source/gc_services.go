package source

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

const (
	gcName   = "gc-services"
	gcSource = "import:" + gcName
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
// years come together or one at a time.
type gcServices struct {
	years    []*gcYear // those in the files, earliest first
	known    gcKnown
	entities []programme.Entity
}

// gcYear is a fiscal year's inventory.
type gcYear struct {
	name     string // 2018-2019
	interval civil.Period
	services map[string]gcEntry
}

// gcEntry is one service in one year.
type gcEntry struct {
	programme.Service
	department string
	level      programme.Level
	statements []programme.StatementData
}

func openGCServices(ctx context.Context, files []string, means Means) (Feed, error) {
	feed := &gcServices{}
	byName := map[string]*gcYear{}
	for _, file := range files {
		if err := readTable(file, gcColumns(), func(t *table) error { return gcRow(t, byName) }); err != nil {
			return nil, err
		}
	}
	entities := map[string]programme.Entity{}
	for _, year := range byName {
		feed.years = append(feed.years, year)
	}
	slices.SortFunc(feed.years, func(a, b *gcYear) int { return cmp.Compare(a.interval.From, b.interval.From) })
	for _, year := range feed.years {
		for _, entry := range year.services {
			entities[entry.Entity] = programme.Entity{
				Code:   entry.Entity,
				Name:   entry.department,
				NameAr: entry.department,
			}
		}
	}
	for _, entity := range entities {
		feed.entities = append(feed.entities, entity)
	}
	slices.SortFunc(feed.entities, func(a, b programme.Entity) int { return cmp.Compare(a.Code, b.Code) })
	return feed, feed.recall(ctx, means.Known)
}

var fiscalYear = regexp.MustCompile(`^(\d{4})-(\d{4})$`)

// gcRow reads one service of one year.
func gcRow(t *table, years map[string]*gcYear) error {
	year, err := gcYearOf(t, years)
	if err != nil {
		return err
	}
	id, err := t.required("service_id")
	if err != nil {
		return err
	}
	name, err := t.required("service_name_en")
	if err != nil {
		return err
	}
	department, err := t.required("department_name_en")
	if err != nil {
		return err
	}
	code := "gc-" + id
	if _, twice := year.services[code]; twice {
		return t.fault("service_id", id, "the year has this service already: keep one of the two rows")
	}
	entry := gcEntry{
		department: department,
		Service:    programme.Service{Code: code, Name: name, NameAr: name, Entity: "gc-" + slug(department)},
	}
	if entry.level, err = gcLevel(t); err != nil {
		return err
	}
	entry.Channels = gcChannelsAt(entry.level)
	if entry.statements, err = gcStatements(t, year.interval); err != nil {
		return err
	}
	year.services[code] = entry
	return nil
}

// gcYearOf returns the year of the row, which runs from April to March.
func gcYearOf(t *table, years map[string]*gcYear) (*gcYear, error) {
	name := t.cell("fiscal_yr")
	if year := years[name]; year != nil {
		return year, nil
	}
	match := fiscalYear.FindStringSubmatch(name)
	if match == nil {
		return nil, t.fault("fiscal_yr", name, "write two years in a row, like 2018-2019")
	}
	first, _ := strconv.Atoi(match[1])
	second, _ := strconv.Atoi(match[2])
	if second != first+1 || first == 0 {
		return nil, t.fault("fiscal_yr", name, "write two years in a row, like 2018-2019")
	}
	years[name] = &gcYear{
		name: name, services: map[string]gcEntry{},
		interval: civil.Period{
			Grain: civil.GrainInterval,
			From:  civil.NewDate(first, time.April, 1), To: civil.NewDate(second, time.March, 31),
		},
	}
	return years[name], nil
}

// gcYearName names the fiscal year that begins on a day.
func gcYearName(first civil.Date) string {
	year := first.Month().Year()
	return fmt.Sprintf("%04d-%04d", year, year+1)
}

// gcLevel maps the six points to a level. None is Y: 1. Of application, decision and issuance at least one Y and none
// N: 3. Else 2. Level 4 can't be read from these columns: it needs a second organisation.
func gcLevel(t *table) (programme.Level, error) {
	points := map[string]string{}
	yes := false
	for _, column := range gcPoints {
		text := strings.ToUpper(t.cell(column))
		if text != "Y" && text != "N" && text != "NA" {
			return 0, t.fault(column, text, "write Y, N or NA")
		}
		points[column] = text
		yes = yes || text == "Y"
	}
	process := []string{points["e_application"], points["e_decision"], points["e_issuance"]}
	switch {
	case !yes:
		return programme.LevelInformative, nil
	case slices.Contains(process, "Y") && !slices.Contains(process, "N"):
		return programme.LevelTransactional, nil
	default:
		return programme.LevelInteractive, nil
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
func gcStatements(t *table, interval civil.Period) ([]programme.StatementData, error) {
	statements := make([]programme.StatementData, 0, len(gcChannels))
	for _, c := range gcChannels {
		data := programme.StatementData{Period: interval, Channel: c.channel, Measure: programme.MeasureCompleted}
		switch strings.ToUpper(t.cell(c.column)) {
		case "NA":
			data.State = programme.NotApplicable
		case "ND", "":
			data.State = programme.NotProvided
		default:
			value, err := t.count(c.column)
			if err != nil {
				return nil, err
			}
			data.State, data.Value = programme.Reported, &value
		}
		statements = append(statements, data)
	}
	return statements, nil
}
