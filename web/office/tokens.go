package office

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/figures"
	"mirsad/internal/intake"
	"mirsad/internal/token"
	"mirsad/web/page"
)

// Tokens are what programs sign in with; token.Fault words what is refused.
type Tokens interface {
	InUse(ctx context.Context) ([]token.Listed, error)
	// Issue and Replace return a bearer, which is shown once.
	Issue(ctx context.Context, scopes []access.Scope, entity string, days int) (string, token.Token, error)
	Replace(ctx context.Context, id string, days, overlap int) (token.Rotation, error)
	Revoke(ctx context.Context, id string) (token.Token, error)
}

// tokensView lists tokens, with the forms that an administrator changes them by.
type tokensView struct {
	officeView

	Rows []tokenRow
	// Token is the one that the reader opened, New the form for another; nil when there is none.
	Token *tokenForm
	New   *tokenForm
}

// tokenRow is a token in the list.
type tokenRow struct {
	ID, Scopes, Entity        string
	Created, CreatedBy        string
	Expires                   string
	State                     string
	Alive                     bool
	RotatedFrom, RotatedTo    string
	Used, Refused, RefusedFor string
	// Open leads to the token's form; empty where nothing can be changed.
	Open string
}

// tokenForm is the fields of a new token, or of a successor.
type tokenForm struct {
	ID, Heading string
	Scopes      []page.Option
	ScopesFault string
	Fields      []page.Field
	// Rotate and Revoke are where those decisions go; empty for a new token and for one that has a successor.
	Rotate, Revoke string
}

// tokenNotices are what the page says after a form, by the done of its address.
var tokenNotices = map[string]string{"revoked": "people.token.done.revoked"}

// What the forms offer: the days that the command offers too.
const (
	offeredDays    = "90"
	offeredOverlap = "7"
)

// tokenAsk is what a form about a token was sent with, and what came of it.
type tokenAsk struct {
	formOutcome

	scopes        []access.Scope
	entity        string
	days, overlap string
}

func (v *visit) tokens(rw http.ResponseWriter) error {
	return v.showTokens(
		rw, tokenAsk{formOutcome: formOutcome{status: http.StatusOK, id: v.Request.URL.Query().Get("token")}},
	)
}

func (v *visit) issueToken(rw http.ResponseWriter) error {
	form := v.Request.PostForm
	ask := tokenAsk{entity: form.Get("entity"), days: form.Get("days")}
	for _, scope := range form["scopes"] {
		ask.scopes = append(ask.scopes, access.Scope(scope))
	}
	if !offered(v.nameEntities(), ask.entity) {
		return v.tokenRefused(rw, ask, token.ErrEntity)
	}
	bearer, made, err := v.deps.Tokens.Issue(v.Request.Context(), ask.scopes, ask.entity, wholeNumber(ask.days))
	if err != nil {
		return v.tokenRefused(rw, ask, err)
	}
	return v.showTokens(
		rw, tokenAsk{formOutcome: formOutcome{status: http.StatusCreated, once: v.bearer(bearer, made)}},
	)
}

func (v *visit) rotateToken(rw http.ResponseWriter) error {
	form := v.Request.PostForm
	ask := tokenAsk{
		formOutcome: formOutcome{id: form.Get("token")}, days: form.Get("days"), overlap: form.Get("overlap"),
	}
	rotation, err := v.deps.Tokens.Replace(
		v.Request.Context(), ask.id, wholeNumber(ask.days), wholeNumber(ask.overlap),
	)
	if err != nil {
		return v.tokenRefused(rw, ask, err)
	}
	once := v.bearer(rotation.Bearer, rotation.New)
	once.Text += " " + v.T(
		"people.token.once.old", page.Args("id", rotation.Old.ID, "until", v.Instant(rotation.Old.ExpiresAt, v.Zone)),
	)
	return v.showTokens(rw, tokenAsk{formOutcome: formOutcome{status: http.StatusCreated, once: once}})
}

func (v *visit) revokeToken(rw http.ResponseWriter) error {
	if _, err := v.deps.Tokens.Revoke(v.Request.Context(), v.Request.PostForm.Get("token")); err != nil {
		return v.tokenRefused(rw, tokenAsk{}, err)
	}
	page.Redirect(rw, v.Request, v.Address.To("/tokens", "done", "revoked"))
	return nil
}

// wholeNumber reads digits of either script; -1, which is never a number of days, for anything else.
func wholeNumber(text string) int {
	number, reason := intake.Whole(text)
	if reason != "" {
		return -1
	}
	return int(number)
}

// bearer is never part of an address, so it stands in the answer to the form itself.
func (v *visit) bearer(bearer string, made token.Token) *secretView {
	return &secretView{
		Heading: v.T("people.token.once.heading", page.Args("id", made.ID)), Secret: bearer,
		Text: v.T("people.token.once.text", page.Args("until", v.Instant(made.ExpiresAt, v.Zone))),
	}
}

// tokenRefused shows the form again with what is wrong beside its field.
func (v *visit) tokenRefused(rw http.ResponseWriter, ask tokenAsk, err error) error {
	answer, err := v.Refused(page.RefusedForm{FaultOf: token.Fault}, err)
	if err != nil {
		return err
	}
	ask.status, ask.faults = answer.Status, answer.Faults
	return v.showTokens(rw, ask)
}

func (v *visit) showTokens(rw http.ResponseWriter, ask tokenAsk) error {
	tokens, err := v.deps.Tokens.InUse(v.Request.Context())
	if err != nil {
		return err
	}
	entities := v.nameEntities()
	view := tokensView{officeView: v.officeFrame("/tokens", "people.token", ask.formOutcome, tokenNotices)}
	alive := 0
	for i := range tokens {
		made := &tokens[i]
		if made.State == token.Alive {
			alive++
		}
		row := v.tokenRow(made)
		if page.Matches(view.Search, row.ID, row.Scopes, row.Entity, made.Entity, row.CreatedBy, row.State) {
			view.Rows = append(view.Rows, row)
		}
		if row.Open != "" && made.ID == ask.id {
			view.Token = v.openToken(made, ask)
		}
	}
	view.Lead = v.T("people.token.lead", page.Args("n", alive))
	if len(view.Rows) == 0 {
		view.Nothing = v.T("people.token.nothing")
	}
	if v.decides() {
		view.New = v.newToken(entities, ask)
	}
	return v.NoStore(rw, ask.status, "tokens", view)
}

func (v *visit) tokenRow(made *token.Listed) tokenRow {
	row := tokenRow{
		ID: made.ID, Scopes: v.scopeNames(made.Scopes), Entity: v.T("people.token.all"),
		Alive: made.State == token.Alive,
		State: v.T("people.token.state." + string(made.State)), Created: v.Instant(made.CreatedAt, v.Zone),
		CreatedBy: made.CreatedBy,
		Expires:   v.Instant(made.ExpiresAt, v.Zone), RotatedFrom: made.RotatedFrom, RotatedTo: made.RotatedTo,
		Used: v.momentOrNever(made.Use.LastUsed), Refused: v.momentOrNever(made.Use.LastRefused),
	}
	if made.Entity != "" {
		row.Entity = v.EntityName(made.Entity)
	}
	if made.State == token.Revoked {
		row.State = v.T("people.token.revoked_at", page.Args("at", v.Instant(made.RevokedAt, v.Zone)))
	}
	if made.Use.Reason != "" {
		row.RefusedFor = v.T("people.token.refusal." + string(made.Use.Reason))
	}
	if v.decides() && row.Alive {
		row.Open = v.Address.To("/tokens", "token", made.ID) + "#token"
	}
	return row
}

func (v *visit) momentOrNever(at time.Time) string {
	if at.IsZero() {
		return v.T("people.token.never")
	}
	return v.Instant(at, v.Zone)
}

func (v *visit) scopeNames(scopes []access.Scope) string {
	names := make([]string, 0, len(scopes))
	for _, scope := range scopes {
		names = append(names, v.T("people.scope."+string(scope)))
	}
	return strings.Join(names, v.T("base.comma"))
}

func (v *visit) openToken(made *token.Listed, ask tokenAsk) *tokenForm {
	at := "/" + string(v.Language) + "/tokens/"
	form := &tokenForm{
		ID: made.ID, Heading: v.T("people.token.open", page.Args("id", made.ID)), Revoke: at + "revoke",
	}
	if made.RotatedTo != "" { // once is all: its successor is rotated next
		return form
	}
	form.Rotate = at + "rotate"
	form.Fields = []page.Field{
		v.daysField("token", "days", offeredDays, ask.days, ask),
		v.daysField("token", "overlap", offeredOverlap, ask.overlap, ask),
	}
	return form
}

func (v *visit) newToken(entities []figures.EntityFigures, ask tokenAsk) *tokenForm {
	if ask.id != "" { // the other form was sent
		ask = tokenAsk{}
	}
	form := &tokenForm{}
	for _, scope := range access.Scopes() {
		form.Scopes = append(
			form.Scopes,
			page.Option{
				Value: string(scope), Text: v.T("people.scope." + string(scope)),
				Chosen: slices.Contains(ask.scopes, scope),
			},
		)
	}
	entity := page.Optional(officeField("new", "entity", "select", v.T("people.entity"), ask.entity))
	entity.Hint, entity.Options = v.T("people.token.entity_hint"), v.EntityChoices(
		entities, ask.entity, v.T("people.token.all"),
	)
	page.Beside([]*page.Field{&entity}, ask.faults)
	form.ScopesFault = ask.faultOf("scopes")
	form.Fields = []page.Field{entity, v.daysField("new", "days", offeredDays, ask.days, ask)}
	return form
}

// daysField is a number of days, as it was sent or else as it is offered.
func (v *visit) daysField(form, name, usual, sent string, ask tokenAsk) page.Field {
	f := officeField(form, name, "number", v.T("people.token."+name), usual)
	if name == "overlap" {
		f.Hint = v.T("people.token.overlap_hint")
	}
	if ask.failed() && sent != "" {
		f.Value = sent
	}
	page.Beside([]*page.Field{&f}, ask.faults)
	return f
}
