package web

import (
	"context"
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/httpserver"
)

// LinkDoor is where the reader of a link comes in; account.LinkText words what is refused.
type LinkDoor interface {
	// LookAtLink changes nothing; OpenLink begins the link's session, AcceptInvitation makes its account.
	LookAtLink(ctx context.Context, bearer string) (account.Link, account.LinkSubject, error)
	OpenLink(rw http.ResponseWriter, r *http.Request, bearer string) (account.Link, error)
	AcceptInvitation(ctx context.Context, bearer, name, password string) (account.User, error)
}

func (w *Web) landingRoutes(r chi.Router) {
	if w.deps.Links == nil {
		return
	}
	r.Get("/link/{link}", w.linkLanding)
	r.Post("/link/{link}", w.openLink)
}

// linkLanding shows what a link is for and changes nothing, so that who only follows it uses nothing up.
func (w *Web) linkLanding(rw http.ResponseWriter, r *http.Request) {
	noReferrer(rw)
	w.showLanding(rw, w.arrive(r), landingView{})
}

func (w *Web) showLanding(rw http.ResponseWriter, v *visit, view landingView) {
	link, about, err := w.deps.Links.LookAtLink(v.request.Context(), v.parameter("link"))
	if err != nil {
		w.linkRefused(rw, v.base, err)
		return
	}
	entity, _ := about.In(v.Language)
	values := args("entity", entity, "month", v.Month(link.Month), "email", link.Email, "until", v.Instant(link.ExpiresAt, v.Zone))
	view.Heading, view.Classification = v.T("people.link.landing."+string(link.Purpose), values), about.Classification
	view.frame, view.Email = v.frame(view.Heading), link.Email
	view.Invited = link.Purpose == access.LinkInvitation
	key := "people.link.landing.submission_text"
	if view.Invited {
		key = "people.link.landing.invitation_text"
	}
	view.Texts = []string{v.T(key, values), v.T("people.link.landing.until", values)}
	view.Action = v.request.URL.EscapedPath()
	status := http.StatusOK
	if view.Failed != "" {
		status = http.StatusUnprocessableEntity
	}
	w.render(rw, v.base, status, "link", view)
}

// openLink does what a link is for: it makes the account of an invitation, or begins a submission's session.
func (w *Web) openLink(rw http.ResponseWriter, r *http.Request) {
	noReferrer(rw)
	v := w.arrive(r)
	if err := readForm(rw, r, shortForm); err != nil {
		w.problem(rw, v.base, err)
		return
	}
	if r.PostForm.Has("password") {
		w.acceptInvitation(rw, v)
		return
	}
	link, err := w.deps.Links.OpenLink(rw, r, v.parameter("link"))
	if err != nil {
		w.linkRefused(rw, v.base, err)
		return
	}
	page := "/" + string(v.Language) + linkPages[link.Purpose]
	if link.Purpose == access.LinkStatements {
		page += "?month=" + link.Month.String()
	}
	redirect(rw, r, page)
}

func (w *Web) acceptInvitation(rw http.ResponseWriter, v *visit) {
	form := v.request.PostForm
	view := landingView{Name: form.Get("name")}
	if form.Get("password") != form.Get("repeat") {
		view.Failed = v.T("people.link.landing.differ")
		w.showLanding(rw, v, view)
		return
	}
	_, err := w.deps.Links.AcceptInvitation(v.request.Context(), v.parameter("link"), view.Name, form.Get("password"))
	if err == nil {
		redirect(rw, v.request, "/"+string(v.Language)+"/sign-in")
		return
	}
	switch {
	case errors.Is(err, account.ErrPersonExists):
		view.Failed = v.T("people.link.fault.exists") + " " + v.T("people.link.fault.exists.remedy")
	case errors.Is(err, account.ErrName):
		view.Failed = v.T("people.fault.name")
	case account.PasswordText(err) != "":
		view.Failed = v.T(account.PasswordText(err))
	default:
		w.linkRefused(rw, v.base, err)
		return
	}
	httpserver.NoteError(v.request.Context(), err)
	w.showLanding(rw, v, view)
}

// linkPages are where the readers of signed links land, by what their link is for.
var linkPages = map[access.Purpose]string{
	access.LinkPlan: "/submit", access.LinkStatements: "/statements", access.LinkClaims: "/claims",
}
