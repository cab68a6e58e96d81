package web

import (
	"errors"
	"net/http"

	"mirsad/internal/programme"
)

// formLimit is the size of the largest form that a page sends, in bytes.
const formLimit = 16 << 10

// signInView is the form that begins a session.
type signInView struct {
	frame

	Action string
	Email  string
	Next   string
	Failed bool
}

func (w *Web) signInForm(rw http.ResponseWriter, r *http.Request) {
	w.showSignIn(rw, w.arrive(r), http.StatusOK, signInView{Next: r.URL.Query().Get("next")})
}

func (w *Web) showSignIn(rw http.ResponseWriter, v *visit, status int, view signInView) {
	view.frame = v.frame(v.T("web.sign_in.title"))
	view.Action = "/" + string(v.Language) + "/sign-in"
	w.render(rw, v, status, "sign_in", view)
}

func (w *Web) signIn(rw http.ResponseWriter, r *http.Request) {
	v := w.arrive(r)
	r.Body = http.MaxBytesReader(rw, r.Body, formLimit)
	if err := r.ParseForm(); err != nil {
		w.problem(rw, v, errors.Join(programme.ErrInvalid, err))
		return
	}
	email, next := r.PostForm.Get("email"), r.PostForm.Get("next")
	_, err := w.Accounts.SignIn(r.Context(), email, r.PostForm.Get("password"))
	if errors.Is(err, programme.ErrForbidden) || errors.Is(err, programme.ErrNotFound) || errors.Is(err, programme.ErrInvalid) {
		w.showSignIn(rw, v, http.StatusUnauthorized, signInView{Email: email, Next: next, Failed: true})
		return
	}
	if err != nil {
		w.problem(rw, v, err)
		return
	}
	if !local(next) {
		next = "/" + string(v.Language) + "/"
	}
	redirect(rw, r, next)
}

func (w *Web) signOut(rw http.ResponseWriter, r *http.Request) {
	v := w.arrive(r)
	if err := w.Accounts.SignOut(r.Context()); err != nil {
		w.problem(rw, v, err)
		return
	}
	redirect(rw, r, "/"+string(v.Language)+"/sign-in")
}
