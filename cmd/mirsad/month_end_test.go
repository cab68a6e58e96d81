package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestMonthsEndInQatar sends the last second of September and the first of October, each in two ways of writing it, and
// finds them where they belong in JSON, on the page and in the workbooks.
func TestMonthsEndInQatar(t *testing.T) {
	t.Parallel()
	p := serve(t, t.TempDir())
	newAgencies(t, p)
	event := func(id, at, count string) string {
		return strings.ReplaceAll(usage(id, "e0-s0", count), "2016-08-10T09:00:00+03:00", at)
	}
	got := p.send(
		eventOf("rollout", "launch", "e0-s0", `{"action":"launch","channels":["web"],"effective_on":"2016-01-01"}`),
		event("last", "2016-09-30T23:59:59+03:00", "8"), event("last-utc", "2016-09-30T20:59:59.999999Z", "3"),
		event("first", "2016-10-01T00:00:00+03:00", "4"), event("first-utc", "2016-09-30T21:00:00Z", "1"))
	if got.Accepted != 5 {
		t.Fatalf("%+v", got)
	}
	p.settle()
	var series struct {
		Series []struct {
			Points []struct {
				Period string `json:"period"`
				Total  struct {
					Value *int64 `json:"value"`
				} `json:"total"`
			} `json:"points"`
		} `json:"series"`
	}
	for grain, want := range map[string]map[string]int64{
		"month": {"2016-09": 11, "2016-10": 5}, "day": {"2016-09-30": 11, "2016-10-01": 5},
	} {
		p.get("/v1/usage?on=2016-10-31&grain="+grain+"&from=2016-09-30&to=2016-10-01", &series)
		if len(series.Series[0].Points) != 2 {
			t.Errorf("%s: %+v", grain, series)
		}
		for _, point := range series.Series[0].Points {
			if point.Total.Value == nil || *point.Total.Value != want[point.Period] {
				t.Errorf("%s: %+v, want %d", grain, point, want[point.Period])
			}
		}
	}
	for month, want := range map[string]string{"2016-09": "11", "2016-10": "5"} {
		file := filepath.Join(t.TempDir(), month+".xlsx")
		p.must("report", "--month", month, "--lang", "en", "--out", file)
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got := openWorkbook(t, content).value("usage_completed"); got != want {
			t.Errorf("the workbook of %s says %q, want %s", month, got, want)
		}
	}
	command := mirsad(t.Context(), t, p.data, "user", "create", "--email", "minister@example.qa", "--role", "executive", "--keep-password")
	command.Stdin = strings.NewReader("a long password of the test\n")
	if words, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, words)
	}
	b := openBrowser(t, p.service.URL)
	b.signIn(p.service.URL, "minister@example.qa", "a long password of the test")
	for on, want := range map[string]string{"2016-09-30": "11", "2016-10-31": "5"} {
		b.open(p.service.URL + "/en/usage?on=" + on)
		if got := b.figures()["usage.completed"]; len(got) != 1 || got[0] != want {
			t.Errorf("the page on %s says %v, want %s", on, got, want)
		}
	}
}
