package web

import (
	"errors"
	"net/http"

	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
)

// landingView is what the reader of a link sees before anything is done.
type landingView struct {
	frame

	Heading string
	Texts   []string
	// Refused says why the link does not open, Failed what was wrong with the form.
	Refused, Failed string
	// Action is the page itself: the form goes there. Empty when the link does not open.
	Action string
	// Invited shows the fields of an account.
	Invited        bool
	Name, Email    string
	Classification string
}

// noReferrer keeps the address, which holds the link's secret, on this page: no other page is told it and nothing stores it.
func noReferrer(rw http.ResponseWriter) {
	rw.Header().Set("Referrer-Policy", "no-referrer")
	rw.Header().Set("Cache-Control", "no-store")
	rw.Header().Set("X-Robots-Tag", "noindex, nofollow")
}

// linkLanding shows what a link is for and changes nothing, so that who only follows it uses nothing up.
func (w *Web) linkLanding(rw http.ResponseWriter, r *http.Request) {
	noReferrer(rw)
	w.showLanding(rw, w.arrive(r), landingView{})
}

func (w *Web) showLanding(rw http.ResponseWriter, v *visit, view landingView) {
	link, about, err := w.Links.LookAtLink(v.request.Context(), v.parameter("link"))
	if err != nil {
		w.linkRefused(rw, v, err)
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
	w.render(rw, v, status, "link", view)
}

// linkRefused says why a link does not open.
func (w *Web) linkRefused(rw http.ResponseWriter, v *visit, err error) {
	key := account.LinkText(err)
	if key == "" {
		w.problem(rw, v, err)
		return
	}
	httpserver.NoteError(v.request.Context(), err)
	status := http.StatusForbidden
	switch {
	case errors.Is(err, programme.ErrNotFound):
		status = http.StatusNotFound
	case errors.Is(err, programme.ErrAlreadyDecided):
		status = http.StatusConflict
	case !errors.Is(err, account.ErrLinkSignedIn):
		status = http.StatusGone
	}
	heading := v.T("people.link.not_open")
	w.render(rw, v, status, "link", landingView{frame: v.frame(heading), Heading: heading, Refused: v.T(key)})
}

// openLink does what a link is for: it makes the account of an invitation, or begins a submission's session.
func (w *Web) openLink(rw http.ResponseWriter, r *http.Request) {
	noReferrer(rw)
	v := w.arrive(r)
	if err := readForm(rw, r); err != nil {
		w.problem(rw, v, err)
		return
	}
	if r.PostForm.Has("password") {
		w.acceptInvitation(rw, v)
		return
	}
	link, err := w.Links.OpenLink(rw, r, v.parameter("link"))
	if err != nil {
		w.linkRefused(rw, v, err)
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
	_, err := w.Links.AcceptInvitation(v.request.Context(), v.parameter("link"), view.Name, form.Get("password"))
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
		w.linkRefused(rw, v, err)
		return
	}
	httpserver.NoteError(v.request.Context(), err)
	w.showLanding(rw, v, view)
}
