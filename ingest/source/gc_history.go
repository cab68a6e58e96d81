package source

import (
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
	// withdrawn says that the restated year of an import took the service out of the catalogue.
	withdrawn bool
	// imported says that an import described it so, and not somebody since.
	imported bool
	body     programme.Service
}

// gcWithdrawn is the reason that a removal by an import gives.
const gcWithdrawn = gcSource + ": the year given again no longer has the service"

// gcState is the state of a service in a year; level 0: absent.
type gcState struct{ level programme.Level }

func (s gcState) present() bool { return s.level.Valid() }

// recall reads what earlier imports left.
func (f *gcServices) recall(ctx context.Context, means Means) error {
	f.known = gcKnown{rollouts: map[string][]programme.Rollout{}, services: map[string][]gcFact{}}
	if means.Known == nil {
		return nil
	}
	facts, err := means.Known(ctx)
	if err != nil {
		return fmt.Errorf("read what is known of %s: %w", gcName, err)
	}
	firsts := map[civil.Date]bool{}
	if f.withdrawn, err = f.stated(ctx, means, firsts); err != nil {
		return err
	}
	for _, r := range programme.CurrentRollouts(facts.Rollouts, programme.NoEnd) {
		if r.Source == gcSource {
			f.known.rollouts[r.Service] = append(f.known.rollouts[r.Service], r)
			firsts[r.EffectiveOn] = true
		}
	}
	f.known.firsts = slices.Sorted(maps.Keys(firsts))
	return f.known.describe(facts.Streams)
}

// stated returns what earlier imports stated of the files' years for services that those years no longer have, and notes
// the first days of the years that they stated.
func (f *gcServices) stated(
	ctx context.Context, means Means, firsts map[civil.Date]bool,
) ([]programme.Statement, error) {
	return means.withdrawn(ctx, gcSource, func(s *programme.Statement) bool {
		firsts[s.Period.From] = true
		year := f.file(s.Period.From)
		if year == nil || year.interval != s.Period {
			return false
		}
		_, still := year.services[s.Service]
		return !still
	})
}

// describe notes the descriptions of the services that earlier imports brought.
func (k *gcKnown) describe(streams []programme.Fact) error {
	actors := map[string]string{} // of the import that brought a service
	for _, fact := range streams {
		if fact.Family == programme.FamilyService && fact.Seq == 1 {
			actors[fact.Subject] = fact.Actor
		}
	}
	for _, fact := range streams {
		if fact.Family != programme.FamilyService || k.rollouts[fact.Subject] == nil {
			continue
		}
		described := gcFact{from: fact.EffectiveOn, seq: fact.Seq, withdrawn: fact.Reason == gcWithdrawn}
		described.imported = fact.Actor == actors[fact.Subject]
		if err := json.Unmarshal(fact.Body, &described.body); err != nil {
			return fmt.Errorf("%w: service %s, fact %d: %w", programme.ErrInvalid, fact.Subject, fact.Seq, err)
		}
		k.services[fact.Subject] = append(k.services[fact.Subject], described)
	}
	return nil
}

// state replays a service's known rollouts up to a day. What was taken out of the catalogue is absent.
func (k gcKnown) state(service string, on civil.Date) gcState {
	var state gcState
	if k.version(service, on).withdrawn {
		return state
	}
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

// version returns a service's known description on a day: the newest fact effective by then; without a seq none.
func (k gcKnown) version(service string, on civil.Date) gcFact {
	var newest gcFact
	for _, fact := range k.services[service] {
		if fact.from <= on && fact.seq > newest.seq {
			newest = fact
		}
	}
	return newest
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

// descriptions returns the facts of a service: one at its first year, and one at each year that describes it otherwise. A
// service that a restated year no longer has, and no year before it, is out of the catalogue from that year on.
func (f *gcServices) descriptions(service string, firsts []civil.Date) []programme.Draft {
	var drafts []programme.Draft
	var last programme.Service
	for i, first := range firsts {
		draft := programme.Draft{Family: programme.FamilyService, Subject: service, EffectiveOn: first}
		known := f.known.version(service, first)
		body, found := f.describe(service, first)
		if !found && f.gone(service, firsts[:i+1]) {
			found, body, draft.Reason = true, known.body, gcWithdrawn
			body.Removed = true
		}
		// What an import said otherwise is corrected, though it may go back to what one before that said.
		corrects := known.imported && !reflect.DeepEqual(body, known.body)
		if !found || (!corrects && len(drafts) > 0 && reflect.DeepEqual(body, last)) {
			continue
		}
		if corrects {
			draft.After = known.seq
		}
		last, draft.Body = body, body
		drafts = append(drafts, draft)
	}
	return drafts
}

// gone reports whether the last of some years is given again without a service, so that it was never there in it. One
// that the year before has was retired, not withdrawn.
func (f *gcServices) gone(service string, firsts []civil.Date) bool {
	at := len(firsts) - 1
	if f.known.version(service, firsts[at]).withdrawn {
		return true // by an earlier import
	}
	return f.file(firsts[at]) != nil && f.known.state(service, firsts[at]).present() &&
		(at == 0 || !f.state(service, firsts[at-1]).present())
}

func (f *gcServices) describe(service string, first civil.Date) (programme.Service, bool) {
	if year := f.file(first); year != nil {
		entry, found := year.services[service]
		return entry.Service, found
	}
	if !f.known.state(service, first).present() {
		return programme.Service{}, false
	}
	version := f.known.version(service, first)
	return version.body, version.seq > 0
}

// changes returns what happened to a service on a year's first day. An earlier import of the same year that said
// otherwise is corrected on that day.
func (f *gcServices) changes(service string, was gcState, first civil.Date) []programme.RolloutData {
	is := f.state(service, first)
	if believed := f.known.state(service, first); believed.present() && is.present() && was.level == is.level &&
		f.file(first) != nil {
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

// event is a change as an event. A launch in place of one in a year that is given again without the service corrects
// that: it was launched later than was believed.
func (f *gcServices) event(service string, first civil.Date, change programme.RolloutData) programme.CloudEvent {
	event := rolloutEvent(gcSource, gcYearName(first), service, change)
	if change.Action != programme.ActionLaunch {
		return event
	}
	for _, r := range slices.Backward(f.known.rollouts[service]) {
		believed := r.EffectiveOn < first && f.file(r.EffectiveOn) != nil && !f.state(service, r.EffectiveOn).present()
		if r.Action == programme.ActionLaunch && (believed || r.EffectiveOn == first) {
			event.ID = r.EventID
			break
		}
	}
	return event
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
