package figures

import (
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/forecast"
	"mirsad/internal/programme"
)

// course is a service's way to the count: the days on which it went live and counted, and when each was recorded.
type course struct {
	entity int32
	unit   int32
	// live is when a level at the rule's minimum was claimed of the launched service, counted when it was verified;
	// never for not yet.
	live, counted           civil.Date
	liveKnown, countedKnown civil.Date
	// lag is from going live to counting. A verification counts from the day of the claim, but nobody can count it
	// before it is made; one that came with its claim in an import took no time.
	lag int
}

// courses are the ways of all services, and from when the programme kept its record as things happened.
type courses struct {
	list []course
	// recordedFrom is the day of the first fact recorded; what lies before it was told afterwards, all at once, so that
	// nobody can say what was known when.
	recordedFrom civil.Date
	// eligible services can count, by the catalogue of the date; the stock counted before the programme.
	eligible []bool
	stock    []bool
}

// coursesOf reads the ways of all services as known on the reckoning's date.
func (r *reckoning) coursesOf() *courses {
	c := &courses{
		list: make([]course, len(r.Knowledge.services)), eligible: make([]bool, len(r.Knowledge.services)),
		stock: r.stockOn(r.on, r.settings), recordedFrom: r.recordBegins(),
	}
	minimum := r.settings.Rule.MinimumLevel
	for i := range c.list {
		at := int32(i)
		version := r.now.services[i].version
		existed := r.now.verdicts[basisIndex(Verified)][i].existed && !r.settings.Rule.CountExisting
		c.eligible[i] = !existed && (version == nil || r.settings.Rule.Eligible(&version.Service))
		c.list[i] = r.courseOf(at, minimum)
	}
	return c
}

func (r *reckoning) courseOf(at int32, minimum programme.Level) course {
	way := course{
		entity: r.ownerOn(r.now, at), unit: at,
		live: r.actual(at, minimum, Claimed, r.now), counted: r.actual(at, minimum, Verified, r.now),
	}
	if !r.now.apart(at) {
		way.unit = r.now.units.of(at)
	}
	way.live = min(way.live, way.counted)
	record := &r.Knowledge.services[at]
	launched := r.launchRecorded(record)
	claimed, _ := r.madeKnown(record.ladder.Claims, way.live, minimum)
	verified, sameAct := r.madeKnown(record.ladder.Verified, way.counted, minimum)
	way.liveKnown, way.countedKnown = max(launched, claimed), max(launched, verified)
	if way.counted == civil.Never {
		return way
	}
	counts := way.counted
	if !sameAct && way.countedKnown <= r.on {
		counts = max(counts, way.countedKnown)
	}
	way.lag = int(counts - way.live)
	return way
}

// launchRecorded is the day on which a service's first launch was recorded.
func (r *reckoning) launchRecorded(record *serviceRecord) civil.Date {
	for i := range record.rollouts {
		if record.rollouts[i].Action == programme.ActionLaunch {
			return r.dayOf(record.rollouts[i].RecordedAt)
		}
	}
	return 0
}

// madeKnown is the day on which the first claim at a level that holds by a date was recorded.
func (r *reckoning) madeKnown(claims []programme.LevelClaim, by civil.Date, minimum programme.Level) (known civil.Date, sameAct bool) {
	if by == civil.Never {
		return civil.Never, false
	}
	known = civil.Never
	for i := range claims {
		if made := &claims[i]; made.On <= by && made.Level >= minimum {
			if day := r.dayOf(made.RecordedAt); day < known {
				known, sameAct = day, made.SameAct
			}
		}
	}
	if known == civil.Never { // a bundle's or a successor's, known with the day itself
		return by, false
	}
	return known, sameAct
}

func (r *reckoning) dayOf(t time.Time) civil.Date { return civil.DateOf(t.In(r.Zone)) }

// recordBegins is the day of the first rollout or plan recorded.
func (r *reckoning) recordBegins() civil.Date {
	first := civil.Never
	for i := range r.baselines {
		first = min(first, r.baselines[i].recordedOn)
	}
	for i := range r.Knowledge.services {
		for j := range r.Knowledge.services[i].rollouts {
			first = min(first, r.dayOf(r.Knowledge.services[i].rollouts[j].RecordedAt))
		}
	}
	return first
}

// knownOn returns up to which day of recording a past date is looked at: its own, and everything where the programme
// kept no record yet.
func (c *courses) knownOn(on civil.Date) civil.Date {
	if on < c.recordedFrom {
		return civil.Never
	}
	return on
}

// asOf returns the days on which the service went live and counted as a date knew them; never for what was to come.
func (w *course) asOf(on, known civil.Date, basis Basis) (live, counted civil.Date) {
	live, counted = w.live, w.counted
	if live > on || w.liveKnown > known {
		live = civil.Never
	}
	if counted > on || w.countedKnown > known {
		counted = civil.Never
	}
	live = min(live, counted)
	if basis == Claimed {
		counted = live
	}
	return live, counted
}

// outlookOn gathers what a date knew: the history of delays and the milestones still open
// (docs/rules.md#history-of-delays). Launches without a plan and retirements are not forecast; a milestone that the
// newest revision dropped is not open.
func (r *reckoning) outlookOn(c *courses, s *schedule, on, known civil.Date, basis Basis) *forecast.Input {
	o := &forecast.Input{On: on}
	seen := map[int32]bool{}
	for i := range c.list {
		planned, way := &s.services[i], &c.list[i]
		if !planned.planned() || !c.eligible[i] || c.stock[i] || seen[way.unit] {
			continue
		}
		live, counted := way.asOf(on, known, basis)
		if live < planned.approvedOn || (live == civil.Never && r.gone(i, planned, on)) {
			continue // it was there before it was planned, or is given up
		}
		seen[way.unit] = true
		way.enter(o, i, planned.on, live, counted, basis)
	}
	return o
}

// gone reports whether an open milestone was dropped by the newest revision, or its service retired.
func (r *reckoning) gone(at int, planned *goLive, on civil.Date) bool {
	return planned.current.IsZero() || programme.StateOn(r.Knowledge.services[at].states, on).Retired
}

// enter takes the service's milestone into the outlook.
func (w *course) enter(o *forecast.Input, at int, planned, live, counted civil.Date, basis Basis) {
	if live == civil.Never {
		o.Slips = append(o.Slips, forecast.Delay{Entity: w.entity, Due: planned, Days: int(o.On - planned), Open: true})
		o.Open = append(o.Open, forecast.Milestone{Service: int32(at), Entity: w.entity, Planned: planned}) //nolint:gosec // a place
		return
	}
	o.Slips = append(o.Slips, forecast.Delay{Entity: w.entity, Due: planned, Days: int(live - planned)})
	if counted == civil.Never {
		o.Lags = append(o.Lags, forecast.Delay{Entity: w.entity, Due: live, Days: int(o.On - live), Open: true})
		o.Open = append(o.Open, forecast.Milestone{Service: int32(at), Entity: w.entity, Planned: planned, Live: live}) //nolint:gosec // a place
		return
	}
	o.Finished++
	if basis == Verified {
		o.Lags = append(o.Lags, forecast.Delay{Entity: w.entity, Due: live, Days: w.lag})
	}
}

// unknownOn counts the services that counted on a date by what is known now, and not by what was known then.
func (r *reckoning) unknownOn(c *courses, on, known civil.Date, basis Basis) int {
	var hidden int
	for i := range c.list {
		way := &c.list[i]
		_, now := way.asOf(on, civil.Never, basis)
		_, then := way.asOf(on, known, basis)
		if now != civil.Never && then == civil.Never && c.eligible[i] && !programme.StateOn(r.Knowledge.services[i].states, on).Retired {
			hidden++
		}
	}
	return hidden
}
