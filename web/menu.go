package web

import (
	"strings"

	"mirsad/internal/access"
	"mirsad/internal/route"
)

// menu returns the links to the pages that the reader may see, in the order of the routes.
func (v *base) menu() []link {
	var links []link
	current := v.currentEntry()
	for _, each := range v.served {
		if each.InMenu == nil || !each.InMenu.Has(v.reader.Principal, each.Who) {
			continue
		}
		key := each.InMenu.Key
		if each.InMenu.OwnKey != "" && v.reader.Role == access.RoleAgency {
			key = each.InMenu.OwnKey
		}
		path := pathOf(each)
		links = append(links, link{Text: v.T(key), Address: v.address.to(path), Current: path == current})
	}
	return links
}

// currentEntry is the path of the menu's entry that the reader is on: the nearest one at or above the page.
func (v *base) currentEntry() string {
	nearest := ""
	for _, each := range v.served {
		if each.InMenu == nil {
			continue
		}
		path := pathOf(each)
		is := v.address.path == path || (each.InMenu.Below && strings.HasPrefix(v.address.path, path+"/"))
		if is && len(path) > len(nearest) {
			nearest = path
		}
	}
	return nearest
}

// mayOpen reports whether there is a page at the path and the reader may open it.
func (v *base) mayOpen(path string) bool {
	for _, each := range v.served {
		if each.InMenu != nil && pathOf(each) == path {
			return each.Who.Allows(v.reader.Principal)
		}
	}
	return false
}

func pathOf(r route.Route) string { return strings.TrimSuffix(r.Path, "{$}") }
