package guard

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
	"mirsad/internal/queue"
	"mirsad/internal/route"
)

// A file that is sent is worked on in a small queue: each costs a second of the processor.
var (
	// arriving are files on their way in, which are kept in memory until their turn.
	arriving = queue.Configuration{Room: 24, Own: 3}
	// working are those that are read and checked.
	working = queue.Configuration{Room: 2, Own: 1, Waiting: 24, OwnWaiting: 3, Patience: 30 * time.Second}
)

// uploads are the places of files that are sent.
type uploads struct{ arriving, working *queue.Queue }

func newUploads() uploads { return uploads{arriving: queue.New(arriving), working: queue.New(working)} }

// isUpload reports whether a route takes files: their bodies may be larger than those of forms. What has a budget of
// its own is none of them.
func isUpload(served route.Route) bool {
	return served.MostBody() > route.DefaultBody && !served.Unpaced && served.Method != http.MethodGet
}

// takeUpload reads what is sent, waits for the account's turn and then lets the request pass: one who sends slowly keeps
// nobody from working, and one who has left is not worked for.
func (g *Guard) takeUpload(w http.ResponseWriter, r *http.Request, next func(http.ResponseWriter, *http.Request)) {
	who, _ := access.PrincipalFrom(r.Context())
	gone, err := g.uploads.arriving.Enter(r.Context(), who.ID, 1)
	if err != nil {
		g.refuse(w, r, err)
		return
	}
	defer gone()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		g.refuse(w, r, unreadable(err))
		return
	}
	leave, err := g.uploads.working.Enter(r.Context(), who.ID, 1)
	if err != nil {
		g.refuse(w, r, err)
		return
	}
	defer leave()
	r.Body = io.NopCloser(bytes.NewReader(body))
	next(w, r)
}

// unreadable is the error of a body that can't be read to its end.
func unreadable(err error) error {
	if httpserver.MeaningOf(err).Err != nil {
		return err // too large, or the client has gone
	}
	return fmt.Errorf("%w: the body ends too soon", programme.ErrInvalid)
}
