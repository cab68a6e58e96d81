package web

import (
	"slices"
	"strings"

	"mirsad/internal/account"
)

// menu returns the links to the pages that the reader may see.
func (v *visit) menu() []link {
	links := make([]link, 0, 16)
	for _, item := range []struct{ path, key string }{
		{"/", "web.menu.overview"},
		{"/entities", "web.menu.entities"},
		{"/services", "web.menu.services"},
		{"/usage", "web.menu.usage"},
		{"/plans", "web.menu.plans"},
		{"/quality", "web.menu.quality"},
		{"/definitions", "web.menu.definitions"},
	} {
		links = append(links, v.menuLink(item.key, item.path, v.address.path == item.path))
	}
	if v.submits() {
		key := "submit.menu.any"
		if v.reader.Role == account.RoleAgency {
			key = "submit.menu.own"
		}
		links = append(links, v.menuLink(key, "/submit", v.under("/submit")))
	}
	if v.seesStatements() {
		links = append(links, v.menuLink("statements.menu", "/statements", v.under("/statements")))
	}
	if v.reviews() {
		links = append(links, v.menuLink("review.menu", "/review", v.under("/review") && !v.under("/review/claims")))
	}
	links = append(links, v.claimLinks()...)
	if v.deps.Audit != nil && slices.Contains(auditReaders, v.reader.Role) {
		links = append(links, v.menuLink("audit.title", "/audit", v.under("/audit")))
	}
	if v.mayAdminister() == nil {
		links = append(links, v.menuLink("admin.menu", "/admin", v.under("/admin")))
	}
	if v.oversees() {
		links = append(links, v.menuLink("people.title", "/people", v.address.path == "/people"))
	}
	if v.seesLinks() && !v.oversees() {
		links = append(links, v.menuLink("people.link.title", "/links", v.address.path == "/links"))
	}
	return links
}

func (v *visit) menuLink(key, path string, current bool) link {
	return link{Text: v.T(key), Address: v.address.to(path), Current: current}
}

// under reports whether the page is a given one or below it.
func (v *visit) under(path string) bool {
	return v.address.path == path || strings.HasPrefix(v.address.path, path+"/")
}
