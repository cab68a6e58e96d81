package dashboard

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"mirsad/internal/programme"
	"mirsad/web/page"
)

// findingRow is a finding with the numbers behind it and what to do.
type findingRow struct {
	Entity, Service page.Link
	Kind            string
	Text, Remedy    string
	// Number is what is in doubt, Against what it is measured against; which of them there are, the kind decides.
	Number, Against, Difference *page.Figure
}

// rowOfFinding is a finding at a place in the list of all.
func rowOfFinding(v *visit, f *programme.Finding, place int) findingRow {
	at := "quality.items." + strconv.Itoa(place) + "."
	row := findingRow{Entity: v.EntityLink(f.Entity), Kind: v.T("base.finding_kind." + string(f.Kind))}
	if f.Service != "" {
		row.Service = v.ServiceLink(f.Service)
	}
	if f.Kind == programme.FindingStatementDiffers {
		row.Number, row.Against = new(v.CountOf(at+"statement", f.Statement)), new(v.CountOf(at+"events", f.Events))
	} else if f.Value.Known() {
		row.Number = new(v.CountOf(at+"value", f.Value))
		if f.Against.Known() {
			row.Against = new(v.CountOf(at+"against", f.Against))
		}
	}
	if f.Difference.State != "" {
		row.Difference = new(v.Growth(at+"difference", f.Difference))
	}
	row.Text, row.Remedy = v.Finding(f)
	if v.Named.Services[f.Service] == nil {
		row.Service.Address = "" // it has left the catalogue, or gone to another entity
	}
	if v.Named.Entities[f.Entity] == nil {
		row.Entity.Address = ""
	}
	return row
}

// askedFindings is which findings the address asks for.
type askedFindings struct {
	entity, search string
	kind           programme.FindingKind
}

func findingsAsked(v *visit) (askedFindings, error) {
	asked := askedFindings{
		entity: v.Address.Query.Get("entity"), search: v.Address.Query.Get("q"),
		kind: programme.FindingKind(v.Address.Query.Get("kind")),
	}
	if asked.kind != "" && !slices.Contains(programme.FindingKinds(), asked.kind) {
		return asked, fmt.Errorf("%w: kind %q is none of %v", programme.ErrInvalid, asked.kind, programme.FindingKinds())
	}
	return asked, nil
}

// wants reports whether a finding is of the kind and of a service whose name or code holds what is searched for.
func (a *askedFindings) wants(v *visit, f *programme.Finding) bool {
	if a.kind != "" && a.kind != f.Kind {
		return false
	}
	texts := []string{f.Service}
	if s := v.Named.Services[f.Service]; s != nil {
		texts = append(texts, s.Name, s.NameAr)
	}
	return page.Matches(a.search, texts...)
}

// kindOptions offers the kinds of finding by their names.
func kindOptions(v *visit, chosen programme.FindingKind) []page.Option {
	options := []page.Option{{Text: v.T("web.any")}}
	for _, kind := range programme.FindingKinds() {
		options = append(options, page.Option{
			Value: string(kind), Text: v.T("base.finding_kind." + string(kind)), Chosen: kind == chosen,
		})
	}
	slices.SortStableFunc(options[1:], func(a, b page.Option) int { return cmp.Compare(a.Text, b.Text) })
	return options
}

// findingsBeside is what is doubtful in the data of the page's own figures.
type findingsBeside struct {
	Heading string
	Rows    []findingRow
	// All leads to the whole list.
	All page.Link
}

// mostBeside is how many findings are shown beside figures; the list of all is a link away.
const mostBeside = 5

// besideFigures are the findings that a page's figures are concerned by, the first few, with a link to them all.
func besideFigures(v *visit, wanted func(*programme.Finding) bool, pairs ...string) (findingsBeside, error) {
	all, err := v.Source.Quality(v.Request.Context(), v.Question)
	if err != nil {
		return findingsBeside{}, fmt.Errorf("ask for the data's quality: %w", err)
	}
	found := page.Filter(all.Of(v.Reader.Sees).Findings, func(f programme.Finding) bool { return wanted(&f) })
	if len(found) == 0 {
		return findingsBeside{}, nil
	}
	beside := findingsBeside{Heading: v.T("web.findings.heading"), All: page.Link{
		Text: v.T("web.findings.all", page.Args("n", len(found))), Address: v.Address.To("/quality", pairs...),
	}}
	for i := range found[:min(len(found), mostBeside)] {
		beside.Rows = append(beside.Rows, rowOfFinding(v, &found[i], i))
	}
	return beside, nil
}
