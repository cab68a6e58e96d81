package office

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/web/page"
)

// Tokens are what programs sign in with; account.TokenFault words what is refused.
type Tokens interface {
	TokensInUse(ctx context.Context) ([]account.ListedToken, error)
	// IssueToken and ReplaceToken return a bearer, which is shown once.
	IssueToken(ctx context.Context, scopes []access.Scope, entity string, days int) (string, account.Token, error)
	ReplaceToken(ctx context.Context, id string, days, overlap int) (account.Rotation, error)
	RevokeToken(ctx context.Context, id string) (account.Token, error)
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
		return v.tokenRefused(rw, ask, account.ErrTokenEntity)
	}
	bearer, token, err := v.deps.Office.IssueToken(v.Request.Context(), ask.scopes, ask.entity, wholeNumber(ask.days))
	if err != nil {
		return v.tokenRefused(rw, ask, err)
	}
	return v.showTokens(
		rw, tokenAsk{formOutcome: formOutcome{status: http.StatusCreated, once: v.bearer(bearer, token)}},
	)
}

func (v *visit) rotateToken(rw http.ResponseWriter) error {
	form := v.Request.PostForm
	ask := tokenAsk{
		formOutcome: formOutcome{id: form.Get("token")}, days: form.Get("days"), overlap: form.Get("overlap"),
	}
	rotation, err := v.deps.Office.ReplaceToken(
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
	if _, err := v.deps.Office.RevokeToken(v.Request.Context(), v.Request.PostForm.Get("token")); err != nil {
		return v.tokenRefused(rw, tokenAsk{}, err)
	}
	page.Redirect(rw, v.Request, v.Address.To("/tokens", "done", "revoked"))
	return nil
}

// wholeNumber reads digits of either script; -1, which is never a number of days, for anything else.
func wholeNumber(text string) int {
	number, err := strconv.Atoi(strings.TrimSpace(i18n.Digits(text)))
	if err != nil {
		return -1
	}
	return number
}

// bearer is never part of an address, so it stands in the answer to the form itself.
func (v *visit) bearer(bearer string, token account.Token) *secretView {
	return &secretView{
		Heading: v.T("people.token.once.heading", page.Args("id", token.ID)), Secret: bearer,
		Text: v.T("people.token.once.text", page.Args("until", v.Instant(token.ExpiresAt, v.Zone))),
	}
}

// tokenRefused shows the form again with what is wrong beside its field.
func (v *visit) tokenRefused(rw http.ResponseWriter, ask tokenAsk, err error) error {
	answer, err := v.Refused(page.RefusedForm{FaultOf: account.TokenFault}, err)
	if err != nil {
		return err
	}
	ask.status, ask.faults = answer.Status, answer.Faults
	return v.showTokens(rw, ask)
}

func (v *visit) showTokens(rw http.ResponseWriter, ask tokenAsk) error {
	tokens, err := v.deps.Office.TokensInUse(v.Request.Context())
	if err != nil {
		return err
	}
	entities := v.nameEntities()
	view := tokensView{officeView: v.officeFrame("/tokens", "people.token", ask.formOutcome, tokenNotices)}
	alive := 0
	for i := range tokens {
		token := &tokens[i]
		if token.State == account.TokenAlive {
			alive++
		}
		row := v.tokenRow(token)
		if page.Matches(view.Search, row.ID, row.Scopes, row.Entity, token.Entity, row.CreatedBy, row.State) {
			view.Rows = append(view.Rows, row)
		}
		if row.Open != "" && token.ID == ask.id {
			view.Token = v.openToken(token, ask)
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

func (v *visit) tokenRow(token *account.ListedToken) tokenRow {
	row := tokenRow{
		ID: token.ID, Scopes: v.scopeNames(token.Scopes), Entity: v.T("people.token.all"),
		Alive: token.State == account.TokenAlive,
		State: v.T("people.token.state." + string(token.State)), Created: v.Instant(token.CreatedAt, v.Zone),
		CreatedBy: token.CreatedBy,
		Expires:   v.Instant(token.ExpiresAt, v.Zone), RotatedFrom: token.RotatedFrom, RotatedTo: token.RotatedTo,
		Used: v.momentOrNever(token.Use.LastUsed), Refused: v.momentOrNever(token.Use.LastRefused),
	}
	if token.Entity != "" {
		row.Entity = v.EntityName(token.Entity)
	}
	if token.State == account.TokenRevoked {
		row.State = v.T("people.token.revoked_at", page.Args("at", v.Instant(token.RevokedAt, v.Zone)))
	}
	if token.Use.Reason != "" {
		row.RefusedFor = v.T("people.token.refusal." + string(token.Use.Reason))
	}
	if v.decides() && row.Alive {
		row.Open = v.Address.To("/tokens", "token", token.ID) + "#token"
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

func (v *visit) openToken(token *account.ListedToken, ask tokenAsk) *tokenForm {
	at := "/" + string(v.Language) + "/tokens/"
	form := &tokenForm{
		ID: token.ID, Heading: v.T("people.token.open", page.Args("id", token.ID)), Revoke: at + "revoke",
	}
	if token.RotatedTo != "" { // once is all: its successor is rotated next
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
