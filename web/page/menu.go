package page

import (
	"strings"

	"mirsad/internal/access"
	"mirsad/internal/route"
)

// menu returns the links to the pages that the reader may see, in the order of the routes.
func (v *Visit) menu() []Link {
	var links []Link
	current := v.currentEntry()
	for _, each := range v.Served {
		if each.InMenu == nil || !each.InMenu.Has(v.Reader.Principal, each.Who) {
			continue
		}
		key := each.InMenu.Key
		if each.InMenu.OwnKey != "" && v.Reader.Role == access.RoleAgency {
			key = each.InMenu.OwnKey
		}
		path := pathOf(each)
		links = append(links, Link{Text: v.T(key), Address: v.Address.To(path), Current: path == current})
	}
	return links
}

// currentEntry is the path of the menu's entry that the reader is on: the nearest one at or above the page.
func (v *Visit) currentEntry() string {
	nearest := ""
	for _, each := range v.Served {
		if each.InMenu == nil {
			continue
		}
		path := pathOf(each)
		is := v.Address.Path == path || (each.InMenu.Below && strings.HasPrefix(v.Address.Path, path+"/"))
		if is && len(path) > len(nearest) {
			nearest = path
		}
	}
	return nearest
}

// MayOpen reports whether there is a page at the path and the reader may open it.
func (v *Visit) MayOpen(path string) bool {
	for _, each := range v.Served {
		if each.InMenu != nil && pathOf(each) == path {
			return each.Who.Allows(v.Reader.Principal)
		}
	}
	return false
}

func pathOf(r route.Route) string { return strings.TrimSuffix(r.Path, "{$}") }
