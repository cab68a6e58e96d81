package account

import (
	"encoding/json"
	"fmt"
	"net/http"

	"mirsad/internal/access"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
)

// PersonItem is a person as the API shows them.
type PersonItem struct {
	User

	ID string `json:"id" doc:"The e-mail address, or the identity provider's mark of the person."`
	// FirstPassword is made here and shown only once, to the administrator who passes it on; its owner changes it at
	// first use.
	FirstPassword string `json:"first_password,omitempty"`
}

// PeopleList is the list of people; all fit on one page.
type PeopleList struct {
	Items []PersonItem `json:"items"`
	Next  string       `json:"next"`
}

// NewPerson is what somebody is made of.
type NewPerson struct {
	Email  string      `json:"email"`
	Name   string      `json:"name"`
	Role   access.Role `json:"role"`
	Entity string      `json:"entity,omitempty" doc:"Of an agency person alone."`
}

func (a *Accounts) listPeople(w http.ResponseWriter, r *http.Request) error {
	users, err := a.ListUsers(r.Context())
	if err != nil {
		return err
	}
	list := PeopleList{Items: make([]PersonItem, len(users))}
	for i, user := range users {
		list.Items[i] = PersonItem{User: user, ID: user.ID}
	}
	answerPeople(w, http.StatusOK, list)
	return nil
}

func (a *Accounts) addPerson(w http.ResponseWriter, r *http.Request) error {
	var asked NewPerson
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&asked); err != nil {
		return fmt.Errorf("%w: the body is no person: %w", programme.ErrInvalid, err)
	}
	user, password, err := a.AddUser(r.Context(), asked.Email, asked.Name, asked.Role, asked.Entity)
	return answerPerson(w, r, http.StatusCreated, PersonItem{User: user, ID: user.ID, FirstPassword: password}, err)
}

func (a *Accounts) disablePerson(w http.ResponseWriter, r *http.Request) error {
	user, err := a.DisableUser(r.Context(), r.PathValue("person"))
	return answerPerson(w, r, http.StatusOK, PersonItem{User: user, ID: user.ID}, err)
}

func (a *Accounts) enablePerson(w http.ResponseWriter, r *http.Request) error {
	user, password, err := a.ReadmitUser(r.Context(), r.PathValue("person"))
	return answerPerson(w, r, http.StatusOK, PersonItem{User: user, ID: user.ID, FirstPassword: password}, err)
}

// answerPerson answers a decision about a person; a refusal names its field in both languages.
func answerPerson(w http.ResponseWriter, r *http.Request, status int, item PersonItem, err error) error {
	if err == nil {
		answerPeople(w, status, item)
		return nil
	}
	problem := httpserver.ProblemOf(r, err)
	if field, key := PersonFault(err); key != "" {
		problem.Errors = []httpserver.Fault{httpserver.NewRefusal(field, key)}
	}
	return problem
}

func answerPeople(w http.ResponseWriter, status int, content any) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(content) // a client that has gone needs no answer
}
