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
		page := opened(t, server, "/en/")
		page.answers(want)
		if reference := textOf(page.Find("code")); !regexp.MustCompile(`^[A-Z2-7]{8}$`).MatchString(reference) {
			t.Errorf("%v has the reference %q", err, reference)
		}
		if strings.Contains(page.Text(), "boom") {
			t.Errorf("%v is shown", err)
		}
	}
}
