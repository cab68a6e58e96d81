package source

import (
	"cmp"
	"context"
	"maps"
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
// A file lists entities or services, as its heading shows. It says what its columns say and nothing else: a column that
// is not there leaves what is recorded, and an empty cell of one that is there empties it. A service holds from
// effective_on on; without that day it holds always, as an entity does, so that a figure of any date finds it. What a
// file does not list is left as it is.
type catalogueFeed struct {
	entities []catalogueEntity
	services []catalogueService
	before   recorded
}

// catalogueEntity is a row of an entities file.
type catalogueEntity struct {
	programme.Entity
	effectiveOn civil.Date // that of the version recorded last
	after       uint32     // the newest version recorded; 0: none
}

// catalogueService is a row of a services file.
type catalogueService struct {
	programme.Service
	effectiveOn civil.Date
	after       uint32                // the newest version recorded; 0: none
	launch      programme.RolloutData // without a day: the file doesn't say that it is launched
}

func openCatalogue(ctx context.Context, files []string, means Means) (Feed, error) {
	before, err := recall(ctx, means.Known)
	if err != nil {
		return nil, err
	}
	reader := newCatalogueReader(before)
	for _, file := range files {
		reader.read(file, means.Workbook)
	}
	reader.checkReferences()
	if err := reader.faults.err(); err != nil {
		return nil, err
	}
	feed := &reader.feed
	slices.SortFunc(feed.entities, func(a, b catalogueEntity) int { return cmp.Compare(a.Code, b.Code) })
	slices.SortFunc(feed.services, func(a, b catalogueService) int { return cmp.Compare(a.Code, b.Code) })
	return feed, nil
}

// Name returns catalogue.
func (f *catalogueFeed) Name() string { return catalogueName }

// Catalogue returns the entities and services of which the files say something that is not recorded yet.
func (f *catalogueFeed) Catalogue() ([]programme.Draft, error) {
	drafts := make([]programme.Draft, 0, len(f.entities)+len(f.services))
	for _, e := range f.entities {
		if saysTheSame(f.before.entities[e.Code], e.effectiveOn, e.Entity) {
			continue
		}
		drafts = append(drafts, programme.Draft{
			Family: programme.FamilyEntity, Subject: e.Code, EffectiveOn: e.effectiveOn, After: e.after, Body: e.Entity,
		})
	}
	for _, s := range f.services {
		if saysTheSame(f.before.services[s.Code], s.effectiveOn, s.Service) {
			continue
		}
		drafts = append(drafts, programme.Draft{
			Family: programme.FamilyService, Subject: s.Code, EffectiveOn: s.effectiveOn, After: s.after, Body: s.Service,
		})
	}
	return drafts, nil
}

// Events yields a launch for every service that has a launched_on, with its channels and the level claimed, which
// nobody has verified. A file with another day for the same launch corrects it: the identity holds no date.
func (f *catalogueFeed) Events(yield func(event programme.CloudEvent, verify bool) error) error {
	for _, s := range f.services {
		if s.launch.EffectiveOn.IsZero() {
			continue
		}
		if err := yield(rolloutEvent(catalogueSource, catalogueName, s.Code, s.launch), false); err != nil {
			return err
		}
	}
	return nil
}

// Left returns the recorded entities and services that the files don't list, of the kinds of which they list some. They
// are left as they are: a shorter list is no wish to take away.
func (f *catalogueFeed) Left() []Subject {
	listed := map[Subject]bool{}
	for _, e := range f.entities {
		listed[Subject{programme.FamilyEntity, e.Code}] = true
	}
	for _, s := range f.services {
		listed[Subject{programme.FamilyService, s.Code}] = true
	}
	var left []Subject
	add := func(each Subject) {
		if !listed[each] {
			left = append(left, each)
		}
	}
	if len(f.entities) > 0 {
		for _, code := range slices.Sorted(maps.Keys(f.before.entities)) {
			add(Subject{programme.FamilyEntity, code})
		}
	}
	if len(f.services) > 0 {
		for _, code := range slices.Sorted(maps.Keys(f.before.services)) {
			stream := f.before.services[code]
			if !stream[len(stream)-1].Body.Removed {
				add(Subject{programme.FamilyService, code})
			}
		}
	}
	return left
}
