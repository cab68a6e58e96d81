package reports

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/httpserver"
	"mirsad/internal/i18n"
	"mirsad/internal/route"
)

// Report is a month with the addresses of its workbooks.
type Report struct {
	Month      civil.Month `json:"month"`
	Highlights Highlights  `json:"highlights"`
	State      string      `json:"state" enum:"draft" doc:"A draft is made anew from what is known."`
}

// Highlights are the addresses of a month's workbook by language.
type Highlights struct {
	English string `json:"en"`
	Arabic  string `json:"ar"`
}

// List is every month that has a workbook, the newest first.
type List struct {
	Items []Report `json:"items"`
}

// stateDraft is of a month that is not closed.
const stateDraft = "draft"

// Routes are the calls about the monthly workbook, for those who see the whole programme.
func (r *Reports) Routes() []route.Route {
	readers := access.For(access.RoleExecutive, access.RolePlanner, access.RoleAuditor, access.RoleAdmin).
		Tokens(access.ScopeRead).WholeProgramme()
	describe := func(description route.Description) route.Option {
		description.Tag, description.Status = "reports", http.StatusOK
		return route.Doc(description)
	}
	return []route.Route{
		route.Get("/v1/reports", r.listReports, readers, describe(route.Description{
			ID: "reports", Summary: "Months with a highlights workbook, the newest first",
			Gives: "application/json", Answer: reflect.TypeFor[List](),
		})),
		route.Get("/v1/reports/{month}", r.getReport, readers, describe(route.Description{
			ID: "report", Summary: "A month with its highlights workbooks",
			Gives: "application/json", Answer: reflect.TypeFor[Report](),
		})),
		route.Get("/v1/reports/{month}/highlights.xlsx", r.serveHighlights, readers, describe(route.Description{
			ID: "highlights-workbook", Summary: "A month's highlights workbook",
			Query: []route.Parameter{
				{Name: "lang", Text: "en or ar."}, {Name: "as_at", Text: "The last day of the knowledge used."},
			},
			Gives: workbookType,
		})),
	}
}

func (r *Reports) listReports(w http.ResponseWriter, req *http.Request) error {
	months, err := r.Months(req.Context(), figures.Question{})
	if err != nil {
		return err
	}
	list := List{Items: make([]Report, 0, len(months))}
	for _, month := range months {
		list.Items = append(list.Items, reportOf(month))
	}
	return answerTagged(w, req, list)
}

func (r *Reports) getReport(w http.ResponseWriter, req *http.Request) error {
	month, err := r.month(req.Context(), req.PathValue("month"))
	if err != nil {
		return err
	}
	return answerTagged(w, req, reportOf(month))
}

func reportOf(month civil.Month) Report {
	address := func(language i18n.Language) string {
		return fmt.Sprintf("/v1/reports/%s/highlights.xlsx?lang=%s", month, language)
	}
	return Report{
		Month: month, State: stateDraft,
		Highlights: Highlights{English: address(i18n.English), Arabic: address(i18n.Arabic)},
	}
}

// answerTagged answers JSON named by its content: a client that has it gets no second copy.
func answerTagged(w http.ResponseWriter, req *http.Request, body any) error {
	content, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("answer the reports: %w", err)
	}
	sum := sha256.Sum256(content)
	tag := `W/"` + hex.EncodeToString(sum[:16]) + `"`
	header := w.Header()
	header.Set("Cache-Control", "private, no-cache")
	header.Set("ETag", tag)
	if httpserver.Holds(req, tag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	header.Set("Content-Type", "application/json")
	_, _ = w.Write(append(content, '\n')) // a client that has gone needs no answer
	return nil
}
