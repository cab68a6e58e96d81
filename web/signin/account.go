package signin

import (
	"context"
	"errors"
	"net/http"

	"mirsad/internal/account"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
	"mirsad/web/page"
)

// Self is what people see and change of their own account.
type Self interface {
	// Self returns the account of who makes the request, OwnSessions their open sessions.
	Self(ctx context.Context) (account.User, error)
	OwnSessions(ctx context.Context) ([]account.Session, error)
	// EndSession ends one of them.
	EndSession(ctx context.Context, id string) error
	// ChangePassword gives them another password; account.PasswordText words its refusals.
	ChangePassword(ctx context.Context, present, next string) error
}

// accountView is the page of one's own account.
type accountView struct {
	page.Frame

	Name, ID, Role, Entity string
	// Notice says what has just been done, Failed why it was not.
	Notice, Failed string
	// First is a person who has yet to change the password that somebody else chose; nothing else is open to them.
	First bool
	// Password is where the form goes; empty for a person of the identity provider.
	Password string
	Sessions []sessionView
	End      string
}

// sessionView is one of the reader's sessions.
type sessionView struct {
	ID                      string
	SignedIn, Used, Expires string
	Current                 bool
}

// notices are what the page says after a form, by the done of its address.
var notices = map[string]string{"password": "web.account.password_changed", "session": "web.account.session_ended"}

func (v *visit) account(rw http.ResponseWriter) error {
	view := accountView{}
	if key := notices[v.Request.URL.Query().Get("done")]; key != "" {
		view.Notice = v.T(key)
	}
	return v.showAccount(rw, http.StatusOK, view)
}

func (v *visit) showAccount(rw http.ResponseWriter, status int, view accountView) error {
	ctx := v.Request.Context()
	who, err := v.deps.Accounts.Self(ctx)
	if err != nil {
		return err
	}
	sessions, err := v.deps.Accounts.OwnSessions(ctx)
	if err != nil {
		return err
	}
	here := "/" + string(v.Language) + "/account"
	view.Frame = v.Frame(v.T("web.account.title"))
	view.Other.Address = "/" + string(v.Language.Other()) + "/account"
	view.Name, view.ID, view.Entity, view.First = who.Name, who.ID, who.Entity, who.MustChange
	view.Role = v.T("account.role." + string(who.Role))
	// The page is there without figures too, as when they can't be read: then the entity has only its code.
	if who.Entity != "" && v.LoadFigures() == nil {
		view.Entity = v.AnyEntity(who.Entity)
	}
	if view.End = here + "/sessions"; who.Local() {
		view.Password = here + "/password"
	} else {
		view.ID = who.Email
	}
	if view.First {
		view.Menu = nil // every way leads back here
	}
	for _, each := range sessions {
		view.Sessions = append(view.Sessions, sessionView{
			ID: each.ID, Current: each.Current, SignedIn: v.Instant(each.SignedInAt, v.Zone),
			Used: v.Instant(each.UsedAt, v.Zone), Expires: v.Instant(each.ExpiresAt, v.Zone),
		})
	}
	rw.Header().Set("Cache-Control", "no-store")
	return v.Render(rw, status, "account", view)
}

func (v *visit) changePassword(rw http.ResponseWriter) error {
	if err := page.ReadForm(rw, v.Request, page.ShortForm); err != nil {
		return err
	}
	next := v.Request.PostForm.Get("new")
	if next != v.Request.PostForm.Get("repeat") {
		return v.showAccount(rw, http.StatusUnprocessableEntity, accountView{Failed: v.T("web.account.not_the_same")})
	}
	err := v.deps.Accounts.ChangePassword(v.Request.Context(), v.Request.PostForm.Get("present"), next)
	if key := account.PasswordText(err); key != "" {
		httpserver.NoteError(v.Request.Context(), err)
		status := http.StatusUnprocessableEntity
		if account.AskAgain(rw.Header(), err) {
			status = http.StatusTooManyRequests
		}
		return v.showAccount(rw, status, accountView{Failed: v.T(key)})
	}
	if err != nil {
		return err
	}
	page.Redirect(rw, v.Request, "/"+string(v.Language)+"/account?done=password")
	return nil
}

func (v *visit) endSession(rw http.ResponseWriter) error {
	if err := page.ReadForm(rw, v.Request, page.ShortForm); err != nil {
		return err
	}
	err := v.deps.Accounts.EndSession(v.Request.Context(), v.Request.PostForm.Get("session"))
	if err != nil && !errors.Is(err, programme.ErrNotFound) { // it has ended already, which is what was wanted
		return err
	}
	page.Redirect(rw, v.Request, "/"+string(v.Language)+"/account?done=session")
	return nil
}
