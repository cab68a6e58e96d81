package claim

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/web/page"
)

// claimsView is an entity's services with what is claimed and what is verified of each, side by side.
type claimsView struct {
	page.Frame

	Heading, Lead string
	Action        string
	Dates         []page.Hidden
	Entity        []page.Option // none for who sees one entity
	State         []page.Option
	// Claimed and Verified are the counted services of the list's entities on either basis.
	Claimed, Verified page.Figure
	Rows              []claimedRow
	Nothing           string
	Pager             page.Pager
	// MayClaim says that the reader may claim levels here.
	MayClaim bool
}

// claimedRow is a service with its newest claim.
type claimedRow struct {
	Service, Entity   page.Link
	Code              string
	Claimed, Verified page.LevelChip
	State, StateWords string
	// Criterion and Comment are why the newest claim was returned.
	Criterion, Comment string
	Open               string
	order              int
}

// claimsOnPage is the number of services, or of claims, of a page.
const claimsOnPage = 50

// allClaims returns every claim as it stands now.
func (v *visit) allClaims() ([]register.Claim, error) {
	ctx := v.Request.Context()
	facts, err := v.deps.Register.Facts(ctx, []programme.Family{programme.FamilyAssessment}, time.Time{})
	if err != nil {
		return nil, fmt.Errorf("read assessments: %w", err)
	}
	rollouts, err := v.deps.Register.Rollouts(ctx, time.Time{})
	if err != nil {
		return nil, fmt.Errorf("read rollouts: %w", err)
	}
	return register.ClaimsOf(facts, rollouts)
}

func (v *visit) claims() (any, error) {
	if err := v.MayRead(access.RoleAgency, access.RoleAuditor, access.RoleAdmin); err != nil {
		return nil, err
	}
	all, err := v.allClaims()
	if err != nil {
		return nil, err
	}
	entity, state := v.Address.Query.Get("entity"), v.Address.Query.Get("state")
	view := claimsView{
		Frame: v.Frame(v.T("claims.title")), Heading: v.T("claims.title"), Lead: v.T("claims.lead"),
		Action: "/" + string(v.Language) + "/claims", Dates: v.Address.Others("entity", "state", "page"),
		State: v.Options("claims.state.", state, "returned", "open", "verified", "none"), MayClaim: v.mayClaim(),
	}
	if v.Reader.SeesAll() {
		view.Entity = v.EntityOptions(entity)
	}
	claimed, verified := 0, 0
	for i := range v.Figures.Entities {
		if e := &v.Figures.Entities[i]; entity == "" || e.Code == entity {
			claimed, verified = claimed+e.ClaimedLevels.Total(), verified+e.ByLevel.Total()
		}
	}
	view.Claimed, view.Verified = v.Whole("claims.claimed", claimed), v.Whole("claims.verified", verified)
	rows := page.Filter(
		v.claimedRows(newestClaims(all), entity), func(r claimedRow) bool { return state == "" || r.State == state },
	)
	view.Rows, view.Pager = page.Paged(v.Visit, rows, claimsOnPage)
	if len(rows) == 0 {
		view.Nothing = v.T("claims.nothing")
	}
	return view, nil
}

// newestClaims returns each service's claim that was recorded last.
func newestClaims(all []register.Claim) map[string]*register.Claim {
	newest := map[string]*register.Claim{}
	for i := range all {
		if other := newest[all[i].Service]; other == nil || other.RecordedAt.Before(all[i].RecordedAt) {
			newest[all[i].Service] = &all[i]
		}
	}
	return newest
}

// claimedRows lists the services that the reader sees: those with a returned claim first, then those that wait.
func (v *visit) claimedRows(newest map[string]*register.Claim, entity string) []claimedRow {
	var rows []claimedRow
	for i := range v.Figures.Services {
		s := &v.Figures.Services[i]
		claim := newest[s.Code]
		if (entity != "" && s.Entity != entity) || (claim == nil && s.Status != figures.ServiceLive) {
			continue
		}
		row := claimedRow{
			Service: v.ServiceLink(s.Code), Entity: v.EntityLink(s.Entity), Code: s.Code, State: "none", order: 2,
			Claimed: v.Chip(s.LevelClaimed), Verified: v.Chip(s.LevelVerified),
			Open: v.Address.To("/claims/" + url.PathEscape(s.Code)),
		}
		if claim != nil {
			row.State = string(claim.State)
			row.order = slices.Index(
				[]register.ClaimState{register.ClaimReturned, register.ClaimOpen, "", register.ClaimVerified},
				claim.State,
			)
			if claim.State == register.ClaimReturned {
				row.Criterion, row.Comment = v.criterion(claim.Newest().Criterion), claim.Newest().Comment
			}
		}
		row.StateWords = v.T("claims.state." + row.State)
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows, func(a, b claimedRow) int { return cmp.Compare(a.order, b.order) })
	return rows
}

// mayClaim reports whether the reader may claim levels at all.
func (v *visit) mayClaim() bool { return v.MayRead(access.RoleAgency, access.RoleAdmin) == nil }

// criterion words a criterion; none is nothing.
func (v *visit) criterion(c programme.Criterion) string {
	if c == "" {
		return ""
	}
	return v.T("claims.criterion." + string(c))
}

// claimView is a claim in words, with its evidence and what was decided on it.
type claimView struct {
	ID, Anchor         string
	Level              page.LevelChip
	From, Holds, At    string
	Actor, Comment     string
	State, StateWords  string
	Evidence           []evidenceRow
	Decisions          []decisionRow
	NoEvidence, ByWhat string
}

// evidenceRow is the answer to one criterion.
type evidenceRow struct {
	Level     page.LevelChip
	Criterion string
	Answer    string
	Yes       bool
	URL, Text string
	Entities  []string
}

// decisionRow is a decision on a claim.
type decisionRow struct {
	Decision, At, Actor string
	Level               page.LevelChip
	From, Recheck       string
	Criterion, Comment  string
}

func (v *visit) claimView(c *register.Claim) claimView {
	view := claimView{
		ID: c.ID, Anchor: "c-" + c.ID, Level: v.Chip(c.Level), From: v.Date(c.EffectiveOn),
		Holds: v.T("claims.holds_from", page.Args("date", v.Date(c.EffectiveOn))),
		At:    v.Instant(c.RecordedAt, v.Zone),
		Actor: v.ActorName(c.Actor), Comment: c.Comment, State: string(c.State), StateWords: v.T("claims.state." + string(c.State)),
		ByWhat: v.T("claims.by_form"),
	}
	if c.Action != "" {
		view.ByWhat = v.T("claims.by_event", page.Args("action", v.T("web.action."+string(c.Action))))
	}
	for _, level := range programme.Levels() {
		for _, criterion := range programme.CriteriaOf(level) {
			if i := slices.IndexFunc(
				c.Answers, func(a programme.Answer) bool { return a.Criterion == criterion },
			); i >= 0 {
				view.Evidence = append(view.Evidence, v.evidence(&c.Answers[i], level))
			}
		}
	}
	if len(view.Evidence) == 0 {
		view.NoEvidence = v.T("claims.no_evidence")
	}
	for i := range c.Decisions {
		view.Decisions = append(view.Decisions, v.decisionRow(&c.Decisions[i]))
	}
	return view
}

func (v *visit) evidence(a *programme.Answer, level programme.Level) evidenceRow {
	row := evidenceRow{
		Level: v.Chip(level), Criterion: v.criterion(a.Criterion), Answer: v.T("claims.answer." + a.Answer),
		Yes: a.Answer == programme.AnswerYes, URL: a.URL, Text: a.Text,
	}
	for _, code := range a.Entities {
		row.Entities = append(row.Entities, v.AnyEntity(code))
	}
	return row
}

func (v *visit) decisionRow(d *register.ClaimDecision) decisionRow {
	row := decisionRow{
		Decision: v.T("claims.decided." + string(d.Decision)), Actor: v.ActorName(d.Actor),
		At:        v.T("claims.recorded_at", page.Args("at", v.Instant(d.RecordedAt, v.Zone))),
		Criterion: v.criterion(d.Criterion), Comment: d.Comment,
	}
	if d.Decision == programme.AssessmentVerified {
		row.Level, row.From = v.Chip(d.Level), v.T("claims.holds_from", page.Args("date", v.Date(d.EffectiveOn)))
		if !d.RecheckOn.IsZero() {
			row.Recheck = v.Date(d.RecheckOn)
		}
	}
	return row
}

// claimsOfService returns a service's claims, the newest recorded first.
func (v *visit) claimsOfService(code string) ([]register.Claim, error) {
	ctx := v.Request.Context()
	stream, err := v.deps.Register.Stream(ctx, programme.FamilyAssessment, code)
	if err != nil {
		return nil, fmt.Errorf("read assessments: %w", err)
	}
	rollouts, err := v.deps.Register.ServiceRollouts(ctx, code)
	if err != nil {
		return nil, fmt.Errorf("read rollouts: %w", err)
	}
	claims, err := register.ClaimsOf(stream, rollouts)
	slices.SortStableFunc(claims, func(a, b register.Claim) int { return b.RecordedAt.Compare(a.RecordedAt) })
	return claims, err
}

// formOf reads a form that a person of one of the roles sent about a service, with the figures' names.
func (v *visit) formOf(rw http.ResponseWriter, roles ...access.Role) error {
	if err := v.MayRead(roles...); err != nil {
		return err
	}
	if err := page.ReadForm(rw, v.Request, page.LongForm); err != nil {
		return err
	}
	return v.LoadFigures()
}
