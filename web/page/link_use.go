package page

import (
	"errors"
	"net/http"

	"mirsad/internal/httpserver"
	"mirsad/internal/link"
	"mirsad/internal/programme"
)

// Confirmed answers what was confirmed by the page that shows it. A reader who came by a signed link, whose session has
// ended with that, gets a last page.
func (v *Visit) Confirmed(rw http.ResponseWriter, address string) error {
	if v.Reader.Purpose == "" {
		Redirect(rw, v.Request, address)
		return nil
	}
	purpose := v.Reader.Purpose
	v.Reader = reader{}
	heading := v.T("people.link.used." + string(purpose))
	NoReferrer(rw)
	return v.Render(rw, http.StatusOK, "link", LandingView{
		Frame: v.Frame(heading), Heading: heading, Classification: v.Settings().Classification,
		Texts: []string{v.T("people.link.used.text")},
	})
}

// LandingView is what the reader of a link sees before anything is done.
type LandingView struct {
	Frame

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

// NoReferrer keeps the address, which holds the link's secret, on this page: it is sent to no other page and nothing
// stores it.
func NoReferrer(rw http.ResponseWriter) {
	rw.Header().Set("Referrer-Policy", "no-referrer")
	rw.Header().Set("Cache-Control", "no-store")
	rw.Header().Set("X-Robots-Tag", "noindex, nofollow")
}

// LinkRefused says why a link does not open; an error that is no matter of the link is returned.
func (v *Visit) LinkRefused(rw http.ResponseWriter, err error) error {
	key := link.Text(err)
	if key == "" {
		return err
	}
	httpserver.NoteError(v.Request.Context(), err)
	status := http.StatusForbidden
	switch {
	case errors.Is(err, programme.ErrNotFound):
		status = http.StatusNotFound
	case errors.Is(err, programme.ErrAlreadyDecided):
		status = http.StatusConflict
	case !errors.Is(err, link.ErrSignedIn):
		status = http.StatusGone
	}
	heading := v.T("people.link.not_open")
	return v.Render(rw, status, "link", LandingView{Frame: v.Frame(heading), Heading: heading, Refused: v.T(key)})
}
