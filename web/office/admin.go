package office

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"mirsad/internal/access"
	"mirsad/internal/act"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/web/page"
)

// record is a kind of thing that an administrator edits in a form, each time as a new version.
type record struct {
	family  programme.Family
	subject func(v *visit) (string, error)
	heading func(v *visit) string
	lead    string // the key of a sentence
	// values are a form's from what stands; stream may be empty.
	values func(v *visit, stream []programme.Fact) (url.Values, error)
	// fields are the form's, filled in.
	fields func(v *visit, values url.Values) []page.Field
	// read reads a form: how to record it, and what could not be read.
	read func(v *visit, values url.Values, stream []programme.Fact) (recording, []programme.Fault, error)
}

// recording is the act that records a form as it was read.
type recording func(context.Context, act.By, register.Change) (act.Version, error)

// adminView is the form of a record, with its history.
type adminView struct {
	page.Frame
	page.FormNotes

	Heading, Lead string
	Sections      []page.Link
	Action        string
	Editable      bool
	Fields        []page.Field
	Version       uint32
	Trial         *trial
	History       []versionRow
}

// trial is what a form would change.
type trial struct {
	Changes []changeRow
	Effects []string
}

// mayAdminister refuses who may not even read; the table of routes does so first.
func (v *visit) mayAdminister() error {
	if !v.Reader.Known || (v.Reader.Role != access.RoleAuditor && !v.Reader.Admin()) {
		return programme.ErrForbidden
	}
	return nil
}

// showRecord shows what stands.
func showRecord(kind record) serving {
	return func(v *visit, rw http.ResponseWriter) error {
		view, err := v.standing(kind)
		if err != nil {
			return err
		}
		if saved := v.Address.Query.Get("saved"); saved == strconv.FormatUint(uint64(view.Version), 10) {
			view.Notice = v.T("admin.saved", page.Args("n", int(view.Version)))
		}
		return v.Render(rw, http.StatusOK, "admin", view)
	}
}

// standing returns the form as it stands.
func (v *visit) standing(kind record) (*adminView, error) {
	if err := v.mayAdminister(); err != nil {
		return nil, err
	}
	stream, err := v.stream(kind)
	if err != nil {
		return nil, err
	}
	values, err := kind.values(v, stream)
	if err != nil {
		return nil, err
	}
	view := v.adminView(kind, stream)
	view.Fields = kind.fields(v, values)
	if view.Editable {
		view.Fields = append(view.Fields, v.reasonField(""))
	}
	for i := range view.Fields {
		view.Fields[i].ReadOnly = !view.Editable
	}
	return view, nil
}

func (v *visit) stream(kind record) ([]programme.Fact, error) {
	subject, err := kind.subject(v)
	if err != nil {
		return nil, err
	}
	stream, err := v.deps.Register.Stream(v.Request.Context(), kind.family, subject)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", kind.family, err)
	}
	return stream, nil
}

func (v *visit) adminView(kind record, stream []programme.Fact) *adminView {
	view := &adminView{
		Frame: v.Frame(kind.heading(v)), Heading: kind.heading(v), Lead: v.T(kind.lead), Sections: v.adminSections(),
		Action: "/" + string(v.Language) + v.Address.Path, Editable: v.Reader.Admin(),
		History: historyWords{v.Visit}.versions(stream),
	}
	if len(stream) > 0 {
		view.Version = stream[len(stream)-1].Seq
	}
	return view
}

func (v *visit) adminSections() []page.Link {
	sections := []page.Link{{Text: v.T("admin.settings"), Address: v.Address.To("/admin")}}
	for _, name := range programme.Calendars() {
		sections = append(
			sections, page.Link{Text: v.T("admin.calendar." + name), Address: v.Address.To("/admin/calendars/" + name)},
		)
	}
	sections = append(sections, page.Link{Text: v.T("admin.campaigns"), Address: v.Address.To("/admin/campaigns")})
	for i := range sections {
		sections[i].Current = sections[i].Address == v.Address.To(v.Address.Path)
	}
	return sections
}

// posted is a form as it was sent.
type posted struct {
	record

	values url.Values
	stream []programme.Fact
	// act records it.
	act    recording
	change register.Change
	unread []programme.Fault
}

// saveRecord records what a form says, or with the button "try" shows what that would change.
func saveRecord(kind record) serving {
	return func(v *visit, rw http.ResponseWriter) error {
		form, err := v.posted(rw, kind)
		if err != nil {
			return err
		}
		ctx := v.Request.Context()
		by := act.By{Who: v.Reader.Principal, Dry: form.values.Get("act") == "try", Unread: form.unread}
		outcome, err := form.act(ctx, by, form.change)
		err = page.Noted(ctx, &outcome, err)
		if outcome.Recorded() {
			page.Redirect(rw, v.Request, v.Address.With("saved", strconv.FormatUint(uint64(outcome.After.Seq), 10)))
			return nil
		}
		view := v.adminView(kind, form.stream)
		view.Version = form.change.Version
		if err == nil {
			view.Trial = v.trial(&outcome)
		}
		answer, err := v.Refused(page.RefusedForm{
			Decided: "admin.conflict", Present: v.Address.To(v.Address.Path), Unchanged: "admin.unchanged",
			Fault: v.recordFault,
		}, err)
		if err != nil {
			return err
		}
		view.Fields = append(form.fields(v, form.values), v.reasonField(form.values.Get("reason")))
		v.BesideFields(&answer, page.Pointers(view.Fields)...)
		view.FormNotes = answer.FormNotes
		return v.Render(rw, answer.Status, "admin", view)
	}
}

// posted reads a form and the stream that it is about.
func (v *visit) posted(rw http.ResponseWriter, kind record) (*posted, error) {
	if err := v.mayAdminister(); err != nil {
		return nil, err
	}
	if !v.Reader.Admin() {
		return nil, programme.ErrForbidden
	}
	if err := page.ReadForm(rw, v.Request, page.LongForm); err != nil {
		return nil, err
	}
	stream, err := v.stream(kind)
	if err != nil {
		return nil, err
	}
	form := &posted{record: kind, values: v.Request.PostForm, stream: stream}
	form.change.Reason = form.values.Get("reason")
	if form.change.Version, err = page.FormVersion(form.values); err != nil {
		return nil, err
	}
	form.act, form.unread, err = kind.read(v, form.values, stream)
	return form, err
}

// trial says what a form would change.
func (v *visit) trial(outcome *act.Version) *trial {
	var before json.RawMessage
	if outcome.Before != nil {
		before = outcome.Before.Body
	}
	return &trial{
		Changes: historyWords{v.Visit}.changes(register.Differences(before, outcome.After.Body)),
		Effects: v.effects(outcome.Effect),
	}
}
