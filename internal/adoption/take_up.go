package adoption

import (
	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// TakeUp computes the digital take-up of a period (docs/rules.md#take-up).
func (u *Use) TakeUp(on civil.Date, p civil.Period) figures.TakeUp {
	if p.Grain == 0 {
		p = u.LastEnded(on).Period()
	}
	var sum TakeUp
	for i := range u.Services {
		at := catalogue.ServiceAt(i)
		s := u.SpanOf(at, p, on)
		sum.Add(u.takeUpOf(at, &s))
	}
	figure := sum.figure(p, on)
	if !u.Ended(p, on) { // docs/rules.md#running-period
		figure.Running, figure.Value = true, programme.Ratio{State: programme.NotProvided}
	}
	return figure
}

// TakeUpPart is what one service adds to take-up.
type TakeUpPart struct {
	live        bool
	digitalOnly bool
	known       bool // every listed channel is reported or does not apply
	digital     part
	all         int64
}

// takeUpOf looks at a service's completions on every channel. A service known only by its use is live where it
// reported.
func (u *Use) takeUpOf(at catalogue.ServiceAt, s *Span) TakeUpPart {
	if !s.listed || s.period.From > s.period.To || (!s.live && !u.knownByUse(at, s.on)) {
		return TakeUpPart{}
	}
	t := TakeUpPart{live: s.live, known: s.channels != 0, digitalOnly: s.channels&^programme.DigitalSet == 0}
	reported := false
	for c := range programme.ChannelCount {
		got := u.index.Number(
			usage.Line{Service: u.places[at], Channel: c, Measure: completedMeasure}, s.period, s.on, usage.NoEntity,
		)
		if !s.channels.Has(c) && !got.Spoken {
			continue
		}
		if s.channels.Has(c) && got.Rank != usage.Reported && got.Rank != usage.NotApplicable {
			t.known = false
		}
		reported = reported || got.Rank == usage.Reported
		if programme.DigitalSet.Has(c) {
			t.digital.rank = t.digital.rank.First(got.Rank)
		} else if s.channels.Has(c) || got.Rank == usage.Reported {
			t.digitalOnly = false
		}
		if got.Rank == usage.Reported {
			t.all += got.Value
			if programme.DigitalSet.Has(c) {
				t.digital.value += got.Value
			}
		}
	}
	t.live = t.live || (reported && u.knownByUse(at, s.on))
	t.known = t.known && reported
	return t
}

// TakeUp gathers the parts of all services.
type TakeUp struct {
	live, services, digitalOnly int
	digital, all                int64
	apart                       total // of digital-only services
}

// Add counts a service in, if it was live.
func (t *TakeUp) Add(p TakeUpPart) {
	if !p.live {
		return
	}
	t.live++
	switch {
	case p.digitalOnly:
		t.digitalOnly++
		t.apart.add(&p.digital)
	case p.known:
		t.services++
		t.digital += p.digital.value
		t.all += p.all
	}
}

func (t *TakeUp) figure(p civil.Period, on civil.Date) figures.TakeUp {
	figure := figures.TakeUp{
		Period:               p,
		Value:                t.Ratio(),
		CoveredShare:         programme.RatioOf(float64(t.services), float64(t.live)),
		Services:             t.services,
		Live:                 t.live,
		DigitalOnly:          t.digitalOnly,
		DigitalOnlyCompleted: t.apart.figure(p, on).Count,
		Digital:              programme.Count{State: programme.NotProvided},
		All:                  programme.Count{State: programme.NotProvided},
	}
	if t.services > 0 {
		figure.Digital, figure.All = programme.CountOf(t.digital), programme.CountOf(t.all)
	}
	return figure
}

// Ratio is digital ÷ all completions of the services whose channels are all known.
func (t *TakeUp) Ratio() programme.Ratio {
	return programme.RatioOf(float64(t.digital), float64(t.all))
}
