package reports

import (
	"encoding/json"
	"net/http"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
)

// A month has a workbook when its last day is described and over, from the programme's start on.
func TestWhichMonthsHaveAWorkbook(t *testing.T) {
	const first, last = "2016-01", "2016-09"
	for _, each := range []struct {
		name      string
		on, today civil.Date
		newest    string // "": there is none
	}{
		{"the month's last day is described and over", civil.NewDate(2016, 9, 30), civil.NewDate(2016, 10, 3), last},
		{"a day within a month is described", civil.NewDate(2016, 10, 12), civil.NewDate(2026, 3, 1), last},
		{"the last day of a month is today", civil.NewDate(2016, 9, 30), civil.NewDate(2016, 9, 30), "2016-08"},
		{"the day after is today", civil.NewDate(2016, 9, 30), civil.NewDate(2016, 10, 1), last},
		{"the last day of a leap February is today", civil.NewDate(2016, 2, 29), civil.NewDate(2016, 2, 29), first},
		{"the last day of the year is today", civil.NewDate(2016, 12, 31), civil.NewDate(2016, 12, 31), "2016-11"},
		{"New Year's Day is today", civil.NewDate(2017, 1, 1), civil.NewDate(2017, 1, 1), "2016-12"},
		{"the first month is running", civil.NewDate(2016, 1, 31), civil.NewDate(2016, 1, 31), ""},
		{"the programme has not begun", civil.NewDate(2015, 6, 1), civil.NewDate(2015, 6, 1), ""},
	} {
		f := &figures.Figures{Services: make([]figures.ServiceFigures, 1)}
		f.On, f.Programme.StartsOn = each.on, civil.NewDate(2016, 1, 15)
		months := monthsOf(f, each.today)
		if each.newest == "" {
			if len(months) != 0 {
				t.Errorf("%s: %v", each.name, months)
			}
			continue
		}
		if len(months) == 0 || months[0].String() != each.newest || months[len(months)-1].String() != first {
			t.Errorf("%s: %v, want %s to %s", each.name, months, each.newest, first)
		}
	}
	if months := monthsOf(&figures.Figures{}, civil.NewDate(2016, 10, 3)); len(months) != 0 {
		t.Errorf("an empty programme: %v", months)
	}
}

func TestTheListOfReports(t *testing.T) {
	r, _ := newReports(t, sample(small))
	executive := &access.Principal{Role: access.RoleExecutive}
	answer := request(t, r, "/v1/reports", executive)
	var list List
	err := json.Unmarshal(answer.Body.Bytes(), &list)
	if err != nil || answer.Code != http.StatusOK || len(list.Items) == 0 {
		t.Fatalf("%d, %v: %s", answer.Code, err, answer.Body)
	}
	newest := list.Items[0]
	if newest != reportOf(civil.NewMonth(2016, 9)) || newest.State != "draft" {
		t.Errorf("the newest is %+v", newest)
	}
	for _, address := range []string{newest.Highlights.English, newest.Highlights.Arabic} {
		got := request(t, r, address, executive)
		if got.Code != http.StatusOK || got.Header().Get("Content-Type") != workbookType {
			t.Errorf("%s: %d %s", address, got.Code, got.Header().Get("Content-Type"))
		}
	}
	again := request(t, r, "/v1/reports", executive, "If-None-Match", answer.Header().Get("ETag"))
	if again.Code != http.StatusNotModified {
		t.Errorf("asked again: %d", again.Code)
	}
	var one Report
	answer = request(t, r, "/v1/reports/2016-09", executive)
	if err := json.Unmarshal(answer.Body.Bytes(), &one); err != nil || one != newest {
		t.Errorf("one month: %s, %v", answer.Body, err)
	}
	for address, want := range map[string]int{
		"/v1/reports/2016-10": http.StatusNotFound, "/v1/reports/1999-01": http.StatusNotFound,
		"/v1/reports/soon": http.StatusBadRequest,
	} {
		if got := request(t, r, address, executive).Code; got != want {
			t.Errorf("%s: %d, want %d", address, got, want)
		}
	}
}

func TestAnEmptyProgrammeHasNoReports(t *testing.T) {
	r, _ := newReports(t, &figures.Figures{})
	answer := request(t, r, "/v1/reports", &access.Principal{Role: access.RoleExecutive})
	if answer.Code != http.StatusOK || answer.Body.String() != "{\"items\":[]}\n" {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
}
