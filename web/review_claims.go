package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"mirsad/internal/access"
	"mirsad/internal/act"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// reviewClaimsView is what waits for the programme office: claims, oldest first, and levels to look at again.
type reviewClaimsView struct {
	ownFrame

	Heading, Lead string
	Claimed       figure
	Verified      figure
	Action        string
	Dates         []hidden
	Entity        []option
	// Service is the code of the one whose claims are listed, whatever their state; none lists what waits.
	Service, List string
	Rows          []waitingRow
	Nothing       string
	Pager         pager
	Rechecks      []recheckRow
	NoRechecks    string
}

// waitingRow is a claim that waits.
type waitingRow struct {
	Service, Entity link
	Verified        levelChip
	Claim           claimView
	Shown           string // how many answers are yes, and what stands behind them
	Open            string
}

// recheckRow is a verified level that should have been looked at again.
type recheckRow struct {
	Service, Entity link
	Level           levelChip
	On, Days        string
	Open            string
}

func (v *visit) reviewClaims() (any, error) {
	if err := v.mayRead(access.RolePlanner, access.RoleAuditor, access.RoleAdmin); err != nil {
		return nil, err
	}
	all, err := v.allClaims()
	if err != nil {
		return nil, err
	}
	entity := v.address.query.Get("entity")
	wanted := func(code string) bool {
		s := v.named.services[code]
		return entity == "" || (s != nil && s.Entity == entity)
	}
	service, list := strings.TrimSpace(v.address.query.Get("service")), v.T("claims.review.open")
	open := filter(all, func(c register.Claim) bool { return c.State == register.ClaimOpen && wanted(c.Service) })
	waiting := len(open)
	if service != "" { // also those that were decided on: a verified level is lowered there
		list = v.T("claims.made")
		open = filter(all, func(c register.Claim) bool { return c.Service == service })
	}
	slices.SortStableFunc(open, func(a, b register.Claim) int { return a.RecordedAt.Compare(b.RecordedAt) })
	title := v.T("claims.review.title")
	view := reviewClaimsView{
		ownFrame: v.ownFrame(title), Heading: v.T("claims.review.heading", args("n", waiting)), Lead: v.T("claims.review.lead"),
		Claimed: v.whole("claimed.counted", v.figures.Claimed.Counted), Verified: v.whole("verified.counted", v.figures.Verified.Counted),
		Action: "/" + string(v.Language) + "/review/claims", Dates: v.address.others("entity", "service", "page"), Entity: v.entityOptions(entity),
		Service: service, List: list,
	}
	shown, pages := paged(v.base, open, claimsOnPage)
	view.Pager = pages
	for i := range shown {
		view.Rows = append(view.Rows, v.waitingRow(&shown[i]))
	}
	if len(open) == 0 {
		view.Nothing = v.T("claims.review.nothing")
	}
	overdue := filter(register.OverdueRechecks(all, v.figures.On), func(r register.Recheck) bool { return wanted(r.Service) })
	view.Rechecks = each(overdue, v.recheckRow)
	if len(overdue) == 0 {
		view.NoRechecks = v.T("claims.recheck.none")
	}
	return view, nil
}

// ownerLinks lead to a service and its entity; one that the catalogue no longer has is named by its code.
func (v *visit) ownerLinks(code string) (service, entity link, verified levelChip) {
	s := v.named.services[code]
	if s == nil {
		return link{Text: code}, link{}, v.chip(0)
	}
	return v.serviceLink(code), v.entityLink(s.Entity), v.chip(s.LevelVerified)
}

func (v *visit) waitingRow(c *register.Claim) waitingRow {
	row := waitingRow{Claim: v.claimView(c), Open: v.address.to(claimPath(c.Service, c.ID))}
	row.Service, row.Entity, row.Verified = v.ownerLinks(c.Service)
	yes := 0
	for _, each := range c.Answers {
		if each.Answer == programme.AnswerYes {
			yes++
		}
	}
	row.Shown = v.T("claims.shown", args("n", yes))
	return row
}

func (v *visit) recheckRow(r register.Recheck) recheckRow {
	row := recheckRow{
		Level: v.chip(r.Level), On: v.Date(r.RecheckOn), Days: v.T("claims.days_ago", args("n", r.Days)), Open: v.address.to(claimPath(r.Service, r.Claim)),
	}
	row.Service, row.Entity, _ = v.ownerLinks(r.Service)
	return row
}

func claimPath(service, claim string) string {
	return "/review/claims/" + url.PathEscape(service) + "/" + url.PathEscape(claim)
}

// reviewClaimView is one claim with the form to decide on it.
type reviewClaimView struct {
	ownFrame
	formNotes

	Heading         string
	Service, Entity link
	Verified        levelChip
	Claim           claimView
	Siblings        []claimView // the service's other claims
	Back            link
	// Action is where the form goes; empty where nothing can be decided, for the reason in Closed.
	Action, Closed string
	Version        string
	Fields         []field
	// MayReturn says that the claim can be sent back: a verified level is lowered instead.
	MayReturn bool
}

func (v *visit) reviewClaim() (any, error) {
	if err := v.mayRead(access.RolePlanner, access.RoleAuditor, access.RoleAdmin); err != nil {
		return nil, err
	}
	view, claim, err := v.decisionPage()
	if err != nil {
		return nil, err
	}
	if done := v.address.query.Get("done"); done == "verified" || done == "returned" {
		view.Notice = v.T("claims.decided." + done)
	}
	view.Fields = v.decisionFields(claim, url.Values{})
	return view, nil
}

// decisionPage is the page of the claim in the address, without its form's values.
func (v *visit) decisionPage() (*reviewClaimView, *register.Claim, error) {
	code := v.parameter("service")
	claims, err := v.claimsOfService(code)
	if err != nil {
		return nil, nil, err
	}
	claim, err := register.FindClaim(claims, v.parameter("claim"))
	if err != nil {
		return nil, nil, err
	}
	view := &reviewClaimView{
		Claim: v.claimView(claim), Version: strconv.Itoa(claim.Version()), MayReturn: claim.State != register.ClaimVerified,
		Back: link{Text: v.T("claims.review.title"), Address: v.address.to("/review/claims")},
	}
	view.Service, view.Entity, view.Verified = v.ownerLinks(code)
	view.ownFrame, view.Heading = v.ownFrame(view.Service.Text), view.Service.Text
	for i := range claims {
		if claims[i].ID != claim.ID {
			view.Siblings = append(view.Siblings, v.claimView(&claims[i]))
		}
	}
	switch {
	case v.mayRead(access.RolePlanner, access.RoleAdmin) != nil:
	case claim.Actor == v.reader.ID:
		view.Closed = v.T("claims.own")
	case claim.State == register.ClaimReplaced:
		view.Closed = v.T("claims.replaced")
	default:
		view.Action = "/" + string(v.Language) + claimPath(code, claim.ID)
	}
	return view, claim, nil
}

// decisionFields are the form's fields.
func (v *visit) decisionFields(claim *register.Claim, values url.Values) []field {
	level := v.claimField(values, "level", "select", "claims.confirmed")
	for _, each := range slices.Backward(programme.Levels()) {
		if each <= claim.Level {
			value := strconv.Itoa(int(each))
			level.Options = append(level.Options, option{
				Value: value, Chosen: value == level.Value, Text: v.T("web.level", args("number", int(each), "name", v.levelName(each))),
			})
		}
	}
	criterion := v.claimField(values, "criterion", "select", "claims.failing")
	criterion.Options = []option{{Text: v.T("claims.failing.none")}}
	for _, each := range programme.Levels() {
		for _, c := range programme.CriteriaOf(each) {
			if each <= claim.Level {
				criterion.Options = append(criterion.Options, option{Value: string(c), Text: v.criterion(c), Chosen: string(c) == criterion.Value})
			}
		}
	}
	since := v.claimField(values, "effective_on", "date", "claims.confirmed_from")
	since.Hint, since.Required = v.T("claims.confirmed_from.hint"), claim.State == register.ClaimVerified
	recheck := v.claimField(values, "recheck_on", "date", "claims.recheck_on")
	comment := v.claimField(values, "comment", "textarea", "claims.comment")
	comment.Hint = v.T("claims.comment.hint")
	return []field{level, since, recheck, criterion, comment}
}

// decideClaim records a planner's decision, or shows the form again with what is wrong or who was first.
func (w *Web) decideClaim(rw http.ResponseWriter, r *http.Request) {
	v := w.arrive(r)
	if err := v.formOf(rw, access.RolePlanner, access.RoleAdmin); err != nil {
		w.problem(rw, v.base, err)
		return
	}
	view, claim, err := v.decisionPage()
	if err != nil {
		w.problem(rw, v.base, err)
		return
	}
	done, err := v.decideOn(claim)
	if err == nil {
		redirect(rw, r, v.address.to(claimPath(claim.Service, claim.ID), "done", done))
		return
	}
	answer, err := v.refused(refusedForm{Decided: "claims.decided_by", Own: "claims.own"}, err)
	if err != nil {
		w.problem(rw, v.base, err)
		return
	}
	view.Fields = v.decisionFields(claim, r.PostForm)
	v.besideFields(&answer, pointers(view.Fields)...)
	view.formNotes = answer.formNotes
	w.render(rw, v.base, answer.Status, "review_claim", view)
}

// decideOn records the form's decision and returns what was done.
func (v *visit) decideOn(claim *register.Claim) (string, error) {
	ctx, form := v.request.Context(), v.request.PostForm
	var unread []programme.Fault
	decision := register.Decision{
		Claim: claim.ID, Verify: form.Get("decision") == "verify", Criterion: programme.Criterion(form.Get("criterion")),
		Comment: formText(form, "comment"), Version: formNumber(form, "version"),
	}
	done := "returned"
	if decision.Verify {
		done = "verified"
		decision.Level, decision.EffectiveOn = formLevel(form, "level"), formDate(form, "effective_on", &unread)
		decision.RecheckOn = formDate(form, "recheck_on", &unread)
	}
	outcome, err := v.acts.Claims.Decide(ctx, act.By{Who: v.reader.Principal, Unread: unread}, claim.Service, decision)
	return done, noted(ctx, &outcome, err)
}
