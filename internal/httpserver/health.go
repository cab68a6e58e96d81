package httpserver

import (
	"fmt"
	"io"
	"net/http"

	"mirsad/internal/programme"
)

// healthy answers that the process runs.
func (s *Server) healthy(w http.ResponseWriter, _ *http.Request) { answerPlainly(w) }

// ready answers whether the program can take events: the spool is writable.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	if s.dependencies.Ready != nil {
		if err := s.dependencies.Ready(r.Context()); err != nil {
			WriteProblem(w, r, fmt.Errorf("%w: not ready: %w", programme.ErrUnavailable, err))
			return
		}
	}
	answerPlainly(w)
}

func answerPlainly(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = io.WriteString(w, "ok\n") // a client that has gone needs no answer
}
