package reckon

import (
	"time"

	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// history is how a service came to count: the days on which it went live and counted, and when each was recorded.
type history struct {
	entity catalogue.EntityAt
	unit   catalogue.UnitAt
	// live is when a level at the rule's minimum was claimed of the launched service, counted when it was verified;
	// civil.Never for not yet.
	live, counted           civil.Date
	liveKnown, countedKnown civil.Date
	// lag is from going live to counting. A verification counts from the day of the claim, but nobody can count it
	// before it is made; one that came with its claim in an import took no time.
	lag int
}

// histories are those of all services, and from when the programme kept its record as things happened.
type histories struct {
	services []history
	// recordedFrom is the day of the first fact recorded; what lies before it was recorded afterwards, all at once, so
	// that nobody can say what was known when.
	recordedFrom civil.Date
	// eligible services can count, by the catalogue of the date; the stock counted before the programme.
	eligible []bool
	stock    []bool
}

// readHistories reads the histories of all services as known on the reckoning's date.
func (r *reckoning) readHistories() *histories {
	h := &histories{
		services:     make([]history, len(r.Services)),
		eligible:     make([]bool, len(r.Services)),
		stock:        r.stockOn(r.on, r.settings),
		recordedFrom: r.recordBegins(),
	}
	minimum := r.settings.Rule.MinimumLevel
	for i := range h.services {
		version := r.now.services[i].Version
		existed := r.now.verdicts[figures.Verified][i].existed && !r.settings.Rule.CountExisting
		h.eligible[i] = !existed && (version == nil || r.settings.Rule.Eligible(&version.Service))
		h.services[i] = r.historyOf(catalogue.ServiceAt(i), minimum)
	}
	return h
}

// historyOf reads the history of one service.
func (r *reckoning) historyOf(at catalogue.ServiceAt, minimum programme.Level) history {
	h := history{
		entity: r.ownerOn(r.now, at), unit: catalogue.UnitAt(at),
		live: r.actual(at, minimum, figures.Claimed, r.now), counted: r.actual(at, minimum, figures.Verified, r.now),
	}
	if !r.now.apart(at) {
		h.unit = r.now.units.Of(at)
	}
	h.live = min(h.live, h.counted)
	record := &r.Services[at]
	launched := r.launchRecorded(record)
	claimed, _ := r.madeKnown(record.Ladder.Claims, h.live, minimum)
	verified, sameAct := r.madeKnown(record.Ladder.Verified, h.counted, minimum)
	h.liveKnown, h.countedKnown = max(launched, claimed), max(launched, verified)
	if h.counted == civil.Never {
		return h
	}
	counts := h.counted
	if !sameAct && h.countedKnown <= r.on {
		counts = max(counts, h.countedKnown)
	}
	h.lag = int(counts - h.live)
	return h
}

// launchRecorded is the day on which a service's first launch was recorded.
func (r *reckoning) launchRecorded(record *catalogue.Service) civil.Date {
	for i := range record.Rollouts {
		if record.Rollouts[i].Action == programme.ActionLaunch {
			return r.dayOf(record.Rollouts[i].RecordedAt)
		}
	}
	return 0
}

// madeKnown is the day on which the first claim at a level that holds by a date was recorded.
func (r *reckoning) madeKnown(
	claims []programme.LevelClaim, by civil.Date, minimum programme.Level,
) (known civil.Date, sameAct bool) {
	if by == civil.Never {
		return by, sameAct
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
		return by, sameAct
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
	for i := range r.Services {
		for j := range r.Services[i].Rollouts {
			first = min(first, r.dayOf(r.Services[i].Rollouts[j].RecordedAt))
		}
	}
	return first
}

// knownOn returns up to which day of recording a past date is looked at: its own, and everything where the programme
// kept no record yet.
func (h *histories) knownOn(on civil.Date) civil.Date {
	if on < h.recordedFrom {
		return civil.Never
	}
	return on
}

// asOf returns the days on which the service went live and counted as a date knew them; civil.Never for what was to
// come.
func (h *history) asOf(on, known civil.Date, basis figures.Basis) (live, counted civil.Date) {
	live, counted = h.live, h.counted
	if live > on || h.liveKnown > known {
		live = civil.Never
	}
	if counted > on || h.countedKnown > known {
		counted = civil.Never
	}
	live = min(live, counted)
	if basis == figures.Claimed {
		counted = live
	}
	return live, counted
}

// unknownOn counts the services that counted on a date by what is known now, and not by what was known then.
func (r *reckoning) unknownOn(h *histories, on, known civil.Date, basis figures.Basis) int {
	var hidden int
	for i := range h.services {
		_, now := h.services[i].asOf(on, civil.Never, basis)
		_, then := h.services[i].asOf(on, known, basis)
		retired := programme.StateOn(r.Services[i].States, on).Retired
		if now != civil.Never && then == civil.Never && h.eligible[i] && !retired {
			hidden++
		}
	}
	return hidden
}
