package office

import (
	"context"
	"net/http"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/figures"
	"mirsad/web/page"
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
	Fields        []page.Field
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

func (v *visit) people(rw http.ResponseWriter) error {
	return v.showPeople(
		rw, personAsk{formOutcome: formOutcome{status: http.StatusOK, id: v.Request.URL.Query().Get("person")}},
	)
}

func (v *visit) addPerson(rw http.ResponseWriter) error {
	form := v.Request.PostForm
	ask := personAsk{
		email: form.Get("email"), name: form.Get("name"), role: access.Role(form.Get("role")),
		entity: form.Get("entity"),
	}
	if !offered(v.nameEntities(), ask.entity) {
		ask.entity = ""
	}
	user, password, err := v.deps.Office.AddUser(v.Request.Context(), ask.email, ask.name, ask.role, ask.entity)
	if err != nil {
		return v.personRefused(rw, ask, err)
	}
	return v.showPeople(
		rw, personAsk{formOutcome: formOutcome{status: http.StatusCreated, once: v.firstPassword(user, password)}},
	)
}

func (v *visit) changePerson(rw http.ResponseWriter) error {
	form := v.Request.PostForm
	ask := personAsk{
		formOutcome: formOutcome{id: form.Get("person")}, role: access.Role(form.Get("role")),
		entity: form.Get("entity"),
	}
	if !offered(v.nameEntities(), ask.entity) {
		ask.entity = ""
	}
	user, err := v.deps.Office.ChangeUser(v.Request.Context(), ask.id, ask.role, ask.entity)
	if err != nil {
		return v.personRefused(rw, ask, err)
	}
	page.Redirect(rw, v.Request, v.Address.To("/people", "done", "changed", "person", user.ID))
	return nil
}

func (v *visit) disablePerson(rw http.ResponseWriter) error {
	ask := personAsk{formOutcome: formOutcome{id: v.Request.PostForm.Get("person")}}
	user, err := v.deps.Office.DisableUser(v.Request.Context(), ask.id)
	if err != nil {
		return v.personRefused(rw, ask, err)
	}
	page.Redirect(rw, v.Request, v.Address.To("/people", "done", "disabled", "person", user.ID))
	return nil
}

func (v *visit) enablePerson(rw http.ResponseWriter) error {
	ask := personAsk{formOutcome: formOutcome{id: v.Request.PostForm.Get("person")}}
	user, password, err := v.deps.Office.ReadmitUser(v.Request.Context(), ask.id)
	switch {
	case err != nil:
		return v.personRefused(rw, ask, err)
	case password == "":
		page.Redirect(rw, v.Request, v.Address.To("/people", "done", "enabled", "person", user.ID))
		return nil
	default:
		return v.showPeople(
			rw, personAsk{formOutcome: formOutcome{status: http.StatusCreated, once: v.firstPassword(user, password)}},
		)
	}
}

// firstPassword is never part of an address, so it stands in the answer to the form itself.
func (v *visit) firstPassword(user account.User, password string) *secretView {
	return &secretView{
		Heading: v.T("people.first.heading", page.Args("name", user.Name)),
		Text:    v.T("people.first.text", page.Args("email", user.Email)), Secret: password,
	}
}

// personRefused shows the form again with what is wrong beside its field.
func (v *visit) personRefused(rw http.ResponseWriter, ask personAsk, err error) error {
	answer, err := v.Refused(page.RefusedForm{FaultOf: account.PersonFault}, err)
	if err != nil {
		return err
	}
	ask.status, ask.faults = answer.Status, answer.Faults
	return v.showPeople(rw, ask)
}

func (v *visit) showPeople(rw http.ResponseWriter, ask personAsk) error {
	ctx := v.Request.Context()
	users, err := v.deps.Office.ListUsers(ctx)
	if err != nil {
		return err
	}
	signIns, err := v.deps.Office.LastSignIns(ctx)
	if err != nil {
		return err
	}
	entities := v.nameEntities()
	view := peopleView{officeView: v.officeFrame("/people", "people", ask.formOutcome, peopleNotices)}
	active := 0
	for _, user := range users {
		if !user.Disabled {
			active++
		}
		row := v.personRow(user, signIns[user.ID])
		if page.Matches(view.Search, row.Name, row.Email, row.Role, row.Entity, user.Entity) {
			view.Rows = append(view.Rows, row)
		}
		if v.decides() && user.ID == ask.id {
			view.Opened = v.personForm(user, entities, ask)
		}
	}
	view.Lead = v.T("people.lead", page.Args("n", active))
	if len(view.Rows) == 0 {
		view.Nothing = v.T("people.nothing")
	}
	if v.decides() {
		view.New = v.newPersonForm(entities, ask)
	}
	return v.NoStore(rw, ask.status, "people", view)
}

func (v *visit) personRow(user account.User, signedIn time.Time) personRow {
	row := personRow{
		Name: user.Name, Email: user.Email, Role: v.roleName(user.Role), SignedIn: v.T("people.never"),
		Active: !user.Disabled,
		State:  v.T("people.state." + personState(user)),
	}
	if user.Entity != "" {
		row.Entity = v.EntityName(user.Entity)
	}
	if !signedIn.IsZero() {
		row.SignedIn = v.Instant(signedIn, v.Zone)
	}
	if v.decides() {
		row.Open = v.Address.To("/people", "person", user.ID) + "#person"
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
	form := &personForm{ID: user.ID, Heading: v.T("people.open", page.Args("name", user.Name))}
	form.Fields = []page.Field{v.roleField("person", ask), v.entityField("person", entities, ask)}
	switch {
	case user.Disabled:
		form.Enable, form.Fixed = at+"enable", v.T("people.fixed.disabled")
		if !user.Local() {
			form.Fixed = v.T("people.fixed.disabled_provider")
		}
	case "user/"+user.ID == v.Reader.ID:
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
	page.Beside([]*page.Field{&email, &name}, ask.faults)
	return &personForm{Fields: []page.Field{email, name, v.roleField("new", ask), v.entityField("new", entities, ask)}}
}

func (v *visit) roleField(form string, ask personAsk) page.Field {
	f := officeField(form, "role", "select", v.T("people.role"), string(ask.role))
	if ask.role == "" {
		f.Options = []page.Option{{Text: v.T("people.choose")}}
	}
	for _, role := range access.Roles() {
		f.Options = append(
			f.Options, page.Option{Value: string(role), Text: v.roleName(role), Chosen: role == ask.role},
		)
	}
	page.Beside([]*page.Field{&f}, ask.faults)
	return f
}

func (v *visit) entityField(form string, entities []figures.EntityFigures, ask personAsk) page.Field {
	f := page.Optional(officeField(form, "entity", "select", v.T("people.entity"), ask.entity))
	f.Hint, f.Options = v.T("people.entity_hint"), v.EntityChoices(entities, ask.entity, v.T("people.no_entity"))
	page.Beside([]*page.Field{&f}, ask.faults)
	return f
}
