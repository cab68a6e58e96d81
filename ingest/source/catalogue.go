package source

import (
	"cmp"
	"context"
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

const (
	catalogueName   = "catalogue"
	catalogueSource = "import:" + catalogueName
)

// catalogueFeed is our own format for entities and services in two languages, as CSV or .xlsx.
//
// A file lists entities or services, as its heading shows. A row says everything about its entity or service: an empty
// cell means none, not "as before". A service holds from effective_on on; without that day it holds always, as an
// entity does, so that a figure of any date finds it.
type catalogueFeed struct {
	entities []programme.Entity
	services []catalogueService
}

// catalogueService is a row of a services file.
type catalogueService struct {
	programme.Service
	effectiveOn civil.Date
	launchedOn  civil.Date // none: the file doesn't say that it is launched
	level       programme.Level
}

func openCatalogue(ctx context.Context, files []string, means Means) (Feed, error) {
	reader := newCatalogueReader()
	for _, file := range files {
		if err := reader.read(file, means.Workbook); err != nil {
			return nil, err
		}
	}
	if err := reader.checkReferences(ctx, means.Known); err != nil {
		return nil, err
	}
	if err := reader.faults.err(); err != nil {
		return nil, err
	}
	feed := &reader.feed
	slices.SortFunc(feed.entities, func(a, b programme.Entity) int { return cmp.Compare(a.Code, b.Code) })
	slices.SortFunc(feed.services, func(a, b catalogueService) int { return cmp.Compare(a.Code, b.Code) })
	return feed, nil
}

// Name returns catalogue.
func (f *catalogueFeed) Name() string { return catalogueName }

// Catalogue returns the entities, which hold always, and the services, each from its effective_on on.
func (f *catalogueFeed) Catalogue() ([]programme.Draft, error) {
	drafts := make([]programme.Draft, 0, len(f.entities)+len(f.services))
	for _, e := range f.entities {
		drafts = append(drafts, programme.Draft{Family: programme.FamilyEntity, Subject: e.Code, Body: e})
	}
	for _, s := range f.services {
		drafts = append(drafts, programme.Draft{
			Family:      programme.FamilyService,
			Subject:     s.Code,
			EffectiveOn: s.effectiveOn,
			Body:        s.Service,
		})
	}
	return drafts, nil
}

// Events yields a launch for every service that has a launched_on, with its channels and the level claimed, which
// nobody has verified. A file with another day for the same launch corrects it: the identity holds no date.
func (f *catalogueFeed) Events(yield func(event programme.CloudEvent, verify bool) error) error {
	for _, s := range f.services {
		if s.launchedOn.IsZero() {
			continue
		}
		launch := programme.RolloutData{
			Action: programme.ActionLaunch, Level: s.level, Channels: s.Channels, EffectiveOn: s.launchedOn,
		}
		if err := yield(rolloutEvent(catalogueSource, catalogueName, s.Code, launch), false); err != nil {
			return err
		}
	}
	return nil
}
