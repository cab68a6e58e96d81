package web

import (
	"net/http"

	"mirsad/internal/account"
)

// linkPages are where the readers of signed links land, by what their link is for.
var linkPages = map[account.LinkPurpose]string{
	account.LinkPlan: "/submit", account.LinkStatements: "/statements", account.LinkClaims: "/claims",
}

// confirmed answers what was confirmed: by the page that shows it, and who came by a signed link, whose session has ended
// with that, by a last page.
func (w *Web) confirmed(rw http.ResponseWriter, v *visit, address string) {
	if v.reader.Purpose == "" {
		redirect(rw, v.request, address)
		return
	}
	purpose := v.reader.Purpose
	v.reader = reader{}
	heading := v.T("people.link.used." + string(purpose))
	noReferrer(rw)
	w.render(rw, v, http.StatusOK, "link", landingView{
		frame: v.frame(heading), Heading: heading, Classification: v.Settings().Classification, Texts: []string{v.T("people.link.used.text")},
	})
}
