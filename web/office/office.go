package office

import (
	"log/slog"
	"net/http"
	"slices"

	"mirsad/internal/access"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/web/page"
)

// Office is what administrators see and decide about people, tokens and sessions; auditors see it.
type Office interface {
	People
	Sessions
}

// officePages are the pages of the office, by path and title.
var officePages = []struct{ path, title string }{
	{"/people", "people.title"},
	{"/tokens", "people.token.title"},
	{"/sessions", "people.session.title"},
	{"/links", "people.link.title"},
}

// formOutcome is what came of a form of the office, or that none was sent.
type formOutcome struct {
	status int
	// id is whose form it is; empty for something new.
	id     string
	faults []page.FormFault
	once   *secretView
}

// officeView is what the office's pages share.
type officeView struct {
	page.Frame
	page.FormNotes

	Heading, Lead string
	Tabs          []page.Link
	// Once is a secret that is shown on this answer alone.
	Once *secretView
	// Search and Action are the form that looks for rows, SearchLabel says in what.
	Search, SearchLabel, Action string
	// Nothing stands in place of a table without rows.
	Nothing string
}

// secretView is a secret that is shown once.
type secretView struct{ Heading, Text, Secret string }

// serving serves a page or a form of the office.
type serving func(*visit, http.ResponseWriter) error

// decide serves a form that only administrators send; the table of routes says so too.
func decide(act serving) serving { return decideAs((*visit).decides, act) }

// decideAs is decide for those whom the first function lets.
func decideAs(may func(*visit) bool, act serving) serving {
	return func(v *visit, rw http.ResponseWriter) error {
		if !may(v) {
			return programme.ErrForbidden
		}
		if err := page.ReadForm(rw, v.Request, page.ShortForm); err != nil {
			return err
		}
		return act(v, rw)
	}
}

// decides reports whether the reader may change people, tokens and sessions, oversees whether they may see them.
func (v *visit) decides() bool { return v.Reader.Known && v.Reader.Role == access.RoleAdmin }

func (v *visit) oversees() bool {
	return v.decides() || v.Reader.Known && v.Reader.Role == access.RoleAuditor
}

// officeFrame returns what surrounds a page of the office, also where a form was sent to, which is no page of its own:
// what came of the form, and the words of notices for what the address says has been done.
func (v *visit) officeFrame(path, words string, sent formOutcome, notices map[string]string) officeView {
	v.Address.Path = path
	title := v.T(words + ".title")
	query := v.Request.URL.Query()
	view := officeView{
		Frame: v.Frame(title), Heading: title, Action: "/" + string(v.Language) + path, Once: sent.once,
		Search: query.Get("q"), SearchLabel: v.T(words + ".search"),
	}
	if key := notices[query.Get("done")]; key != "" { // what the address may say is a closed list
		view.Notice = v.T(key)
	}
	view.Alert = sent.faultOf("")
	for _, each := range officePages {
		if (each.path == "/links" && !v.seesLinks()) || (each.path != "/links" && !v.oversees()) {
			continue
		}
		view.Tabs = append(
			view.Tabs, page.Link{Text: v.T(each.title), Address: v.Address.To(each.path), Current: each.path == path},
		)
	}
	return view
}

// faultOf is what is wrong with a field of the form, or with the name "" with the form itself; empty for nothing.
func (o *formOutcome) faultOf(field string) string {
	for _, each := range o.faults {
		if each.Field == field {
			return each.Words
		}
	}
	return ""
}

// failed reports whether the form was sent and refused.
func (o *formOutcome) failed() bool { return len(o.faults) > 0 }

// officeField is a field of one of the forms of a page, whose names may be the same.
func officeField(form, name, kind, label, value string) page.Field {
	f := page.NewField(name, kind, label, value)
	f.ID = form + "-" + name
	return f
}

// nameEntities learns the entities' names. Without figures the pages go on with codes: whoever must be disabled now
// must not wait for a figure.
func (v *visit) nameEntities() []figures.EntityFigures {
	if err := v.LoadFigures(); err != nil {
		v.Logger.WarnContext(
			v.Request.Context(), "people are shown without the entities' names", slog.Any("error", err),
		)
		return nil
	}
	list := v.Figures.Entities
	v.Figures = nil // the page shows none, so it bears no stamp
	return list
}

// offered reports whether a form names an entity of the catalogue, or none; the catalogue may be away.
func offered(list []figures.EntityFigures, code string) bool {
	return code == "" || len(list) == 0 ||
		slices.ContainsFunc(list, func(e figures.EntityFigures) bool { return e.Code == code })
}
