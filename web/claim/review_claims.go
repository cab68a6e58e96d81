package claim

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
	"mirsad/web/page"
)

// reviewClaimsView is what waits for the programme office: claims, oldest first, and levels to look at again.
type reviewClaimsView struct {
	page.Frame

	Heading, Lead string
	Claimed       page.Figure
	Verified      page.Figure
	Action        string
	Dates         []page.Hidden
	Entity        []page.Option
	// Service is the code of the one whose claims are listed, whatever their state; none lists what waits.
	Service, List string
	Rows          []waitingRow
	Nothing       string
	Pager         page.Pager
	Rechecks      []recheckRow
	NoRechecks    string
}

// waitingRow is a claim that waits.
type waitingRow struct {
	Service, Entity page.Link
	Verified        page.LevelChip
	Claim           claimView
	Shown           string // how many answers are yes, and what stands behind them
	Open            string
}

// recheckRow is a verified level that should have been looked at again.
type recheckRow struct {
	Service, Entity page.Link
	Level           page.LevelChip
	On, Days        string
	Open            string
}

func (v *visit) reviewClaims() (any, error) {
	if err := v.MayRead(access.RolePlanner, access.RoleAuditor, access.RoleAdmin); err != nil {
		return nil, err
	}
	all, err := v.allClaims()
	if err != nil {
		return nil, err
	}
	entity := v.Address.Query.Get("entity")
	wanted := func(code string) bool {
		s := v.Named.Services[code]
		return entity == "" || (s != nil && s.Entity == entity)
	}
	service, list := strings.TrimSpace(v.Address.Query.Get("service")), v.T("claims.review.open")
	open := page.Filter(all, func(c register.Claim) bool { return c.State == register.ClaimOpen && wanted(c.Service) })
	waiting := len(open)
	if service != "" { // also those that were decided on: a verified level is lowered there
		list = v.T("claims.made")
		open = page.Filter(all, func(c register.Claim) bool { return c.Service == service })
	}
	slices.SortStableFunc(open, func(a, b register.Claim) int { return a.RecordedAt.Compare(b.RecordedAt) })
	title := v.T("claims.review.title")
	view := reviewClaimsView{
		Frame: v.Frame(title), Heading: v.T("claims.review.heading", page.Args("n", waiting)),
		Lead:     v.T("claims.review.lead"),
		Claimed:  v.Whole("claimed.counted", v.Figures.Claimed.Counted),
		Verified: v.Whole("verified.counted", v.Figures.Verified.Counted),
		Action:   "/" + string(v.Language) + "/review/claims", Dates: v.Address.Others("entity", "service", "page"),
		Entity:  v.EntityOptions(entity),
		Service: service, List: list,
	}
	shown, pages := page.Paged(v.Visit, open, claimsOnPage)
	view.Pager = pages
	for i := range shown {
		view.Rows = append(view.Rows, v.waitingRow(&shown[i]))
	}
	if len(open) == 0 {
		view.Nothing = v.T("claims.review.nothing")
	}
	overdue := page.Filter(
		register.OverdueRechecks(all, v.Figures.On), func(r register.Recheck) bool { return wanted(r.Service) },
	)
	view.Rechecks = page.Each(overdue, v.recheckRow)
	if len(overdue) == 0 {
		view.NoRechecks = v.T("claims.recheck.none")
	}
	return view, nil
}

// ownerLinks lead to a service and its entity; one that the catalogue no longer has is named by its code.
func (v *visit) ownerLinks(code string) (service, entity page.Link, verified page.LevelChip) {
	s := v.Named.Services[code]
	if s == nil {
		return page.Link{Text: code}, page.Link{}, v.Chip(0)
	}
	return v.ServiceLink(code), v.EntityLink(s.Entity), v.Chip(s.LevelVerified)
}

func (v *visit) waitingRow(c *register.Claim) waitingRow {
	row := waitingRow{Claim: v.claimView(c), Open: v.Address.To(claimPath(c.Service, c.ID))}
	row.Service, row.Entity, row.Verified = v.ownerLinks(c.Service)
	yes := 0
	for _, each := range c.Answers {
		if each.Answer == programme.AnswerYes {
			yes++
		}
	}
	row.Shown = v.T("claims.shown", page.Args("n", yes))
	return row
}

func (v *visit) recheckRow(r register.Recheck) recheckRow {
	row := recheckRow{
		Level: v.Chip(r.Level), On: v.Date(r.RecheckOn), Days: v.T("claims.days_ago", page.Args("n", r.Days)),
		Open: v.Address.To(claimPath(r.Service, r.Claim)),
	}
	row.Service, row.Entity, _ = v.ownerLinks(r.Service)
	return row
}

func claimPath(service, claim string) string {
	return "/review/claims/" + url.PathEscape(service) + "/" + url.PathEscape(claim)
}

// reviewClaimView is one claim with the form to decide on it.
type reviewClaimView struct {
	page.Frame
	page.FormNotes

	Heading         string
	Service, Entity page.Link
	Verified        page.LevelChip
	Claim           claimView
	Siblings        []claimView // the service's other claims
	Back            page.Link
	// Action is where the form goes; empty where nothing can be decided, for the reason in Closed.
	Action, Closed string
	Version        string
	Fields         []page.Field
	// MayReturn says that the claim can be sent back: a verified level is lowered instead.
	MayReturn bool
}

func (v *visit) reviewClaim() (any, error) {
	if err := v.MayRead(access.RolePlanner, access.RoleAuditor, access.RoleAdmin); err != nil {
		return nil, err
	}
	view, claim, err := v.decisionPage()
	if err != nil {
		return nil, err
	}
	if done := v.Address.Query.Get("done"); done == "verified" || done == "returned" {
		view.Notice = v.T("claims.decided." + done)
	}
	view.Fields = v.decisionFields(claim, url.Values{})
	return view, nil
}

// decisionPage is the page of the claim in the address, without its form's values.
func (v *visit) decisionPage() (*reviewClaimView, *register.Claim, error) {
	code := v.Parameter("service")
	claims, err := v.claimsOfService(code)
	if err != nil {
		return nil, nil, err
	}
	claim, err := register.FindClaim(claims, v.Parameter("claim"))
	if err != nil {
		return nil, nil, err
	}
	view := &reviewClaimView{
		Claim: v.claimView(claim), Version: strconv.Itoa(claim.Version()),
		MayReturn: claim.State != register.ClaimVerified,
		Back:      page.Link{Text: v.T("claims.review.title"), Address: v.Address.To("/review/claims")},
	}
	view.Service, view.Entity, view.Verified = v.ownerLinks(code)
	view.Frame, view.Heading = v.Frame(view.Service.Text), view.Service.Text
	for i := range claims {
		if claims[i].ID != claim.ID {
			view.Siblings = append(view.Siblings, v.claimView(&claims[i]))
		}
	}
	switch {
	case v.MayRead(access.RolePlanner, access.RoleAdmin) != nil:
	case claim.Actor == v.Reader.ID:
		view.Closed = v.T("claims.own")
	case claim.State == register.ClaimReplaced:
		view.Closed = v.T("claims.replaced")
	default:
		view.Action = "/" + string(v.Language) + claimPath(code, claim.ID)
	}
	return view, claim, nil
}

// decisionFields are the form's fields.
func (v *visit) decisionFields(claim *register.Claim, values url.Values) []page.Field {
	level := v.claimField(values, "level", "select", "claims.confirmed")
	for _, each := range slices.Backward(programme.Levels()) {
		if each <= claim.Level {
			value := strconv.Itoa(int(each))
			level.Options = append(level.Options, page.Option{
				Value: value, Chosen: value == level.Value,
				Text: v.T("web.level", page.Args("number", int(each), "name", v.LevelName(each))),
			})
		}
	}
	criterion := v.claimField(values, "criterion", "select", "claims.failing")
	criterion.Options = []page.Option{{Text: v.T("claims.failing.none")}}
	for _, each := range programme.Levels() {
		for _, c := range programme.CriteriaOf(each) {
			if each <= claim.Level {
				criterion.Options = append(
					criterion.Options,
					page.Option{Value: string(c), Text: v.criterion(c), Chosen: string(c) == criterion.Value},
				)
			}
		}
	}
	since := v.claimField(values, "effective_on", "date", "claims.confirmed_from")
	since.Hint, since.Required = v.T("claims.confirmed_from.hint"), claim.State == register.ClaimVerified
	recheck := v.claimField(values, "recheck_on", "date", "claims.recheck_on")
	comment := v.claimField(values, "comment", "textarea", "claims.comment")
	comment.Hint = v.T("claims.comment.hint")
	return []page.Field{level, since, recheck, criterion, comment}
}

// decideClaim records a planner's decision, or shows the form again with what is wrong or who was first.
func (v *visit) decideClaim(rw http.ResponseWriter) error {
	if err := v.formOf(rw, access.RolePlanner, access.RoleAdmin); err != nil {
		return err
	}
	view, claim, err := v.decisionPage()
	if err != nil {
		return err
	}
	done, err := v.decideOn(claim)
	if err == nil {
		page.Redirect(rw, v.Request, v.Address.To(claimPath(claim.Service, claim.ID), "done", done))
		return nil
	}
	answer, err := v.Refused(page.RefusedForm{Decided: "claims.decided_by", Own: "claims.own"}, err)
	if err != nil {
		return err
	}
	view.Fields = v.decisionFields(claim, v.Request.PostForm)
	v.BesideFields(&answer, page.Pointers(view.Fields)...)
	view.FormNotes = answer.FormNotes
	return v.Render(rw, answer.Status, "review_claim", view)
}

// decideOn records the form's decision and returns what was done.
func (v *visit) decideOn(claim *register.Claim) (string, error) {
	ctx, form := v.Request.Context(), v.Request.PostForm
	var unread []programme.Fault
	decision := register.Decision{
		Claim: claim.ID, Verify: form.Get("decision") == "verify",
		Criterion: programme.Criterion(form.Get("criterion")),
		Comment:   page.FormText(form, "comment"), Version: page.FormNumber(form, "version"),
	}
	done := "returned"
	if decision.Verify {
		done = "verified"
		decision.Level, decision.EffectiveOn = page.FormLevel(form, "level"), page.FormDate(
			form, "effective_on", &unread,
		)
		decision.RecheckOn = page.FormDate(form, "recheck_on", &unread)
	}
	outcome, err := v.deps.Acts.Claims.Decide(
		ctx, act.By{Who: v.Reader.Principal, Unread: unread}, claim.Service, decision,
	)
	return done, page.Noted(ctx, &outcome, err)
}
