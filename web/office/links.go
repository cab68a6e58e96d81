package office

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/link"
	"mirsad/web/page"
)

// LinkDesk is where links are made and revoked; link.Fault words what is refused.
type LinkDesk interface {
	List(ctx context.Context) ([]link.Link, error)
	StateOf(made link.Link) link.State
	// MailOn reports whether letters are sent.
	MailOn() bool
	// Issue returns the link's address where no letter brought it; it is shown once.
	Issue(ctx context.Context, ask link.Ask) (link.Issued, error)
	Revoke(ctx context.Context, id string) (link.Link, error)
}

// linksView lists links, with the form for another.
type linksView struct {
	officeView

	Rows []linkRow
	// Fields are those of the form for another link, none where the reader makes none; MailText says where the link
	// goes.
	Fields   []page.Field
	MailText string
	// Revoke is where that decision goes; empty where there is none.
	Revoke string
}

// linkRow is a link in the list.
type linkRow struct {
	ID, For, Entity, Purpose, Month string
	Created, CreatedBy, Expires     string
	State                           string
	Alive                           bool
	Opened, OpenedFrom              string
	Used, UsedFrom                  string
}

// linkNotices are what the page says after a form, by the done of its address.
var linkNotices = map[string]string{"revoked": "people.link.done.revoked"}

// linkAsk is what the form for a link was sent with, and what came of it.
type linkAsk struct {
	link.Ask
	formOutcome

	days, sent string
}

func (v *visit) seesLinks() bool {
	return v.MakesLinks() || v.Reader.Known && v.Reader.Role == access.RoleAuditor
}

func (v *visit) links(rw http.ResponseWriter) error {
	return v.showLinks(rw, linkAsk{formOutcome: formOutcome{status: http.StatusOK}})
}

func (v *visit) issueLink(rw http.ResponseWriter) error {
	form := v.Request.PostForm
	ask := linkAsk{days: form.Get("days"), Ask: link.Ask{
		Purpose: access.Purpose(form.Get("purpose")), Entity: form.Get("entity"), Month: monthText(form.Get("month")),
		Email: form.Get("email"), Language: i18n.Language(form.Get("language")),
	}}
	ask.Days = wholeNumber(ask.days)
	issued, err := v.deps.Links.Issue(v.Request.Context(), ask.Ask)
	if err != nil {
		return v.linkNotMade(rw, ask, err)
	}
	done := linkAsk{formOutcome: formOutcome{status: http.StatusCreated}}
	told := v.T("people.link.mail."+issued.Mail, page.Args("email", issued.Link.Email))
	if issued.Address == "" {
		done.sent = told
	} else {
		done.once = &secretView{
			Heading: v.T("people.link.once.heading", page.Args("email", issued.Link.Email)), Secret: issued.Address,
			Text: told + " " + v.T(
				"people.link.once.text", page.Args("until", v.Instant(issued.Link.ExpiresAt, v.Zone)),
			),
		}
	}
	return v.showLinks(rw, done)
}

// linkNotMade shows the form again with what is wrong beside its field.
func (v *visit) linkNotMade(rw http.ResponseWriter, ask linkAsk, err error) error {
	_, key := link.Fault(err)
	answer, err := v.Refused(page.RefusedForm{FaultOf: link.Fault}, err)
	if err != nil {
		return err
	}
	for i := range answer.Faults {
		answer.Faults[i].Words += " " + v.T(key+".remedy", page.Args("most", link.LongestDays))
	}
	ask.status, ask.faults = answer.Status, answer.Faults
	return v.showLinks(rw, ask)
}

func (v *visit) revokeLink(rw http.ResponseWriter) error {
	if _, err := v.deps.Links.Revoke(v.Request.Context(), v.Request.PostForm.Get("link")); err != nil {
		return err
	}
	page.Redirect(rw, v.Request, v.Address.To("/links", "done", "revoked"))
	return nil
}

func (v *visit) showLinks(rw http.ResponseWriter, ask linkAsk) error {
	links, err := v.deps.Links.List(v.Request.Context())
	if err != nil {
		return err
	}
	entities := v.nameEntities()
	view := linksView{officeView: v.officeFrame("/links", "people.link", ask.formOutcome, linkNotices)}
	if ask.sent != "" {
		view.Notice = ask.sent
	}
	alive := 0
	for i := range links {
		row := v.linkRow(&links[i])
		if row.Alive {
			alive++
		}
		if page.Matches(
			view.Search, row.ID, row.For, row.Entity, links[i].Entity, row.Purpose, row.Month, row.CreatedBy, row.State,
		) {
			view.Rows = append(view.Rows, row)
		}
	}
	view.Lead = v.T("people.link.lead", page.Args("n", alive))
	if len(view.Rows) == 0 {
		view.Nothing = v.T("people.link.nothing")
	}
	if v.MakesLinks() {
		view.Fields, view.Revoke = v.linkFields(entities, ask), "/"+string(v.Language)+"/links/revoke"
		view.MailText = v.T("people.link.mail.off")
		if v.deps.Links.MailOn() {
			view.MailText = v.T("people.link.mail.on")
		}
	}
	return v.NoStore(rw, ask.status, "links", view)
}

func (v *visit) linkRow(made *link.Link) linkRow {
	state := v.deps.Links.StateOf(*made)
	row := linkRow{
		ID: made.ID, For: made.Email, Entity: v.EntityName(made.Entity),
		Purpose: v.T("people.link.purpose." + string(made.Purpose)),
		Month:   v.Month(made.Month), Created: v.Instant(made.CreatedAt, v.Zone), CreatedBy: made.CreatedBy,
		Expires: v.Instant(made.ExpiresAt, v.Zone),
		State:   v.T("people.link.state." + string(state)), Alive: state == link.Alive,
	}
	row.Opened, row.OpenedFrom = v.whenAndFrom(made.OpenedAt, made.OpenedFrom)
	row.Used, row.UsedFrom = v.whenAndFrom(made.UsedAt, made.UsedFrom)
	return row
}

func (v *visit) whenAndFrom(at time.Time, from string) (when, where string) {
	if at.IsZero() {
		return v.T("people.link.never"), ""
	}
	if from != "" {
		from = v.T("people.link.from", page.Args("address", from))
	}
	return v.Instant(at, v.Zone), from
}

// linkFields are the form's, as it was sent or else as it is offered.
func (v *visit) linkFields(entities []figures.EntityFigures, ask linkAsk) []page.Field {
	if ask.days == "" {
		ask.days = strconv.Itoa(link.UsualDays)
	}
	if ask.Language == "" {
		ask.Language = v.Language
	}
	purpose := officeField("new", "purpose", "select", v.T("people.link.purpose"), string(ask.Purpose))
	for _, each := range access.Purposes() {
		purpose.Options = append(
			purpose.Options,
			page.Option{
				Value: string(each), Text: v.T("people.link.purpose." + string(each)), Chosen: each == ask.Purpose,
			},
		)
	}
	entity := officeField("new", "entity", "select", v.T("people.entity"), ask.Entity)
	entity.Options = v.EntityChoices(entities, ask.Entity, v.T("people.link.no_entity"))
	month := page.Optional(officeField("new", "month", "text", v.T("people.link.month"), ask.Month))
	month.Hint = v.T("people.link.month_hint")
	email := officeField("new", "email", "email", v.T("people.link.email"), ask.Email)
	language := officeField("new", "language", "select", v.T("people.link.language"), string(ask.Language))
	for _, each := range i18n.Languages() {
		language.Options = append(
			language.Options,
			page.Option{
				Value: string(each), Text: v.T("people.link.language." + string(each)), Chosen: each == ask.Language,
			},
		)
	}
	days := officeField("new", "days", "number", v.T("people.link.days"), ask.days)
	page.Beside([]*page.Field{&purpose, &entity, &month, &email, &language, &days}, ask.faults)
	return []page.Field{purpose, entity, month, email, language, days}
}

// monthText is a month of a form as the links know months; one that can't be read is left for them to refuse.
func monthText(text string) string {
	month, err := page.MonthIn(text)
	if err != nil {
		return text
	}
	return month.String()
}
