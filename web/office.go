package web

import (
	"cmp"
	"errors"
	"log/slog"
	"net/http"
	"slices"

	"mirsad/internal/access"
	"mirsad/internal/figures"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
)

// Office is what administrators see and decide about people, tokens and sessions; auditors see it.
type Office interface {
	People
	Tokens
	Sessions
}

// officePages are the pages of the office, by path and title.
var officePages = []struct{ path, title string }{{"/people", "people.title"}, {"/tokens", "people.token.title"}, {"/sessions", "people.session.title"}, {"/links", "people.link.title"}}

// formOutcome is what came of a form of the office, or that none was sent.
type formOutcome struct {
	status int
	// id is whose form it is; empty for something new.
	id           string
	field, fault string
	once         *secretView
}

// officeView is what the office's pages share.
type officeView struct {
	frame

	Heading, Lead string
	Tabs          []link
	// Notice says what has just been done, Failed why something was not.
	Notice, Failed string
	// Once is a secret that is shown on this answer alone.
	Once *secretView
	// Search and Action are the form that looks for rows, SearchLabel says in what.
	Search, SearchLabel, Action string
	// Nothing stands in place of a table without rows.
	Nothing string
}

// secretView is a secret that is shown once.
type secretView struct{ Heading, Text, Secret string }

// formField is a field of a form with what is wrong with it.
type formField struct {
	ID, Name, Label, Type string
	Value, Hint, Fault    string
	// Options are the choices of a select.
	Options  []option
	Required bool
	// Min and Max bound a number; empty elsewhere.
	Min, Max string
}

// Described names the elements that explain the field.
func (f formField) Described() string {
	switch {
	case f.Fault != "":
		return f.ID + "-fault"
	case f.Hint != "":
		return f.ID + "-hint"
	default:
		return ""
	}
}

// decide returns the handler of a form that only administrators send; the table of routes says so too.
func (w *Web) decide(act func(http.ResponseWriter, *visit)) http.HandlerFunc {
	return w.decideAs((*visit).decides, act)
}

// decideAs is decide for those whom the first function lets.
func (w *Web) decideAs(may func(*visit) bool, act func(http.ResponseWriter, *visit)) http.HandlerFunc {
	return func(rw http.ResponseWriter, r *http.Request) {
		v := w.arrive(r)
		if !may(v) {
			w.problem(rw, v, programme.ErrForbidden)
			return
		}
		if err := readForm(rw, r); err != nil {
			w.problem(rw, v, err)
			return
		}
		act(rw, v)
	}
}

// decides reports whether the reader may change people, tokens and sessions, oversees whether they may see them.
func (v *visit) decides() bool { return v.reader.known && v.reader.Role == access.RoleAdmin }

func (v *visit) oversees() bool {
	return v.Office != nil && (v.decides() || v.reader.known && v.reader.Role == access.RoleAuditor)
}

// officeFrame returns what surrounds a page of the office, also where a form was sent to, which is no page of its own:
// what came of the form, and the words of notices for what the address says has been done.
func (v *visit) officeFrame(path, words string, sent formOutcome, notices map[string]string) officeView {
	v.address.path = path
	title := v.T(words + ".title")
	query := v.request.URL.Query()
	view := officeView{
		frame: v.frame(title), Heading: title, Action: "/" + string(v.Language) + path, Once: sent.once,
		Search: query.Get("q"), SearchLabel: v.T(words + ".search"),
	}
	if key := notices[query.Get("done")]; key != "" { // what the address may say is a closed list
		view.Notice = v.T(key)
	}
	if sent.field == "" {
		view.Failed = sent.fault
	}
	for _, each := range officePages {
		if (each.path == "/links" && !v.seesLinks()) || (each.path != "/links" && !v.oversees()) {
			continue
		}
		view.Tabs = append(view.Tabs, link{Text: v.T(each.title), Address: v.address.to(each.path), Current: each.path == path})
	}
	return view
}

// showOffice answers with a page of the office, which nobody keeps.
func (w *Web) showOffice(rw http.ResponseWriter, v *visit, status int, name string, view any) {
	rw.Header().Set("Cache-Control", "no-store")
	w.render(rw, v, status, name, view)
}

// refused takes down what is wrong with a form, to be shown beside its field; an error that is no refusal is answered
// here, and false returned.
func (w *Web) refused(rw http.ResponseWriter, v *visit, sent *formOutcome, err error, faultOf func(error) (field, key string)) bool {
	field, key := faultOf(err)
	if key == "" {
		w.problem(rw, v, err)
		return false
	}
	httpserver.NoteError(v.request.Context(), err)
	sent.status, sent.field, sent.fault = http.StatusUnprocessableEntity, field, v.T(key)
	if errors.Is(err, programme.ErrAlreadyDecided) {
		sent.status = http.StatusConflict
	}
	return true
}

// nameEntities learns the entities' names. Without figures the pages go on with codes: whoever must be disabled now must
// not wait for a figure.
func (v *visit) nameEntities() []figures.EntityFigures {
	if err := v.gather(); err != nil {
		v.Logger.WarnContext(v.request.Context(), "people are shown without the entities' names", slog.Any("error", err))
		return nil
	}
	list := v.figures.Entities
	v.figures = nil // the page shows none, so it bears no stamp
	return list
}

// entityChoices offers the entities, and the chosen one even when it is not among them; none is what no entity is called.
func (v *visit) entityChoices(list []figures.EntityFigures, chosen, none string) []option {
	choices := []option{{Text: none}}
	found := chosen == ""
	for i := range list {
		found = found || list[i].Code == chosen
		choices = append(choices, option{Value: list[i].Code, Text: v.name(list[i].Name, list[i].NameAr), Chosen: list[i].Code == chosen})
	}
	if !found {
		choices = append(choices, option{Value: chosen, Text: chosen, Chosen: true})
	}
	slices.SortStableFunc(choices[1:], func(a, b option) int { return cmp.Compare(a.Text, b.Text) })
	return choices
}

// offered reports whether a form names an entity of the catalogue, or none; the catalogue may be away.
func offered(list []figures.EntityFigures, code string) bool {
	return code == "" || len(list) == 0 || slices.ContainsFunc(list, func(e figures.EntityFigures) bool { return e.Code == code })
}
