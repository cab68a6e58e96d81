package link

import (
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/httpserver"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// LinkItem is a link as JSON; no secret is in it.
type LinkItem struct {
	ID         string         `json:"id"`
	Purpose    access.Purpose `json:"purpose"`
	Entity     string         `json:"entity"`
	Month      civil.Month    `json:"month,omitzero"`
	Email      string         `json:"email"`
	Language   i18n.Language  `json:"language"`
	State      State          `json:"state"`
	CreatedBy  string         `json:"created_by"`
	CreatedAt  time.Time      `json:"created_at"`
	ExpiresAt  time.Time      `json:"expires_at"`
	OpenedAt   time.Time      `json:"opened_at,omitzero"`
	OpenedFrom string         `json:"opened_from,omitempty"`
	UsedAt     time.Time      `json:"used_at,omitzero"`
	UsedFrom   string         `json:"used_from,omitempty"`
	RevokedAt  time.Time      `json:"revoked_at,omitzero"`
	// Address and Mail are those of a link that was just made.
	Address string `json:"address,omitempty"`
	Mail    string `json:"mail,omitempty"`
}

func (l *Links) item(link Link) LinkItem {
	return LinkItem{
		ID:         link.ID,
		Purpose:    link.Purpose,
		Entity:     link.Entity,
		Month:      link.Month,
		Email:      link.Email,
		Language:   link.Language,
		State:      l.StateOf(link),
		CreatedBy:  link.CreatedBy,
		CreatedAt:  link.CreatedAt,
		ExpiresAt:  link.ExpiresAt,
		OpenedAt:   link.OpenedAt,
		OpenedFrom: link.OpenedFrom,
		UsedAt:     link.UsedAt,
		UsedFrom:   link.UsedFrom,
		RevokedAt:  link.RevokedAt,
	}
}

// LinkList is a list's answer as everywhere in the API; all links fit on one page.
type LinkList struct {
	Items []LinkItem `json:"items"`
	Next  string     `json:"next"`
}

func (l *Links) serveList(w http.ResponseWriter, r *http.Request) error {
	links, err := l.List(r.Context())
	if err != nil {
		return err
	}
	list := LinkList{Items: make([]LinkItem, 0, len(links))}
	for _, each := range links {
		list.Items = append(list.Items, l.item(each))
	}
	answerJSON(w, http.StatusOK, list)
	return nil
}

// NewLink is the body that asks for a link.
type NewLink struct {
	Purpose  access.Purpose `json:"purpose"`
	Entity   string         `json:"entity"`
	Month    string         `json:"month"`
	Email    string         `json:"email"`
	Language i18n.Language  `json:"language"`
	Days     *int           `json:"days"` // none: UsualDays
}

// longestBody is the longest body that asks for a link, in bytes.
const longestBody = 16 << 10

func (l *Links) serveNew(w http.ResponseWriter, r *http.Request) error {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return httpserver.WrongMediaType("application/json")
	}
	var posted NewLink
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, longestBody))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&posted); err != nil {
		unread := fmt.Errorf(
			"%w: the body is a JSON object of purpose, entity, month, email, language and days", programme.ErrInvalid,
		)
		httpserver.WriteProblem(w, r, errors.Join(unread, err))
		return nil
	}
	ask := Ask{
		Purpose:  posted.Purpose,
		Entity:   posted.Entity,
		Month:    posted.Month,
		Email:    posted.Email,
		Language: posted.Language,
		Days:     UsualDays,
	}
	if posted.Days != nil {
		ask.Days = *posted.Days
	}
	issued, err := l.Issue(r.Context(), ask)
	if err != nil {
		return worded(err)
	}
	item := l.item(issued.Link)
	item.Address, item.Mail = issued.Address, issued.Mail
	w.Header().Set("Location", "/v1/links")
	answerJSON(w, http.StatusCreated, item)
	return nil
}

// worded words what is wrong with the asking in both languages.
func worded(err error) error {
	field, key := Fault(err)
	if key == "" {
		return err
	}
	return &httpserver.FaultsError{
		Faults: []httpserver.Fault{httpserver.NewFault(field, key, i18n.Args{"most": LongestDays})},
	}
}

func (l *Links) serveRevoke(w http.ResponseWriter, r *http.Request) error {
	if _, err := l.Revoke(r.Context(), r.PathValue("link")); err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func answerJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a client that has gone needs no answer
}
