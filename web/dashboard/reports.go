package dashboard

import (
	"context"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/web/page"
)

// Reports know which months have a workbook.
type Reports interface {
	// Months returns them, the newest first; none for an empty programme.
	Months(ctx context.Context, q figures.Question) ([]civil.Month, error)
}

// reportsView is the months with their workbooks.
type reportsView struct {
	frame

	Lead, Nothing string
	Months        []reportMonth
}

// reportMonth is a month with its workbook in both languages.
type reportMonth struct {
	Month, Value string // in words, and as in the address
	Workbooks    []workbookLink
}

// workbookLink leads to a workbook in a language.
type workbookLink struct {
	page.Link

	Language string
}

func (v *visit) reports() (any, error) {
	months, err := v.deps.Reports.Months(v.Request.Context(), v.Question)
	if err != nil {
		return nil, err
	}
	view := reportsView{frame: v.frame(v.T("web.menu.reports")), Lead: v.T("web.reports.lead")}
	for _, month := range months {
		view.Months = append(view.Months, v.reportMonth(month))
	}
	if len(months) == 0 {
		view.Nothing = v.T("web.reports.nothing")
	}
	return view, nil
}

// reportMonth leads to a month's workbook in both languages, as known on the day that the page is asked for.
func (v *visit) reportMonth(month civil.Month) reportMonth {
	listed := reportMonth{Month: v.Month(month), Value: month.String()}
	for _, language := range i18n.Languages() {
		address := v.Address.Workbook(month, language)
		listed.Workbooks = append(listed.Workbooks, workbookLink{
			Link:     page.Link{Text: v.T("web.reports.workbook." + string(language)), Address: address},
			Language: string(language),
		})
	}
	return listed
}

// reportsLink leads to the months' workbooks; empty for those who may not have them.
func (v *visit) reportsLink() page.Link {
	if !v.MayOpen("/reports") {
		return page.Link{}
	}
	return page.Link{Text: v.T("web.reports.link"), Address: v.Address.To("/reports")}
}
