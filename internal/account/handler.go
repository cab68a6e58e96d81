package account

import (
	"encoding/json"
	"net/http"
)

// sessionList is a list's answer as everywhere in the API; all open sessions fit on one page.
type sessionList struct {
	Items []Session `json:"items"`
	Next  string    `json:"next"`
}

func (a *Accounts) listSessions(w http.ResponseWriter, r *http.Request) error {
	sessions, err := a.ListSessions(r.Context())
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(sessionList{Items: sessions}) // a client that has gone needs no answer
	return nil
}

func (a *Accounts) endListedSession(w http.ResponseWriter, r *http.Request) error {
	if err := a.EndSession(r.Context(), r.PathValue("session")); err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNoContent)
	return nil
}
