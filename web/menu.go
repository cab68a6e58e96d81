package web

import (
	"slices"
	"strings"

	"mirsad/internal/account"
)

// menu returns the links to the pages that the reader may see.
func (v *visit) menu() []link {
	links := make([]link, 0, 7)
	for _, item := range []struct{ path, key string }{
		{"/", "web.menu.overview"},
		{"/entities", "web.menu.entities"},
		{"/services", "web.menu.services"},
		{"/usage", "web.menu.usage"},
		{"/plans", "web.menu.plans"},
		{"/quality", "web.menu.quality"},
		{"/definitions", "web.menu.definitions"},
	} {
		links = append(links, link{Text: v.T(item.key), Address: v.address.to(item.path), Current: v.address.path == item.path})
	}
	if v.submits() {
		key := "submit.menu.any"
		if v.reader.Role == account.RoleAgency {
			key = "submit.menu.own"
		}
		current := v.address.path == "/submit" || strings.HasPrefix(v.address.path, "/submit/")
		links = append(links, link{Text: v.T(key), Address: v.address.to("/submit"), Current: current})
	}
	if v.seesStatements() {
		links = append(links, link{Text: v.T("statements.menu"), Address: v.address.to("/statements"), Current: v.address.path == "/statements"})
	}
	if v.reviews() {
		current := v.address.path == "/review" || (strings.HasPrefix(v.address.path, "/review/") && !strings.HasPrefix(v.address.path, "/review/claims"))
		links = append(links, link{Text: v.T("review.menu"), Address: v.address.to("/review"), Current: current})
	}
	links = append(links, v.claimLinks()...)
	if v.Audit != nil && slices.Contains(auditReaders, v.reader.Role) {
		links = append(links, link{Text: v.T("audit.title"), Address: v.address.to("/audit"), Current: v.address.path == "/audit"})
	}
	if v.mayAdminister() == nil {
		current := v.address.path == "/admin" || strings.HasPrefix(v.address.path, "/admin/")
		links = append(links, link{Text: v.T("admin.menu"), Address: v.address.to("/admin"), Current: current})
	}
	if v.oversees() {
		links = append(links, link{Text: v.T("people.title"), Address: v.address.to("/people"), Current: v.address.path == "/people"})
	}
	if v.seesLinks() && !v.oversees() {
		links = append(links, link{Text: v.T("people.link.title"), Address: v.address.to("/links"), Current: v.address.path == "/links"})
	}
	return links
}
