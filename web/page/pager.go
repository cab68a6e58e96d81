package page

import "strconv"

// Pager is the part of a list that a page shows, with the links to the pages beside it.
type Pager struct {
	// First and Last bound the rows of the page, as a slice does.
	First, Last int
	// Label names the links, Range the rows that are shown.
	Label, Range   string
	Previous, Next Link
}

// Paged returns the rows of a list that the address's page shows. A page beyond the last one is the last one, and what
// is no number is the first.
func Paged[T any](v *Visit, list []T, size int) ([]T, Pager) {
	pages := max(1, (len(list)+size-1)/size)
	asked, _ := strconv.Atoi(v.Address.Query.Get("page")) // a number out of range is the nearest one in it
	number := min(max(asked, 1), pages)
	first := (number - 1) * size
	p := Pager{First: first, Last: min(first+size, len(list)), Label: v.T("web.pages")}
	p.Range = v.T("web.range", Args("first", min(first+1, p.Last), "last", p.Last, "n", len(list)))
	if number > 1 {
		p.Previous = Link{Text: v.T("web.previous"), Address: v.Address.With("page", strconv.Itoa(number-1))}
	}
	if number < pages {
		p.Next = Link{Text: v.T("web.next"), Address: v.Address.With("page", strconv.Itoa(number+1))}
	}
	return list[p.First:p.Last], p
}

// At has the links lead to an element of their page.
func (p Pager) At(id string) Pager {
	for _, each := range []*Link{&p.Previous, &p.Next} {
		if each.Address != "" {
			each.Address += "#" + id
		}
	}
	return p
}
