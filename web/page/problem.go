package page

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"

	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
)

// problemView is the page that says what went wrong and what to do.
type problemView struct {
	Frame

	Heading, Text string
	// Reference finds the log's line; empty where nothing was logged.
	Reference string
	Back      Link
}

// referenceLength is the part of a random text that a reader can tell over the telephone.
const referenceLength = 8

// problem answers an error with a page in the reader's language.
func (v *Visit) problem(rw http.ResponseWriter, err error) {
	if errors.Is(err, context.Canceled) {
		return // the reader has left
	}
	found, reference := httpserver.MeaningOf(err), ""
	status, key := found.Status, "web.problem."+found.Code
	if found.Code == "invalid" {
		status = http.StatusBadRequest // a form with faults is shown again by its own page, with 422
	}
	if status >= http.StatusInternalServerError {
		reference = rand.Text()[:referenceLength]
		level := slog.LevelError
		if errors.Is(err, programme.ErrBusy) {
			level = slog.LevelWarn // the reader asked for more than goes
		}
		v.Logger.Log(v.Request.Context(), level, "page failed",
			slog.String("path", httpserver.ShownPath(v.Request.URL.Path)), slog.String("reference", reference),
			slog.Any("error", err))
	}
	back := Link{Text: v.T("web.problem.home"), Address: "/" + string(v.Language) + "/"}
	if !v.Reader.Known {
		back = Link{Text: v.T("web.sign_in.title"), Address: "/" + string(v.Language) + "/sign-in"}
	}
	httpserver.AskAgain(rw.Header(), status)
	title := v.T(key + ".title")
	err = v.Render(rw, status, "problem", problemView{
		Frame: v.Frame(title), Heading: title, Text: v.T(key + ".text"), Reference: reference,
		Back: back,
	})
	if err != nil { // the template of problems itself, or the layout: words alone are left
		v.Logger.ErrorContext(v.Request.Context(), "page of a problem failed", slog.Any("error", err))
		http.Error(rw, title, http.StatusInternalServerError)
	}
}

// NotFound answers an address that leads nowhere.
func NotFound(*Visit, http.ResponseWriter) error { return programme.ErrNotFound }

// Problem answers an error with a page in the reader's language; it is for those who guard the pages from outside.
func (k *Kit) Problem(rw http.ResponseWriter, r *http.Request, err error) {
	k.newVisit(r).problem(rw, err)
}
