package source

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// recorded is what the store holds of entities and services when files are read.
type recorded struct {
	entities map[string][]programme.Recorded[programme.Entity]
	services map[string][]programme.Recorded[programme.Service]
	// launches are those that earlier files of the catalogue reported, by service.
	launches map[string]programme.Rollout
	// folded has each family's codes by the code without case.
	folded map[programme.Family]map[string]string
}

// recall reads what the store holds; nothing where known is nil.
func recall(ctx context.Context, known Known) (recorded, error) {
	r := recorded{
		launches: map[string]programme.Rollout{},
		folded:   map[programme.Family]map[string]string{programme.FamilyEntity: {}, programme.FamilyService: {}},
	}
	if known == nil {
		return r, nil
	}
	facts, err := known(ctx)
	if err != nil {
		return r, fmt.Errorf("read what is known of entities and services: %w", err)
	}
	entities, err := programme.ReadFamily[programme.Entity](facts.Streams, programme.FamilyEntity, programme.NoEnd)
	if err != nil {
		return r, err
	}
	services, err := programme.ReadFamily[programme.Service](facts.Streams, programme.FamilyService, programme.NoEnd)
	if err != nil {
		return r, err
	}
	r.entities, r.services = programme.BySubject(entities), programme.BySubject(services)
	for code := range r.entities {
		r.folded[programme.FamilyEntity][programme.FoldCode(code)] = code
	}
	for code := range r.services {
		r.folded[programme.FamilyService][programme.FoldCode(code)] = code
	}
	for _, each := range programme.CurrentRollouts(facts.Rollouts, programme.NoEnd) {
		if each.Source == catalogueSource && each.Action == programme.ActionLaunch {
			r.launches[each.Service] = each
		}
	}
	return r, nil
}

// like returns the recorded code that is the given one but for its case; the code itself where it is recorded as it is.
func (r *recorded) like(family programme.Family, code string) (existing string, found bool) {
	_, isEntity := r.entities[code]
	_, isService := r.services[code]
	if family == programme.FamilyEntity && isEntity || family == programme.FamilyService && isService {
		return code, true
	}
	existing, found = r.folded[family][programme.FoldCode(code)]
	return existing, found
}

// standing returns the version that a row of a file speaks of, and the newest version's sequence: the one in force on
// the day that the row names, else the first; without a day the newest.
func standing[T any](stream []programme.Recorded[T], on *civil.Date) (version *programme.Recorded[T], newest uint32) {
	if len(stream) == 0 {
		return nil, 0
	}
	last := &stream[len(stream)-1]
	if on == nil {
		return last, last.Seq
	}
	if version = programme.InForce(stream, *on); version == nil {
		version = &stream[0]
	}
	return version, last.Seq
}

// saysTheSame reports whether a stream has a body in force on a day already: recording it again would add nothing.
func saysTheSame[T any](stream []programme.Recorded[T], on civil.Date, body any) bool {
	version := programme.InForce(stream, on)
	if version == nil {
		return false
	}
	before, err := json.Marshal(version.Body)
	after, afterErr := json.Marshal(body)
	return err == nil && afterErr == nil && bytes.Equal(before, after)
}
