package web

import (
	"errors"
	"net/http"

	"mirsad/internal/account"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
)

// confirmed answers what was confirmed by the page that shows it. A reader who came by a signed link, whose session has
// ended with that, gets a last page.
func (k *kit) confirmed(rw http.ResponseWriter, v *base, address string) {
	if v.reader.Purpose == "" {
		redirect(rw, v.request, address)
		return
	}
	purpose := v.reader.Purpose
	v.reader = reader{}
	heading := v.T("people.link.used." + string(purpose))
	noReferrer(rw)
	k.render(rw, v, http.StatusOK, "link", landingView{
		frame: v.frame(heading), Heading: heading, Classification: v.Settings().Classification,
		Texts: []string{v.T("people.link.used.text")},
	})
}

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

// noReferrer keeps the address, which holds the link's secret, on this page: it is sent to no other page and nothing
// stores it.
func noReferrer(rw http.ResponseWriter) {
	rw.Header().Set("Referrer-Policy", "no-referrer")
	rw.Header().Set("Cache-Control", "no-store")
	rw.Header().Set("X-Robots-Tag", "noindex, nofollow")
}

// linkRefused says why a link does not open.
func (k *kit) linkRefused(rw http.ResponseWriter, v *base, err error) {
	key := account.LinkText(err)
	if key == "" {
		k.problem(rw, v, err)
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
	k.render(rw, v, status, "link", landingView{frame: v.frame(heading), Heading: heading, Refused: v.T(key)})
}
