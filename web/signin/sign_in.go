package signin

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"

	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/httpserver"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/web/page"
)

// signInView is the form that begins a session.
type signInView struct {
	frame

	Action string
	Email  string
	Next   string
	// Failed says why the last try failed; empty: there was none.
	Failed string
	// Provider is the way to the identity provider; empty: there is none. Local are the words above the form beside it.
	Provider, Local string
	// Open shows the form beside the provider at once.
	Open bool
}

func (w *Pages) signInForm(rw http.ResponseWriter, r *http.Request) {
	w.showSignIn(rw, w.Arrive(r), http.StatusOK, signInView{Next: r.URL.Query().Get("next")})
}

func (w *Pages) showSignIn(rw http.ResponseWriter, v *visit, status int, view signInView) {
	view.frame = v.frame(v.T("web.sign_in.title"))
	view.Action = "/" + string(v.Language) + "/sign-in"
	view.Other.Address = "/" + string(v.Language.Other()) + "/sign-in"
	if view.Next != "" {
		view.Other.Address += "?" + url.Values{"next": {view.Next}}.Encode()
	}
	if ways := w.deps.Accounts.Ways(); ways.Provider {
		view.Provider = view.Action + "/provider"
		if view.Next != "" {
			view.Provider += "?" + url.Values{"next": {view.Next}}.Encode()
		}
		view.Local = v.T("web.sign_in.local")
		if ways.OnlyAdminsLocally {
			view.Local = v.T("web.sign_in.local_admin")
		}
	}
	w.Render(rw, v.Visit, status, "sign_in", view)
}

func (w *Pages) signIn(rw http.ResponseWriter, r *http.Request) {
	v := w.Arrive(r)
	if err := page.ReadForm(rw, r, page.ShortForm); err != nil {
		w.ShowProblem(rw, v.Visit, err)
		return
	}
	email, next := r.PostForm.Get("email"), r.PostForm.Get("next")
	_, err := w.deps.Accounts.SignIn(r.Context(), email, r.PostForm.Get("password"))
	if errors.Is(err, programme.ErrForbidden) || errors.Is(err, programme.ErrNotFound) || errors.Is(err, programme.ErrInvalid) {
		failed, status := v.T("web.sign_in.failed"), http.StatusUnauthorized
		if account.AskAgain(rw.Header(), err) {
			failed, status = v.T(account.SignInText(err)), http.StatusTooManyRequests
		}
		w.showSignIn(rw, v, status, signInView{Email: email, Next: next, Failed: failed, Open: true})
		return
	}
	if err != nil {
		w.ShowProblem(rw, v.Visit, err)
		return
	}
	page.Redirect(rw, r, account.LocalPath(next, "/"+string(v.Language)+"/"))
}

// goToProvider sends the person to the identity provider.
func (w *Pages) goToProvider(rw http.ResponseWriter, r *http.Request) {
	v := w.Arrive(r)
	rw.Header().Set("Cache-Control", "no-store")
	next := r.URL.Query().Get("next")
	to, err := w.deps.Accounts.BeginProviderSignIn(rw, r, v.Language, next)
	if err != nil {
		w.providerFailed(rw, v, next, err)
		return
	}
	http.Redirect(rw, r, to, http.StatusSeeOther) //nolint:gosec // the address of the provider that is set
}

// comeBack takes the person whom the identity provider sent back.
func (w *Pages) comeBack(rw http.ResponseWriter, r *http.Request) {
	v := w.Arrive(r)
	rw.Header().Set("Cache-Control", "no-store")
	arrival, err := w.deps.Accounts.FinishProviderSignIn(rw, r)
	if err != nil {
		v.Language = cmp.Or(arrival.Language, v.Language)
		v.Words, v.Address.Language = w.Words.In(v.Language), v.Language
		w.providerFailed(rw, v, arrival.Next, err)
		return
	}
	page.Redirect(rw, r, arrival.Next)
}

// providerFailed shows the sign-in page again with the reason, which the log tells in full.
func (w *Pages) providerFailed(rw http.ResponseWriter, v *visit, next string, err error) {
	key := account.SignInText(err)
	if key == "" {
		w.ShowProblem(rw, v.Visit, err)
		return
	}
	httpserver.NoteError(v.Request.Context(), err)
	status := http.StatusForbidden
	if errors.Is(err, programme.ErrUnavailable) {
		status = http.StatusServiceUnavailable
	}
	w.showSignIn(rw, v, status, signInView{Next: next, Failed: v.T(key)})
}

func (w *Pages) signOut(rw http.ResponseWriter, r *http.Request) {
	v := w.Arrive(r)
	signOut := w.deps.Accounts.SignOut
	if w.deps.Links != nil && v.Reader.Purpose != "" { // came by a link, and has no session of their own
		signOut = w.deps.Links.SignOut
	}
	if err := signOut(r.Context()); err != nil {
		w.ShowProblem(rw, v.Visit, err)
		return
	}
	page.Redirect(rw, r, "/"+string(v.Language)+"/sign-in")
}

// Accounts begins and ends the session of a request. Its errors: programme.ErrForbidden or
// ErrNotFound when the e-mail and password are not of one who may sign in.
type Accounts interface {
	Self

	SignIn(ctx context.Context, email, password string) (access.Principal, error)
	SignOut(ctx context.Context) error
	// Ways says how people may sign in.
	Ways() account.Ways
	// BeginProviderSignIn returns the identity provider's address, FinishProviderSignIn where to go on after it.
	BeginProviderSignIn(rw http.ResponseWriter, r *http.Request, language i18n.Language, next string) (string, error)
	FinishProviderSignIn(rw http.ResponseWriter, r *http.Request) (account.Arrival, error)
}
