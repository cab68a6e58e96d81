package gather_test

import (
	"slices"
	"testing"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// headlinesOn are the figures at the top and the likelihood of the goal; the probability is this program's.
func (w *recordedWorld) headlinesOn(pinned figures.Question) question {
	query := map[string]any{}
	return w.question("headlines", "", query, pinned, func(t *testing.T) any {
		t.Helper()
		found, err := w.figures.Figures(t.Context(), pinned)
		if err != nil {
			t.Fatal(err)
		}
		words := map[string]any{}
		for _, p := range []*figures.Progress{&found.Verified, &found.Claimed} {
			query[p.Basis.String()] = map[string]any{"probability": p.Forecast.Probability, "coverage": p.Forecast.Coverage}
			word, limited := p.Likelihood()
			words[p.Basis.String()] = map[string]any{"word": word, "limited": limited}
		}
		return map[string]any{"headlines": found.Headlines(), "likelihood": words}
	})
}

// found are the findings of one entity and kind.
type found struct {
	Count    int                 `json:"count"` // with those that are not listed
	Findings []programme.Finding `json:"findings"`
}

// rawKinds are the findings that only raw events can say.
var rawKinds = []programme.FindingKind{
	programme.FindingIDOnTwoDays, programme.FindingIDOnTwoServices, programme.FindingUseUnderTwoSources,
}

// qualityOn are the doubts about data, by entity and kind.
func (w *recordedWorld) qualityOn(pinned figures.Question) question {
	return w.question("quality", "", nil, pinned, func(t *testing.T) any {
		t.Helper()
		quality, err := w.figures.Quality(t.Context(), pinned)
		if err != nil {
			t.Fatal(err)
		}
		groups := map[string]*found{}
		of := func(entity string, kind programme.FindingKind) *found {
			key := entity + " " + string(kind)
			if groups[key] == nil {
				groups[key] = &found{Findings: []programme.Finding{}}
			}
			return groups[key]
		}
		for i := range quality.Findings {
			each := &quality.Findings[i]
			if slices.Contains(rawKinds, each.Kind) {
				continue
			}
			group := of(each.Entity, each.Kind)
			group.Count++
			group.Findings = append(group.Findings, *each)
		}
		for _, limit := range quality.Limits {
			if limit.Entity != "" {
				group := of(limit.Entity, limit.Kind)
				group.Count += limit.More
				group.Findings = group.Findings[:0] // which ones are listed is not compared
			}
		}
		return groups
	})
}
