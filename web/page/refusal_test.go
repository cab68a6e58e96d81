package page

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"mirsad/internal/account"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/internal/token"
)

// someone is a visit in English of nobody in particular.
func someone(t *testing.T) *Visit {
	t.Helper()
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	return &Visit{
		Kit: &Kit{Zone: time.FixedZone("Asia/Qatar", 3*60*60)}, Words: Words{words.In(i18n.English)},
		Request: httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/en/x", nil),
	}
}

func TestARefusedFormHasOneAnswer(t *testing.T) {
	form := RefusedForm{Decided: "admin.conflict", Present: "/en/present", Unchanged: "admin.unchanged", Own: "review.own"}
	other := &programme.DecidedError{Actor: "user/first@example.org", At: time.Date(2016, 9, 30, 8, 0, 0, 0, time.UTC)}
	faults := &programme.FaultsError{Faults: []programme.Fault{{Field: "goal", Kind: "missing"}, {Field: "name", Kind: "missing"}}}
	for _, c := range []struct {
		name          string
		form          RefusedForm
		err           error
		status        int
		alert, notice string
		faults        int
	}{
		{"nothing", form, nil, 200, "", "", 0},
		{"faults", form, fmt.Errorf("settings: %w", faults), 422, "2", "", 2},
		{"decided", form, fmt.Errorf("settings: %w", other), 409, "user/first@example.org", "", 0},
		{"unchanged", form, register.ErrUnchanged, 200, "", "no version was added", 0},
		{"own claim", form, fmt.Errorf("%w: c1", programme.ErrOwnClaim), 403, "another", "", 0},
		{"own plan", form, fmt.Errorf("%w: p1", programme.ErrOwnPlan), 403, "another", "", 0},
		{"a component's", RefusedForm{FaultOf: account.PersonFault}, account.ErrName, 422, "", "", 1},
		{"a component's, decided", RefusedForm{FaultOf: account.PersonFault}, account.ErrPersonExists, 409, "", "", 1},
	} {
		got, err := someone(t).Refused(c.form, c.err)
		if err != nil || got.Status != c.status || !strings.Contains(got.Alert, c.alert) || (c.alert == "") != (got.Alert == "") ||
			!strings.Contains(got.Notice, c.notice) || (c.notice == "") != (got.Notice == "") || len(got.Faults) != c.faults {
			t.Errorf("%s: %+v, %v", c.name, got, err)
		}
		if (got.Present.Address != "") != (c.name == "decided") {
			t.Errorf("%s leads to %q", c.name, got.Present.Address)
		}
	}
}

func TestWhatIsNoMatterOfTheFormIsReturned(t *testing.T) {
	for _, err := range []error{
		programme.ErrNotFound, programme.ErrForbidden, programme.ErrUnavailable, context.Canceled, io.ErrUnexpectedEOF,
		register.ErrUnchanged, programme.ErrOwnClaim, &programme.DecidedError{},
	} {
		if got, returned := someone(t).Refused(RefusedForm{}, err); !errors.Is(returned, err) || got.Alert != "" {
			t.Errorf("%v is answered by %+v, %v", err, got, returned)
		}
		_, key := token.Fault(err)
		if _, returned := someone(t).Refused(RefusedForm{FaultOf: token.Fault}, err); (key == "") != errors.Is(returned, err) {
			t.Errorf("%v, of which a token's form says %q, is returned as %v", err, key, returned)
		}
	}
}

func TestFaultsAreBesideTheNearestField(t *testing.T) {
	fields := []Field{{Name: "answers"}, {Name: "answers.info"}, {Name: "answers.info.url"}, {Name: "name"}}
	others := Beside(Pointers(fields), []FormFault{
		{Field: "answers", Words: "a"},
		{Field: "answers.info.url", Words: "b"},
		{Field: "answers.info.entities.0", Words: "c"},
		{Field: "answers.form", Words: "d"},
		{Field: "name_ar", Words: "e"},
		{Field: "", Words: "f"},
	})
	want := [][]string{{"a", "d"}, {"c"}, {"b"}, nil}
	for i := range fields {
		if !slices.Equal(fields[i].Faults, want[i]) {
			t.Errorf("beside %s: %q, want %q", fields[i].Name, fields[i].Faults, want[i])
		}
	}
	if len(others) != 2 || others[0].Words != "e" || others[1].Words != "f" {
		t.Errorf("beside none: %+v", others)
	}
}
