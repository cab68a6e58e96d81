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

// meanings maps what an error means to the status and the words of its page.
var meanings = []struct {
	err    error
	status int
	key    string
}{
	{httpserver.ErrTooLarge, http.StatusRequestEntityTooLarge, "too_large"},
	{httpserver.ErrTooManyRequests, http.StatusTooManyRequests, "too_many_requests"},
	{programme.ErrNotFound, http.StatusNotFound, "not_found"},
	{programme.ErrInvalid, http.StatusBadRequest, "invalid"},
	{programme.ErrForbidden, http.StatusForbidden, "forbidden"},
	{programme.ErrAlreadyDecided, http.StatusConflict, "already_decided"},
	{programme.ErrOverLimit, http.StatusServiceUnavailable, "over_limit"},
	{programme.ErrUnavailable, http.StatusServiceUnavailable, "unavailable"},
}

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
	if _, is := errors.AsType[*http.MaxBytesError](err); is {
		err = httpserver.ErrTooLarge
	}
	status, key, reference := http.StatusInternalServerError, "internal", ""
	for _, m := range meanings {
		if errors.Is(err, m.err) {
			status, key = m.status, m.key
			break
		}
	}
	if status >= http.StatusInternalServerError {
		reference = rand.Text()[:referenceLength]
		v.Logger.ErrorContext(v.Request.Context(), "page failed",
			slog.String("path", httpserver.ShownPath(v.Request.URL.Path)), slog.String("reference", reference),
			slog.Any("error", err))
	}
	back := Link{Text: v.T("web.problem.home"), Address: "/" + string(v.Language) + "/"}
	if !v.Reader.Known {
		back = Link{Text: v.T("web.sign_in.title"), Address: "/" + string(v.Language) + "/sign-in"}
	}
	title := v.T("web.problem." + key + ".title")
	err = v.Render(rw, status, "problem", problemView{
		Frame: v.Frame(title), Heading: title, Text: v.T("web.problem." + key + ".text"), Reference: reference,
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
