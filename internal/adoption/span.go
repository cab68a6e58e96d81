package adoption

import (
	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// Span is one service over one period: whether use of it is expected, on which channels, and its owner.
type Span struct {
	period civil.Period
	on     civil.Date // the day as on which it is looked at
	// listed is whether the catalogue has the service at the period's end, or had it when the period began.
	listed   bool
	live     bool
	channels programme.ChannelSet // while live; for a service without rollout events those of the catalogue
	Owner    catalogue.EntityAt
}

// knownByUse reports whether a service is known by its use alone: no rollout event speaks of it by a date, and of no part
// of it was any launched (docs/rules.md#expected-use).
func (u *Use) knownByUse(at catalogue.ServiceAt, on civil.Date) bool {
	return !u.Services[at].Launches(on) && !u.LivesByParts(at, on)
}

// SpanOf looks at a service over a period as known on a date; what begins after the date is empty
// (docs/rules.md#expected-use).
func (u *Use) SpanOf(at catalogue.ServiceAt, p civil.Period, on civil.Date) Span {
	s := Span{period: p, on: on, Owner: catalogue.NoEntity}
	if p.From > on {
		return s
	}
	record := &u.Services[at]
	end := usage.ToDate(p, on).To
	version := record.VersionOn(end)
	if version == nil {
		version = record.VersionOn(p.From)
	}
	if version == nil {
		return s
	}
	s.listed, s.Owner = true, version.Owner
	if !record.Launches(on) && u.LivesByParts(at, on) {
		s.live, s.channels = u.BundleSpanOn(at, p.From, end)
		return s
	}
	s.live, s.channels = record.SpanOn(p.From, end, version.Listed)
	if !record.Launches(on) {
		s.channels = version.Listed
	}
	return s
}
