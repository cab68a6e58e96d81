package web

import (
	"context"
	"net/http"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/figures"
)

// People are the accounts of everybody who may sign in; account.PersonFault words what is refused.
type People interface {
	ListUsers(ctx context.Context) ([]account.User, error)
	// LastSignIns returns when people last signed in, by account id.
	LastSignIns(ctx context.Context) (map[string]time.Time, error)
	// AddUser and ReadmitUser return a first password, which is shown once.
	AddUser(ctx context.Context, email, name string, role access.Role, entity string) (account.User, string, error)
	ReadmitUser(ctx context.Context, id string) (account.User, string, error)
	ChangeUser(ctx context.Context, id string, role access.Role, entity string) (account.User, error)
	DisableUser(ctx context.Context, emailOrID string) (account.User, error)
}

// peopleView lists people, with the forms that an administrator changes them by.
type peopleView struct {
	officeView

	Rows []personRow
	// Opened is the person whom the reader chose, New the form for another; nil when there is none.
	Opened *personForm
	New    *personForm
}

// personRow is a person in the list.
type personRow struct {
	Name, Email  string
	Role, Entity string
	SignedIn     string
	State        string
	Active       bool
	// Open leads to the person's form; empty for who may not change them.
	Open string
}

// personForm is a person's fields and what can be decided about them.
type personForm struct {
	ID, Heading string
	// Change is where the fields go; empty when they can't be changed, for the reason in Fixed.
	Change, Fixed string
	Fields        []field
	// Disable and Enable are where those decisions go; one of them at most.
	Disable, Enable string
}

// peopleNotices are what the page says after a form, by the done of its address.
var peopleNotices = map[string]string{
	"changed": "people.done.changed", "disabled": "people.done.disabled", "enabled": "people.done.enabled",
}

// personAsk is what a form about a person was sent with, and what came of it.
type personAsk struct {
	formOutcome

	email, name string
	role        access.Role
	entity      string
}

func (w *Web) people(rw http.ResponseWriter, r *http.Request) {
	w.showPeople(rw, w.arrive(r), personAsk{formOutcome: formOutcome{status: http.StatusOK, id: r.URL.Query().Get("person")}})
}

func (w *Web) addPerson(rw http.ResponseWriter, v *visit) {
	form := v.request.PostForm
	ask := personAsk{email: form.Get("email"), name: form.Get("name"), role: access.Role(form.Get("role")), entity: form.Get("entity")}
	if !offered(v.nameEntities(), ask.entity) {
		ask.entity = ""
	}
	user, password, err := w.deps.Office.AddUser(v.request.Context(), ask.email, ask.name, ask.role, ask.entity)
	if err != nil {
		w.personRefused(rw, v, ask, err)
		return
	}
	w.showPeople(rw, v, personAsk{formOutcome: formOutcome{status: http.StatusCreated, once: v.firstPassword(user, password)}})
}

func (w *Web) changePerson(rw http.ResponseWriter, v *visit) {
	form := v.request.PostForm
	ask := personAsk{formOutcome: formOutcome{id: form.Get("person")}, role: access.Role(form.Get("role")), entity: form.Get("entity")}
	if !offered(v.nameEntities(), ask.entity) {
		ask.entity = ""
	}
	user, err := w.deps.Office.ChangeUser(v.request.Context(), ask.id, ask.role, ask.entity)
	if err != nil {
		w.personRefused(rw, v, ask, err)
		return
	}
	redirect(rw, v.request, v.address.to("/people", "done", "changed", "person", user.ID))
}

func (w *Web) disablePerson(rw http.ResponseWriter, v *visit) {
	ask := personAsk{formOutcome: formOutcome{id: v.request.PostForm.Get("person")}}
	user, err := w.deps.Office.DisableUser(v.request.Context(), ask.id)
	if err != nil {
		w.personRefused(rw, v, ask, err)
		return
	}
	redirect(rw, v.request, v.address.to("/people", "done", "disabled", "person", user.ID))
}

func (w *Web) enablePerson(rw http.ResponseWriter, v *visit) {
	ask := personAsk{formOutcome: formOutcome{id: v.request.PostForm.Get("person")}}
	user, password, err := w.deps.Office.ReadmitUser(v.request.Context(), ask.id)
	switch {
	case err != nil:
		w.personRefused(rw, v, ask, err)
	case password == "":
		redirect(rw, v.request, v.address.to("/people", "done", "enabled", "person", user.ID))
	default:
		w.showPeople(rw, v, personAsk{formOutcome: formOutcome{status: http.StatusCreated, once: v.firstPassword(user, password)}})
	}
}

// firstPassword is never part of an address, so it stands in the answer to the form itself.
func (v *visit) firstPassword(user account.User, password string) *secretView {
	return &secretView{
		Heading: v.T("people.first.heading", args("name", user.Name)),
		Text:    v.T("people.first.text", args("email", user.Email)), Secret: password,
	}
}

// personRefused shows the form again with what is wrong beside its field.
func (w *Web) personRefused(rw http.ResponseWriter, v *visit, ask personAsk, err error) {
	answer, err := v.refused(refusedForm{FaultOf: account.PersonFault}, err)
	if err != nil {
		w.problem(rw, v.base, err)
		return
	}
	ask.status, ask.faults = answer.Status, answer.Faults
	w.showPeople(rw, v, ask)
}

func (w *Web) showPeople(rw http.ResponseWriter, v *visit, ask personAsk) {
	ctx := v.request.Context()
	users, err := w.deps.Office.ListUsers(ctx)
	if err != nil {
		w.problem(rw, v.base, err)
		return
	}
	signIns, err := w.deps.Office.LastSignIns(ctx)
	if err != nil {
		w.problem(rw, v.base, err)
		return
	}
	entities := v.nameEntities()
	view := peopleView{officeView: v.officeFrame("/people", "people", ask.formOutcome, peopleNotices)}
	active := 0
	for _, user := range users {
		if !user.Disabled {
			active++
		}
		row := v.personRow(user, signIns[user.ID])
		if matches(view.Search, row.Name, row.Email, row.Role, row.Entity, user.Entity) {
			view.Rows = append(view.Rows, row)
		}
		if v.decides() && user.ID == ask.id {
			view.Opened = v.personForm(user, entities, ask)
		}
	}
	view.Lead = v.T("people.lead", args("n", active))
	if len(view.Rows) == 0 {
		view.Nothing = v.T("people.nothing")
	}
	if v.decides() {
		view.New = v.newPersonForm(entities, ask)
	}
	w.noStore(rw, v.base, ask.status, "people", view)
}

func (v *visit) personRow(user account.User, signedIn time.Time) personRow {
	row := personRow{
		Name: user.Name, Email: user.Email, Role: v.roleName(user.Role), SignedIn: v.T("people.never"), Active: !user.Disabled,
		State: v.T("people.state." + personState(user)),
	}
	if user.Entity != "" {
		row.Entity = v.entityName(user.Entity)
	}
	if !signedIn.IsZero() {
		row.SignedIn = v.Instant(signedIn, v.Zone)
	}
	if v.decides() {
		row.Open = v.address.to("/people", "person", user.ID) + "#person"
	}
	return row
}

func personState(user account.User) string {
	switch {
	case user.Disabled:
		return "disabled"
	case user.MustChange:
		return "must_change"
	default:
		return "active"
	}
}

// roleName words a role; a person of the provider may have none any more.
func (v *visit) roleName(role access.Role) string {
	if role == "" {
		return v.T("people.no_role")
	}
	return v.T("account.role." + string(role))
}

func (v *visit) personForm(user account.User, entities []figures.EntityFigures, ask personAsk) *personForm {
	if !ask.failed() || ask.role == "" { // the form was not sent, or sent without these fields
		ask.role, ask.entity = user.Role, user.Entity
	}
	at := "/" + string(v.Language) + "/people/"
	form := &personForm{ID: user.ID, Heading: v.T("people.open", args("name", user.Name))}
	form.Fields = []field{v.roleField("person", ask), v.entityField("person", entities, ask)}
	switch {
	case user.Disabled:
		form.Enable, form.Fixed = at+"enable", v.T("people.fixed.disabled")
		if !user.Local() {
			form.Fixed = v.T("people.fixed.disabled_provider")
		}
	case "user/"+user.ID == v.reader.ID:
		form.Fixed = v.T("people.fault.own")
	case !user.Local():
		form.Disable, form.Fixed = at+"disable", v.T("people.fault.provider")
	default:
		form.Disable, form.Change = at+"disable", at+"change"
	}
	return form
}

func (v *visit) newPersonForm(entities []figures.EntityFigures, ask personAsk) *personForm {
	if ask.id != "" { // the other form was sent
		ask = personAsk{}
	}
	email := officeField("new", "email", "email", v.T("web.sign_in.email"), ask.email)
	name := officeField("new", "name", "text", v.T("people.name"), ask.name)
	beside([]*field{&email, &name}, ask.faults)
	return &personForm{Fields: []field{email, name, v.roleField("new", ask), v.entityField("new", entities, ask)}}
}

func (v *visit) roleField(form string, ask personAsk) field {
	f := officeField(form, "role", "select", v.T("people.role"), string(ask.role))
	if ask.role == "" {
		f.Options = []option{{Text: v.T("people.choose")}}
	}
	for _, role := range access.Roles() {
		f.Options = append(f.Options, option{Value: string(role), Text: v.roleName(role), Chosen: role == ask.role})
	}
	beside([]*field{&f}, ask.faults)
	return f
}

func (v *visit) entityField(form string, entities []figures.EntityFigures, ask personAsk) field {
	f := optional(officeField(form, "entity", "select", v.T("people.entity"), ask.entity))
	f.Hint, f.Options = v.T("people.entity_hint"), v.entityChoices(entities, ask.entity, v.T("people.no_entity"))
	beside([]*field{&f}, ask.faults)
	return f
}
