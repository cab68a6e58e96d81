package signin

import (
	"context"
	"errors"
	"net/http"

	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/httpserver"
	"mirsad/internal/link"
	"mirsad/web/page"
)

// LinkDoor is where the reader of a link comes in; link.Text words what is refused.
type LinkDoor interface {
	// LookAt changes nothing; Open begins the link's session, Accept makes the account of an invitation.
	LookAt(ctx context.Context, bearer string) (link.Link, link.Subject, error)
	Open(rw http.ResponseWriter, r *http.Request, bearer string) (link.Link, error)
	Accept(ctx context.Context, bearer, name, password string) error
	// SignOut ends the session of a link.
	SignOut(ctx context.Context) error
}

// linkLanding shows what a link is for and changes nothing, so that who only follows it uses nothing up.
func (v *visit) linkLanding(rw http.ResponseWriter) error {
	page.NoReferrer(rw)
	return v.showLanding(rw, page.LandingView{})
}

func (v *visit) showLanding(rw http.ResponseWriter, view page.LandingView) error {
	link, about, err := v.deps.Links.LookAt(v.Request.Context(), v.Parameter("link"))
	if err != nil {
		return v.LinkRefused(rw, err)
	}
	entity, _ := about.In(v.Language)
	values := page.Args(
		"entity", entity, "month", v.Month(link.Month), "email", link.Email, "until", v.Instant(link.ExpiresAt, v.Zone),
	)
	view.Heading, view.Classification = v.T("people.link.landing."+string(link.Purpose), values), about.Classification
	view.Frame, view.Email = v.Frame(view.Heading), link.Email
	view.Invited = link.Purpose == access.LinkInvitation
	key := "people.link.landing.submission_text"
	if view.Invited {
		key = "people.link.landing.invitation_text"
	}
	view.Texts = []string{v.T(key, values), v.T("people.link.landing.until", values)}
	view.Action = v.Request.URL.EscapedPath()
	status := http.StatusOK
	if view.Failed != "" {
		status = http.StatusUnprocessableEntity
	}
	return v.Render(rw, status, "link", view)
}

// openLink does what a link is for: it makes the account of an invitation, or begins a submission's session.
func (v *visit) openLink(rw http.ResponseWriter) error {
	page.NoReferrer(rw)
	if err := page.ReadForm(rw, v.Request, page.ShortForm); err != nil {
		return err
	}
	if v.Request.PostForm.Has("password") {
		return v.acceptInvitation(rw)
	}
	link, err := v.deps.Links.Open(rw, v.Request, v.Parameter("link"))
	if err != nil {
		return v.LinkRefused(rw, err)
	}
	sent := "/" + string(v.Language) + linkPages[link.Purpose]
	if link.Purpose == access.LinkStatements {
		sent += "?month=" + link.Month.String()
	}
	page.Redirect(rw, v.Request, sent)
	return nil
}

func (v *visit) acceptInvitation(rw http.ResponseWriter) error {
	form := v.Request.PostForm
	view := page.LandingView{Name: form.Get("name")}
	if form.Get("password") != form.Get("repeat") {
		view.Failed = v.T("people.link.landing.differ")
		return v.showLanding(rw, view)
	}
	err := v.deps.Links.Accept(v.Request.Context(), v.Parameter("link"), view.Name, form.Get("password"))
	if err == nil {
		page.Redirect(rw, v.Request, "/"+string(v.Language)+"/sign-in")
		return nil
	}
	switch {
	case errors.Is(err, link.ErrPersonExists), errors.Is(err, account.ErrPersonExists):
		view.Failed = v.T("people.link.fault.exists") + " " + v.T("people.link.fault.exists.remedy")
	case errors.Is(err, account.ErrName):
		view.Failed = v.T("people.fault.name")
	case account.PasswordText(err) != "":
		view.Failed = v.T(account.PasswordText(err))
	default:
		return v.LinkRefused(rw, err)
	}
	httpserver.NoteError(v.Request.Context(), err)
	return v.showLanding(rw, view)
}

// linkPages are where the readers of signed links land, by what their link is for.
var linkPages = map[access.Purpose]string{
	access.LinkPlan: "/submit", access.LinkStatements: "/statements", access.LinkClaims: "/claims",
}
