package page

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/httpserver"
	"mirsad/internal/intake/intaketest"
	"mirsad/internal/programme"
)

func TestFormsAreReadForgivingly(t *testing.T) {
	form := url.Values{
		"n": {" 12 "}, "arabic": {"١٢"}, "none": {"many"}, "date": {" 2016-09-30 "}, "bad": {"soon"},
		"list": {" a, b ،c\n\n d,"}, "level": {"3"}, "far": {"99"}, "below": {"-2"}, "text": {" a b "},
	}
	var unread []programme.Fault
	if FormNumber(form, "n") != 12 || FormNumber(form, "arabic") != 12 || FormNumber(form, "none") != 0 || FormNumber(form, "absent") != 0 {
		t.Error("numbers are not read")
	}
	if FormDate(form, "date", &unread) != civil.NewDate(2016, 9, 30) || FormDate(form, "absent", &unread) != 0 || len(unread) != 0 {
		t.Errorf("dates are not read: %v", unread)
	}
	if FormDate(form, "bad", &unread); len(unread) != 1 || unread[0].Field != "bad" || unread[0].Kind != "not_a_date" {
		t.Errorf("%v", unread)
	}
	if got := FormList(form, "list"); !slices.Equal(got, []string{"a", "b", "c", "d"}) {
		t.Errorf("%q", got)
	}
	if FormLevel(form, "level") != 3 || FormLevel(form, "far").Valid() || FormLevel(form, "below").Valid() || FormText(form, "text") != "a b" {
		t.Error("levels or texts are not read")
	}
}

// What is typed is read up to a size, and the version that it was typed on is needed.
func TestFormsAreReadUpToTheirSize(t *testing.T) {
	for _, c := range []struct {
		body string
		want error
	}{
		{"a=" + strings.Repeat("x", 100), nil},
		{"a=" + strings.Repeat("x", ShortForm), httpserver.ErrTooLarge},
		{"a=%zz", programme.ErrInvalid},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(c.body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		err := ReadForm(httptest.NewRecorder(), r, ShortForm)
		if _, large := errors.AsType[*http.MaxBytesError](err); large {
			err = httpserver.ErrTooLarge // as the page of problems reads it
		}
		if !errors.Is(err, c.want) {
			t.Errorf("%.10s…: %v, want %v", c.body, err, c.want)
		}
	}
	for text, want := range map[string]uint32{"0": 0, "7": 7, "4294967295": 4294967295} {
		if got, err := FormVersion(url.Values{"version": {text}}); err != nil || got != want {
			t.Errorf("version %s is read as %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "-1", "4294967296", "two"} {
		if _, err := FormVersion(url.Values{"version": {text}}); !errors.Is(err, programme.ErrInvalid) {
			t.Errorf("version %q: %v", text, err)
		}
	}
}

// What every door reads is read in forms.
func TestFormsReadTheSameCells(t *testing.T) {
	for _, day := range intaketest.Days() {
		var unread []programme.Fault
		got := FormDate(url.Values{"on": {day.Text}}, "on", &unread)
		if (len(unread) == 0) != (day.Reason == "") || len(unread) == 0 && got.String() != day.Day {
			t.Errorf("%q is %s, %+v", day.Text, got, unread)
		}
	}
	for _, number := range intaketest.Numbers() {
		if got := FormNumber(url.Values{"n": {number.Text}}, "n"); int64(got) != number.Value {
			t.Errorf("%q is %d", number.Text, got)
		}
	}
	if got := FormCodes(url.Values{"codes": {"visa permit\u200f;VISA\nbirth، licence"}}, "codes"); !slices.Equal(got, []string{"visa", "permit", "birth", "licence"}) {
		t.Errorf("codes are %q", got)
	}
}
