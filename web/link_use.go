package web

import (
	"context"
	"net/http"

	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/civil"
)

// linkPages are where the readers of signed links land, by what their link is for.
var linkPages = map[access.Purpose]string{
	access.LinkPlan: "/submit", access.LinkStatements: "/statements", access.LinkClaims: "/claims",
}

// useLink does what a reader has confirmed, for a month or for none. Who came by a signed link uses it up with that.
func (v *visit) useLink(purpose access.Purpose, entity string, month civil.Month, act func(context.Context) error) error {
	if v.reader.Purpose == "" {
		return act(v.request.Context())
	}
	return v.Links.UseLink(v.request.Context(), account.LinkAct{Purpose: purpose, Entity: entity, Month: month}, act)
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
