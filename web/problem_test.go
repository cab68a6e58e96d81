package web

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"mirsad/internal/programme"
)

func TestErrorsHaveAPageWithAReference(t *testing.T) {
	for err, want := range map[error]int{
		fmt.Errorf("store: %w", programme.ErrUnavailable): http.StatusServiceUnavailable, errors.New("boom"): http.StatusInternalServerError,
	} {
		server := site(t, fixed{figures: fixture(), err: err}, &executive)
		answer, body := get(t, server, "/en/")
		if answer.StatusCode != want || !regexp.MustCompile(`<code class="code">[A-Z2-7]{8}</code>`).MatchString(body) || strings.Contains(body, "boom") {
			t.Errorf("%v answers %d: %s", err, answer.StatusCode, body)
		}
	}
}
