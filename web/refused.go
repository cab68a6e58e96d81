package web

import "net/http"

// Problem answers an error with a page in the reader's language; it is for those who guard the pages from outside.
func (w *Web) Problem(rw http.ResponseWriter, r *http.Request, err error) {
	w.problem(rw, w.arrive(r), err)
}
