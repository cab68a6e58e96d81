package source

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"mirsad/internal/programme"
)

const (
	hukoomiName   = "hukoomi-directory"
	hukoomiSource = "import:" + hukoomiName
)

var hukoomiColumns = []string{
	"service_provider_english", "service_provider_arabic", "title_english", "title_arabic",
	"created_date", "service_mode", "page_url_english",
}

// hukoomiDirectory is Qatar's published directory of e-services. Providers become entities, titles services; the mode
// gives the channels, and what is online or hybrid was launched on its created_date. It names no level.
//
// The columns of use are not imported: users_by_year has no year, so that no period can be given to a statement, and
// page_views counts readers of a page, not uses of a service.
type hukoomiDirectory struct {
	entities []programme.Entity
	services []hukoomiService
}

// hukoomiMode is what a service_mode says: where a service is used, and whether that is a launch.
type hukoomiMode struct {
	channels []programme.Channel
	launched bool
}

// The modes by their names in lower case. Some rows have none: where those services are used isn't known.
var hukoomiModes = map[string]hukoomiMode{
	"online":  {[]programme.Channel{programme.ChannelWeb}, true},
	"hybrid":  {[]programme.Channel{programme.ChannelWeb, programme.ChannelCounter}, true},
	"offline": {[]programme.Channel{programme.ChannelCounter}, false},
	"":        {[]programme.Channel{programme.ChannelOther}, false},
}

func openHukoomiDirectory(ctx context.Context, files []string, means Means) (Feed, error) {
	before, err := recall(ctx, means.Known)
	if err != nil {
		return nil, err
	}
	read := hukoomiReader{before: before, entities: map[string]programme.Entity{}}
	for _, file := range files {
		// Some commas inside a title are written with a backslash.
		means.readTable(file, hukoomiColumns, unescapeCommas, &read.faults, read.row)
	}
	if err := read.faults.err(); err != nil {
		return nil, err
	}
	feed := &hukoomiDirectory{services: withHukoomiCodes(read.services)}
	for _, code := range slices.Sorted(maps.Keys(read.entities)) {
		entity := read.entities[code]
		entity.NameAr = cmp.Or(entity.NameAr, entity.Name)
		feed.entities = append(feed.entities, entity)
	}
	return feed, nil
}

// Name returns hukoomi-directory.
func (f *hukoomiDirectory) Name() string { return hukoomiName }

// Catalogue returns the providers and services. They hold always: the directory says when a service's page was made,
// not since when the service exists.
func (f *hukoomiDirectory) Catalogue() ([]programme.Draft, error) {
	drafts := make([]programme.Draft, 0, len(f.entities)+len(f.services))
	for _, e := range f.entities {
		drafts = append(drafts, programme.Draft{Family: programme.FamilyEntity, Subject: e.Code, Body: e})
	}
	for _, s := range f.services {
		drafts = append(drafts, programme.Draft{Family: programme.FamilyService, Subject: s.Code, Body: s.Service})
	}
	return drafts, nil
}

// Events yields the launch of every service that is online or hybrid, on the day its page was made. The identity holds
// no date, so that a corrected directory corrects the launch.
func (f *hukoomiDirectory) Events(yield func(event programme.CloudEvent, verify bool) error) error {
	for _, s := range f.services {
		if !s.launched {
			continue
		}
		launch := programme.RolloutData{Action: programme.ActionLaunch, Channels: s.Channels, EffectiveOn: s.created}
		if err := yield(rolloutEvent(hukoomiSource, hukoomiName, s.Code, launch), false); err != nil {
			return err
		}
	}
	return nil
}
