package reckon

import (
	"mirsad/internal/adoption"
	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// makeOverdue turns what is still the entity's turn after the due day into overdue.
func makeOverdue(s *figures.Submission, due, on civil.Date) {
	switch s.State {
	case figures.SubmissionExpected, figures.SubmissionDraft, figures.SubmissionReturned:
		if on > due {
			s.Was, s.State, s.Days = s.State, figures.SubmissionOverdue, int(on-due)
		}
	case figures.SubmissionNone, figures.SubmissionSubmitted, figures.SubmissionAccepted, figures.SubmissionOverdue:
		// Nothing is owed, or it is the programme office's turn.
	}
}

// submissionCount counts an entity's services by what they still owe for a month.
type submissionCount struct {
	listed, live  int
	use           adoption.Received
	claimed       [4]int // of live services: none, returned, open, verified
	openMilestone bool
}

// The places of submissionCount.claimed.
const (
	claimMissing = iota
	claimReturned
	claimWaits
	claimAccepted
)

// Submissions lists what every entity that the catalogue has, or that owns a service or a plan, owes for a month, as
// known on a date: an update of its plan unless every milestone is done, the use of its live services, and a claimed
// level of each of them. All are due by the month's due day (docs/rules.md#what-is-owed).
func (k *Knowledge) Submissions(on civil.Date, month civil.Month) *figures.Submissions {
	settings := k.SettingsOn(on)
	list := &figures.Submissions{
		Month:    month,
		DueOn:    k.DueOn(settings, month.Period()),
		Entities: []figures.EntitySubmissions{},
	}
	counts := k.countSubmissions(min(month.Last(), on), on, month, settings)
	since := k.DueOn(settings, (month - 1).Period())
	for e := range k.Entities {
		at := catalogue.EntityAt(e)
		count, steps := &counts[e], k.plans[k.Entities[e].Code]
		if programme.InForce(k.Entities[e].Versions, on) == nil && count.listed == 0 && len(steps) == 0 {
			continue
		}
		named := k.EntityNamed(at, on)
		owed := figures.EntitySubmissions{
			Entity: named.Code,
			Name:   named.Name,
			NameAr: named.NameAr,
			Plan:   k.planSubmission(steps, count, since, on),
			Use:    count.useSubmission(),
			Claims: count.claimSubmission(),
		}
		for _, kind := range figures.SubmissionKinds() {
			each := owed.Of(kind)
			makeOverdue(each, list.DueOn, on)
			if each.State == figures.SubmissionOverdue {
				owed.Overdue++
			}
		}
		list.Entities = append(list.Entities, owed)
	}
	return list
}

// countSubmissions looks at every service over a month and adds it to the entity that owned it.
func (k *Knowledge) countSubmissions(
	end, on civil.Date, month civil.Month, settings programme.Settings,
) []submissionCount {
	counts := make([]submissionCount, len(k.Entities))
	r := &reckoning{Knowledge: k, on: end, settings: settings}
	r.now = k.takeCensus(end, settings)
	r.schedule = k.scheduleOn(end, settings.Rule)
	for i := range k.Services {
		at := catalogue.ServiceAt(i)
		s := k.SpanOf(at, month.Period(), on)
		owner := s.Owner
		if owner == catalogue.NoEntity {
			owner = r.ownerOn(r.now, at)
		}
		if owner == catalogue.NoEntity {
			continue
		}
		count := &counts[owner]
		if standing := &r.now.services[i]; standing.Version != nil && !standing.Rollout.Retired {
			count.listed++
		}
		if m := r.milestoneOf(at, figures.Verified); m.planned && !m.done {
			count.openMilestone = true
		}
		count.use.Add(k.ReceivedOf(at, &s, settings))
		if standing := &r.now.services[i]; standing.Version != nil && standing.Live() {
			count.live++
			count.claimed[k.claimPlace(at, end)]++
		}
	}
	return counts
}

// claimPlace returns the state of a service's newest claim on a date. A bundle's level is its parts', so it owes none.
func (k *Knowledge) claimPlace(at catalogue.ServiceAt, on civil.Date) int {
	record := &k.Services[at]
	newest := programme.NewestOn(record.Ladder.Claims, on)
	switch {
	case newest == nil && len(record.Parts) > 0:
		return claimAccepted
	case newest == nil:
		return claimMissing
	case record.Ladder.WaitsOn(newest, on):
		return claimWaits
	case record.Ladder.Returned[newest.ID]:
		return claimReturned
	default:
		return claimAccepted
	}
}

func (c *submissionCount) useSubmission() figures.Submission {
	s := figures.Submission{
		State: figures.SubmissionDraft,
		Parts: programme.Parts{Reported: c.use.Reported, Expected: c.use.Expected},
	}
	switch c.use.Reported {
	case c.use.Expected:
		s.State = figures.SubmissionAccepted
	case 0:
		s.State = figures.SubmissionExpected
	}
	if c.use.Expected == 0 {
		s.State = figures.SubmissionNone
	}
	return s
}

func (c *submissionCount) claimSubmission() figures.Submission {
	s := figures.Submission{
		Parts: programme.Parts{Reported: c.claimed[claimWaits] + c.claimed[claimAccepted], Expected: c.live},
	}
	switch {
	case c.live == 0:
		s.State = figures.SubmissionNone
	case c.claimed[claimReturned] > 0:
		s.State = figures.SubmissionReturned
	case c.claimed[claimMissing] > 0:
		s.State = figures.SubmissionExpected
	case c.claimed[claimWaits] > 0:
		s.State = figures.SubmissionSubmitted
	default:
		s.State = figures.SubmissionAccepted
	}
	return s
}

// planSubmission is the newest step of a plan since the due day of the month before: an update that comes later than
// its due day ends being overdue all the same.
func (k *Knowledge) planSubmission(
	steps []programme.Recorded[programme.Plan], count *submissionCount, since, on civil.Date,
) figures.Submission {
	s := figures.Submission{State: figures.SubmissionNone}
	if count.openMilestone || (len(steps) == 0 && count.listed > 0) {
		s.State = figures.SubmissionExpected
	}
	for i := range steps {
		day := k.approvalDay(&steps[i])
		if day <= since || day > on {
			continue
		}
		begun := steps[i].Body.Kind == programme.PlanDraft // of the next update: it takes nothing back
		if begun && (s.State == figures.SubmissionSubmitted || s.State == figures.SubmissionAccepted) {
			continue
		}
		s.On, s.Revision = day, steps[i].Body.Revision
		switch steps[i].Body.Kind {
		case programme.PlanDraft:
			s.State = figures.SubmissionDraft
		case programme.PlanSubmitted:
			s.State = figures.SubmissionSubmitted
		case programme.PlanReturned:
			s.State = figures.SubmissionReturned
		case programme.PlanApproved:
			s.State = figures.SubmissionAccepted
		}
	}
	return s
}
