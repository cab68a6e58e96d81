package plan

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/web/page"
)

// reviewView lists the plans that wait for a planner, the one that waits longest first, and what was decided lately.
type reviewView struct {
	frame

	Heading, Lead, Nothing string
	Waiting                []waitingPlan
	Decided                []decidedPlan
}

// waitingPlan is a submitted revision.
type waitingPlan struct {
	Entity   page.Link
	Revision string
	Who      string
	When     string
	Changes  string
	Warnings string
	at       time.Time
}

// decidedPlan is a revision that was approved or returned.
type decidedPlan struct {
	Entity             page.Link
	Revision, State    string
	Who, When, Comment string
	at                 time.Time
}

// shownDecisions is how many decisions the page lists; a plan's own page lists them all.
const shownDecisions = 20

func (v *visit) reviewPage(rw http.ResponseWriter) error {
	if !v.reviews() {
		return programme.ErrForbidden
	}
	p, err := v.planOf("")
	if err != nil {
		return err
	}
	v.Figures = nil // the page shows none, so it bears no stamp
	title := v.T("review.title")
	view := reviewView{frame: v.frame(title), Heading: title}
	for entity, record := range p.planning.Plans {
		if !v.Reader.Sees(entity) {
			continue
		}
		of := &planVisit{visit: v, planning: p.planning, entity: entity, record: record}
		if waiting := record.Waiting(); waiting != nil {
			view.Waiting = append(view.Waiting, of.waitingPlan(waiting))
		}
		view.Decided = append(view.Decided, of.decidedPlans()...)
	}
	slices.SortFunc(view.Waiting, func(a, b waitingPlan) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.Entity.Address, b.Entity.Address))
	})
	slices.SortFunc(view.Decided, func(a, b decidedPlan) int {
		return cmp.Or(b.at.Compare(a.at), cmp.Compare(a.Entity.Address, b.Entity.Address))
	})
	view.Decided = view.Decided[:min(len(view.Decided), shownDecisions)]
	view.Lead = v.T("review.lead", page.Args("n", len(view.Waiting)))
	if len(view.Waiting) == 0 {
		view.Nothing = v.T("review.nothing")
	}
	return v.NoStore(rw, http.StatusOK, "review", view)
}

func (p *planVisit) reviewLink(revision int) page.Link {
	return page.Link{Text: p.EntityName(p.entity), Address: p.Address.To(p.reviewPath(revision))}
}

// reviewPath is the page of a revision of the plan, without its language.
func (p *planVisit) reviewPath(revision int) string {
	return "/review/" + url.PathEscape(p.entity) + "/" + strconv.Itoa(revision)
}

func (p *planVisit) waitingPlan(waiting *register.PlanRevision) waitingPlan {
	last := waiting.Last()
	counts := map[register.PlanChangeKind]int{}
	for _, change := range register.PlanDifference(p.record.Planned(), waiting.Milestones) {
		counts[change.Kind]++
	}
	return waitingPlan{
		Entity: p.reviewLink(waiting.Revision), Revision: strconv.Itoa(waiting.Revision), Who: p.ActorName(last.Actor),
		When: p.Instant(last.RecordedAt, p.Zone), at: last.RecordedAt, Changes: p.planCounts(counts),
		Warnings: p.Int(int64(len(p.planning.Warnings(p.entity, waiting.Milestones)))),
	}
}

func (p *planVisit) decidedPlans() []decidedPlan {
	var list []decidedPlan
	for i := range p.record.Revisions {
		revision := &p.record.Revisions[i]
		if revision.State != programme.PlanApproved && revision.State != programme.PlanReturned {
			continue
		}
		last := revision.Last()
		list = append(list, decidedPlan{
			Entity: p.reviewLink(revision.Revision), Revision: strconv.Itoa(revision.Revision),
			State: p.T("submit.state." + string(revision.State)),
			Who:   p.ActorName(last.Actor), When: p.Instant(last.RecordedAt, p.Zone), Comment: last.Comment, at: last.RecordedAt,
		})
	}
	return list
}
