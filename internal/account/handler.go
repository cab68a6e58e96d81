package account

import (
	"encoding/json"
	"net/http"

	"mirsad/internal/httpserver"
)

// Handler answers the API's calls about sessions, people and signed links; it runs under Middleware and Guard.
func (a *Accounts) Handler() http.Handler {
	calls := http.NewServeMux()
	calls.HandleFunc("GET /v1/sessions", a.listSessions)
	calls.HandleFunc("DELETE /v1/sessions/{session}", a.endListedSession)
	calls.HandleFunc("GET /v1/people", a.listPeople)
	calls.HandleFunc("POST /v1/people", a.addPerson)
	calls.HandleFunc("POST /v1/people/{person}/disable", a.disablePerson)
	calls.HandleFunc("POST /v1/people/{person}/enable", a.enablePerson)
	calls.HandleFunc("GET /v1/links", a.listLinks)
	calls.HandleFunc("POST /v1/links", a.postLink)
	calls.HandleFunc("DELETE /v1/links/{link}", a.deleteLink)
	return calls
}

// sessionList is a list's answer as everywhere in the API; all open sessions fit on one page.
type sessionList struct {
	Items []Session `json:"items"`
	Next  string    `json:"next"`
}

func (a *Accounts) listSessions(w http.ResponseWriter, r *http.Request) {
	sessions, err := a.ListSessions(r.Context())
	if err != nil {
		httpserver.WriteProblem(w, r, err)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(sessionList{Items: sessions}) // a client that has gone needs no answer
}

func (a *Accounts) endListedSession(w http.ResponseWriter, r *http.Request) {
	if err := a.EndSession(r.Context(), r.PathValue("session")); err != nil {
		httpserver.WriteProblem(w, r, err)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNoContent)
}
