package route

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// Print writes who may use which address, as one table sorted by address: {lang} is en or ar.
func Print(to io.Writer, routes []Route) error {
	sorted := slices.Clone(routes)
	slices.SortFunc(sorted, func(a, b Route) int {
		return cmp.Or(cmp.Compare(a.address(), b.address()), cmp.Compare(a.Method, b.Method))
	})
	table := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	rows := []string{"METHOD\tADDRESS\tPEOPLE\tTOKENS\tLINKS\tREMARK\tAUDIT\tBODY"}
	for _, each := range sorted {
		rows = append(rows, strings.Join([]string{
			each.Method, each.address(), or(each.Who.RoleNames()), or(each.Who.ScopeNames()), or(each.Who.LinkNames()),
			or(each.Who.Limits()), or(each.Action), each.bodyLimit(),
		}, "\t"))
	}
	for _, row := range rows {
		if _, err := fmt.Fprintln(table, row); err != nil {
			return fmt.Errorf("print the routes: %w", err)
		}
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("print the routes: %w", err)
	}
	return nil
}

// address is the route's pattern, for a page with a place for its language.
func (r Route) address() string {
	if r.Localized {
		return "/{lang}" + r.Path
	}
	return r.Path
}

// bodyLimit is the largest body in words; what only reads takes none.
func (r Route) bodyLimit() string {
	if r.Method == "GET" || r.Method == "DELETE" {
		return "-"
	}
	return fmt.Sprintf("%.0f MB", float64(r.MostBody())/(1<<20))
}

func or(text string) string { return cmp.Or(text, "-") }
