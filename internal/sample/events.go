package sample

import (
	"fmt"
	"math/rand/v2"
	"time"

	"mirsad/internal/programme"
)

// emit is what events are handed to.
type emit = func(event programme.CloudEvent, verify bool) error

// event wraps data as an event of an authority.
func (a *authority) event(kind, id, service string, at time.Time, data any) programme.CloudEvent {
	return programme.CloudEvent{
		SpecVersion: "1.0", ID: id, Source: "sample:" + a.Code, Type: kind,
		Time: at.Format(time.RFC3339), Subject: service, Data: data,
	}
}

// rollouts yields every step of every service's life.
func (p *Programme) rollouts(yield emit) error {
	chance := rand.New(rand.NewPCG(p.seed, 1)) //nolint:gosec // a sample must be repeatable, not secret
	for _, a := range p.authorities {
		for _, o := range a.offerings {
			for _, s := range o.steps {
				id := fmt.Sprintf("%s/%s/%s/%d", o.Code, s.EffectiveOn, s.Action, s.Level)
				at := officeTime(s.EffectiveOn, chance)
				if err := yield(a.event(programme.TypeRollout, id, o.Code, at, s.RolloutData), s.verified); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
