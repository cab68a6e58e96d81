package api

import (
	"context"

	"mirsad/internal/access"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// clauseCount is how many services a clause keeps from counting, in words of both languages.
type clauseCount struct {
	figures.ClauseCount

	Text   string `json:"text"`
	TextAr string `json:"text_ar"`
}

type progressAnswer struct {
	figures.Stamp
	figures.Progress

	Coverage   figures.Coverage   `json:"coverage"`
	NotCounted []clauseCount      `json:"not_counted"`
	Likelihood figures.Likelihood `json:"likelihood" doc:"Of the goal by the target date: reached, almost_certain, likely, uncertain, unlikely or very_unlikely; empty without a forecast."`
	// LikelihoodLimited says that a surer word is not used, because of the back-test.
	LikelihoodLimited bool               `json:"likelihood_limited" doc:"A surer word is not used: the 80% band held fewer than 60% of the counts of past months."`
	Headlines         []figures.Headline `json:"headlines" doc:"The overview's figures, on the verified basis; status is empty without a target."`
	// ByBasis has the counts on both bases, whichever the answer is on.
	ByBasis bothBases `json:"by_basis"`
}

// bothBases are the counts as verified and as claimed, side by side.
type bothBases struct {
	Verified basisCount `json:"verified"`
	Claimed  basisCount `json:"claimed"`
}

type basisCount struct {
	Counted  int               `json:"counted"`
	EndToEnd int               `json:"end_to_end"`
	ByLevel  programme.ByLevel `json:"by_level"`
}

func countOf(p *figures.Progress) basisCount {
	return basisCount{Counted: p.Counted, EndToEnd: p.EndToEnd, ByLevel: p.ByLevel}
}

type coverageAnswer struct {
	figures.Stamp

	Coverage figures.Coverage `json:"coverage"`
}

type programmeAnswer struct {
	Moment
	programme.Settings

	Completeness figures.Completeness `json:"completeness"`
}

type progressInput struct {
	Asked
	Basis string `query:"basis" doc:"Which level counts; default verified." enum:"verified,claimed"`
}

type plainInput struct{ Asked }

func (a *API) registerProgress() {
	answers(a, call{id: "progress", who: access.Readers(), path: "/v1/progress", summary: "The way to the goal"},
		func(_ context.Context, v *view, in *progressInput) (progressAnswer, error) {
			basis, err := basisOf(in.Basis)
			if err != nil {
				return progressAnswer{}, err
			}
			progress := v.Verified
			if basis == figures.Claimed {
				progress = v.Claimed
			}
			likelihood, limited := progress.Likelihood()
			return progressAnswer{
				Stamp: v.Stamp, Progress: progress, Coverage: v.Coverage,
				NotCounted: v.clauseCounts(progress.NotCounted),
				Likelihood: likelihood, LikelihoodLimited: limited,
				Headlines: v.Headlines(),
				ByBasis:   bothBases{Verified: countOf(&v.Verified), Claimed: countOf(&v.Claimed)},
			}, nil
		})
	answers(a, call{id: "coverage", who: access.Readers(), path: "/v1/coverage", summary: "Services online, of all in the catalogue"},
		func(_ context.Context, v *view, _ *plainInput) (coverageAnswer, error) {
			return coverageAnswer{Stamp: v.Stamp, Coverage: v.Coverage}, nil
		})
	answers(a, call{id: "programme", who: access.Readers(), path: "/v1/programme", summary: "Goal, dates and counting rule"},
		func(_ context.Context, v *view, _ *plainInput) (programmeAnswer, error) {
			return programmeAnswer{Moment: v.moment(), Settings: v.Programme, Completeness: v.Completeness}, nil
		})
}

func basisOf(text string) (figures.Basis, error) {
	var read reader
	if read.oneOf("basis", text, figures.Verified.String(), figures.Claimed.String()) == figures.Claimed.String() {
		return figures.Claimed, read.err()
	}
	return figures.Verified, read.err()
}

func (v *view) clauseCounts(counts []figures.ClauseCount) []clauseCount {
	worded := make([]clauseCount, 0, len(counts))
	for _, each := range counts {
		worded = append(worded, clauseCount{
			ClauseCount: each, Text: v.clauseText(i18n.English, each.Clause),
			TextAr: v.clauseText(i18n.Arabic, each.Clause),
		})
	}
	return worded
}

// clauseText words why a service is not counted; "" when it is.
func (v *view) clauseText(language i18n.Language, clause programme.Clause) string {
	if clause == "" {
		return ""
	}
	return v.words.In(language).T("base.clause." + string(clause))
}
