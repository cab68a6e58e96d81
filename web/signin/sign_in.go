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
	page.Frame

	Action string
	Email  string
	Next   string
	// Unsent says that the page was left by sending a form, of which nothing was recorded.
	Unsent bool
	// Failed says why the last try failed; empty: there was none.
	Failed string
	// Provider is the way to the identity provider; empty: there is none. Local are the words above the form beside it.
	Provider, Local string
	// Open shows the form beside the provider at once.
	Open bool
}

func (v *visit) signInForm(rw http.ResponseWriter) error {
	query := v.Request.URL.Query()
	return v.showSignIn(rw, http.StatusOK, signInView{Next: query.Get("next"), Unsent: query.Get("unsent") != ""})
}

func (v *visit) showSignIn(rw http.ResponseWriter, status int, view signInView) error {
	view.Frame = v.Frame(v.T("web.sign_in.title"))
	view.Action = "/" + string(v.Language) + "/sign-in"
	view.Other.Address = "/" + string(v.Language.Other()) + "/sign-in"
	if view.Next != "" {
		asked := url.Values{"next": {view.Next}}
		if view.Unsent {
			asked.Set("unsent", "1")
		}
		view.Other.Address += "?" + asked.Encode()
	}
	if ways := v.deps.Accounts.Ways(); ways.Provider {
		view.Provider = view.Action + "/provider"
		if view.Next != "" {
			view.Provider += "?" + url.Values{"next": {view.Next}}.Encode()
		}
		view.Local = v.T("web.sign_in.local")
		if ways.OnlyAdminsLocally {
			view.Local = v.T("web.sign_in.local_admin")
		}
	}
	return v.Render(rw, status, "sign_in", view)
}

func (v *visit) signIn(rw http.ResponseWriter) error {
	if err := page.ReadForm(rw, v.Request, page.ShortForm); err != nil {
		return err
	}
	email, next := v.Request.PostForm.Get("email"), v.Request.PostForm.Get("next")
	_, err := v.deps.Accounts.SignIn(v.Request.Context(), email, v.Request.PostForm.Get("password"))
	if errors.Is(err, programme.ErrForbidden) || errors.Is(err, programme.ErrNotFound) ||
		errors.Is(err, programme.ErrInvalid) {
		failed, status := v.T("web.sign_in.failed"), http.StatusUnauthorized
		if account.AskAgain(rw.Header(), err) {
			failed, status = v.T(account.SignInText(err)), http.StatusTooManyRequests
		}
		return v.showSignIn(rw, status, signInView{
			Email: email, Next: next, Unsent: v.Request.PostForm.Get("unsent") != "", Failed: failed, Open: true,
		})
	}
	if errors.Is(err, programme.ErrBusy) {
		httpserver.NoteError(v.Request.Context(), err)
		httpserver.AskAgain(rw.Header(), http.StatusServiceUnavailable)
		return v.showSignIn(rw, http.StatusServiceUnavailable, signInView{
			Email: email, Next: next, Unsent: v.Request.PostForm.Get("unsent") != "",
			Failed: v.T("web.sign_in.busy"), Open: true,
		})
	}
	if err != nil {
		return err
	}
	page.Redirect(rw, v.Request, account.LocalPath(next, "/"+string(v.Language)+"/"))
	return nil
}

// goToProvider sends the person to the identity provider.
func (v *visit) goToProvider(rw http.ResponseWriter) error {
	rw.Header().Set("Cache-Control", "no-store")
	next := v.Request.URL.Query().Get("next")
	to, err := v.deps.Accounts.BeginProviderSignIn(rw, v.Request, v.Language, next)
	if err != nil {
		return v.providerFailed(rw, next, err)
	}
	http.Redirect(rw, v.Request, to, http.StatusSeeOther)
	return nil
}

// comeBack takes the person whom the identity provider sent back.
func (v *visit) comeBack(rw http.ResponseWriter) error {
	rw.Header().Set("Cache-Control", "no-store")
	arrival, err := v.deps.Accounts.FinishProviderSignIn(rw, v.Request)
	if err != nil {
		v.Speak(cmp.Or(arrival.Language, v.Language))
		return v.providerFailed(rw, arrival.Next, err)
	}
	page.Redirect(rw, v.Request, arrival.Next)
	return nil
}

// providerFailed shows the sign-in page again with the reason, which the log tells in full.
func (v *visit) providerFailed(rw http.ResponseWriter, next string, err error) error {
	key := account.SignInText(err)
	if key == "" {
		return err
	}
	httpserver.NoteError(v.Request.Context(), err)
	status := http.StatusForbidden
	if errors.Is(err, programme.ErrUnavailable) {
		status = http.StatusServiceUnavailable
	}
	return v.showSignIn(rw, status, signInView{Next: next, Failed: v.T(key)})
}

func (v *visit) signOut(rw http.ResponseWriter) error {
	signOut := v.deps.Accounts.SignOut
	if v.Reader.Purpose != "" { // came by a link, and has no session of their own
		signOut = v.deps.Links.SignOut
	}
	if err := signOut(v.Request.Context()); err != nil {
		return err
	}
	page.Redirect(rw, v.Request, "/"+string(v.Language)+"/sign-in")
	return nil
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
