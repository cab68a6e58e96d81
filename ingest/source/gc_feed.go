package source

import (
	"maps"
	"slices"

	"mirsad/internal/programme"
)

// Name returns gc-services.
func (f *gcServices) Name() string { return gcName }

// Catalogue returns the departments and services of the files. A service is in the catalogue from the first day of
// its first year on, and as each later year describes it from that year's first day on.
func (f *gcServices) Catalogue() ([]programme.Draft, error) {
	var drafts []programme.Draft
	for _, e := range f.entities {
		drafts = append(drafts, programme.Draft{Family: programme.FamilyEntity, Subject: e.Code, Body: e})
	}
	firsts := f.firsts()
	for _, service := range f.codes() {
		drafts = append(drafts, f.descriptions(service, firsts)...)
	}
	return drafts, nil
}

// Events yields, year by year, what changed on its first day, verified in the same act, and then the years' statements:
// first those that a restated year takes back.
// Besides the years of the files it looks at the year after each, which an earlier import may have given before.
func (f *gcServices) Events(yield func(event programme.CloudEvent, verify bool) error) error {
	firsts := f.firsts()
	codes := f.codes()
	for i, first := range firsts {
		if f.file(first) == nil && (i == 0 || f.file(firsts[i-1]) == nil) {
			continue
		}
		for _, service := range codes {
			var was gcState
			if i > 0 {
				was = f.state(service, firsts[i-1])
			}
			for _, change := range f.changes(service, was, first) {
				event := f.event(service, first, change)
				if err := yield(event, change.Level.Valid()); err != nil {
					return err
				}
			}
		}
	}
	for i := range f.withdrawn {
		if err := yield(withdrawal(&f.withdrawn[i]), false); err != nil {
			return err
		}
	}
	for _, year := range f.years {
		for _, service := range slices.Sorted(maps.Keys(year.services)) {
			for _, data := range year.services[service].statements {
				if err := yield(statementEvent(gcSource, year.name, service, data), false); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
