package source

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// gcKnown is what earlier imports of the inventory left in the store.
type gcKnown struct {
	firsts   []civil.Date // first days of the years given, earliest first
	rollouts map[string][]programme.Rollout
	services map[string][]gcFact
}

// gcFact is a service's description from a day on.
type gcFact struct {
	from civil.Date
	seq  uint32
	body programme.Service
}

// gcState is the state of a service in a year; level 0: absent.
type gcState struct{ level programme.Level }

func (s gcState) present() bool { return s.level.Valid() }

// recall reads what earlier imports left.
func (f *gcServices) recall(ctx context.Context, known Known) error {
	f.known = gcKnown{rollouts: map[string][]programme.Rollout{}, services: map[string][]gcFact{}}
	if known == nil {
		return nil
	}
	facts, err := known(ctx)
	if err != nil {
		return fmt.Errorf("read what is known of %s: %w", gcName, err)
	}
	firsts := map[civil.Date]bool{}
	for _, r := range facts.Rollouts {
		if r.Source == gcSource {
			f.known.rollouts[r.Service] = append(f.known.rollouts[r.Service], r)
			firsts[r.EffectiveOn] = true
		}
	}
	f.known.firsts = slices.Sorted(maps.Keys(firsts))
	f.known.sort()
	return f.known.describe(facts.Streams)
}

// sort puts each service's rollouts into the order in which they apply.
func (k *gcKnown) sort() {
	for _, rollouts := range k.rollouts {
		slices.SortFunc(rollouts, func(a, b programme.Rollout) int {
			return cmp.Or(
				cmp.Compare(a.EffectiveOn, b.EffectiveOn), a.RecordedAt.Compare(b.RecordedAt), cmp.Compare(a.ID, b.ID),
			)
		})
	}
}

// describe notes the descriptions of the services that earlier imports brought.
func (k *gcKnown) describe(streams []programme.Fact) error {
	for _, fact := range streams {
		if fact.Family != programme.FamilyService || k.rollouts[fact.Subject] == nil {
			continue
		}
		described := gcFact{from: fact.EffectiveOn, seq: fact.Seq}
		if err := json.Unmarshal(fact.Body, &described.body); err != nil {
			return fmt.Errorf("%w: service %s, fact %d: %w", programme.ErrInvalid, fact.Subject, fact.Seq, err)
		}
		k.services[fact.Subject] = append(k.services[fact.Subject], described)
	}
	return nil
}

// state replays a service's known rollouts up to a day.
func (k gcKnown) state(service string, on civil.Date) gcState {
	var state gcState
	for _, r := range k.rollouts[service] {
		switch {
		case r.EffectiveOn > on:
		case r.Action == programme.ActionRetire:
			state.level = 0
		case r.Level.Valid():
			state.level = r.Level
		}
	}
	return state
}

// body returns a service's known description on a day: the newest fact effective by then.
func (k gcKnown) body(service string, on civil.Date) (programme.Service, bool) {
	var newest gcFact
	for _, fact := range k.services[service] {
		if fact.from <= on && fact.seq > newest.seq {
			newest = fact
		}
	}
	return newest.body, newest.seq > 0
}

// file returns the year of the files that begins on a day, or nil.
func (f *gcServices) file(first civil.Date) *gcYear {
	for _, year := range f.years {
		if year.interval.From == first {
			return year
		}
	}
	return nil
}

// firsts returns the first days of all years given, in files or known before.
func (f *gcServices) firsts() []civil.Date {
	firsts := slices.Clone(f.known.firsts)
	for _, year := range f.years {
		firsts = append(firsts, year.interval.From)
	}
	slices.Sort(firsts)
	return slices.Compact(firsts)
}

// codes returns the codes of all services, in files or known before.
func (f *gcServices) codes() []string {
	codes := map[string]bool{}
	for service := range f.known.rollouts {
		codes[service] = true
	}
	for _, year := range f.years {
		for service := range year.services {
			codes[service] = true
		}
	}
	return slices.Sorted(maps.Keys(codes))
}

// state returns a service's state in the year that begins on a day: by the file if there is one, else as known.
func (f *gcServices) state(service string, first civil.Date) gcState {
	if year := f.file(first); year != nil {
		return gcState{level: year.services[service].level}
	}
	return f.known.state(service, first)
}

// descriptions returns the facts of a service: one at its first year, and one at each year that describes it otherwise.
func (f *gcServices) descriptions(service string, firsts []civil.Date) []programme.Draft {
	var drafts []programme.Draft
	var last programme.Service
	for _, first := range firsts {
		body, found := f.describe(service, first)
		if !found || (len(drafts) > 0 && reflect.DeepEqual(body, last)) {
			continue
		}
		last = body
		drafts = append(
			drafts, programme.Draft{Family: programme.FamilyService, Subject: service, EffectiveOn: first, Body: body},
		)
	}
	return drafts
}

func (f *gcServices) describe(service string, first civil.Date) (programme.Service, bool) {
	if year := f.file(first); year != nil {
		entry, found := year.services[service]
		return entry.Service, found
	}
	if !f.known.state(service, first).present() {
		return programme.Service{}, false
	}
	return f.known.body(service, first)
}

// changes returns what happened to a service on a year's first day. An earlier import of the same year that said
// otherwise is corrected on that day.
func (f *gcServices) changes(service string, was gcState, first civil.Date) []programme.RolloutData {
	is := f.state(service, first)
	if believed := f.known.state(service, first); believed.present() && was.level == is.level && f.file(first) != nil {
		was = believed
	}
	change := programme.RolloutData{EffectiveOn: first, Level: is.level}
	switch {
	case was.present() && !is.present():
		change.Action = programme.ActionRetire
	case !is.present() || was.level == is.level:
		return nil
	case !was.present():
		change.Action, change.Channels = programme.ActionLaunch, gcChannelsAt(is.level)
	case was.level < is.level:
		change.Action = programme.ActionUpgrade
	default:
		change.Action = programme.ActionDowngrade
	}
	changes := []programme.RolloutData{change}
	if was.present() && is.present() {
		changes = append(changes, gcWebChange(was, is, first)...)
	}
	return changes
}

// gcWebChange adds the web channel with the first point that goes online, and removes it with the last that goes away.
func gcWebChange(was, is gcState, first civil.Date) []programme.RolloutData {
	before, after := was.level > programme.LevelInformative, is.level > programme.LevelInformative
	if before == after {
		return nil
	}
	change := programme.RolloutData{
		Action: programme.ActionAddChannel, EffectiveOn: first, Channels: []programme.Channel{programme.ChannelWeb},
	}
	if before {
		change.Action = programme.ActionRemoveChannel
	}
	return []programme.RolloutData{change}
}
