package ingest

import (
	"testing"
	"time"

	"mirsad/ingest/rows"
	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// A use is reported by who owned the service on its day, a total by who owned it on the last day of its period
// (docs/rules.md#who-may-report); the service moves from the Ministry of Interior to that of Public Health on 1 September.
func TestWhoOwnedAServiceOnTheDayReportsIt(t *testing.T) {
	health := agency
	health.ID, health.Entity = "token/moph", "moph"
	on := func(day string) string { return usage(nil, fields{"time": day + "T09:00:00Z"}) }
	of := func(period string) string { return statement(fields{"period": period}) }
	refused := func(code programme.RefusalCode) programme.RefusalCode { return code }
	for name, test := range map[string]struct {
		by   access.Principal
		row  string
		want programme.RefusalCode
	}{
		"the old owner's use of August":         {agency, on("2016-08-31"), ""},
		"the old owner's use of September":      {agency, on("2016-09-01"), refused(programme.RefusedEntityMismatch)},
		"the new owner's use of August":         {health, on("2016-08-31"), refused(programme.RefusedEntityMismatch)},
		"the new owner's use of September":      {health, on("2016-09-01"), ""},
		"the old owner's total of August":       {agency, of("2016-08"), ""},
		"the new owner's total of August":       {health, of("2016-08"), refused(programme.RefusedEntityMismatch)},
		"the old owner's total of the quarter":  {agency, of("2016-Q3"), refused(programme.RefusedEntityMismatch)},
		"the new owner's total of the quarter":  {health, of("2016-Q3"), ""},
		"the code in capitals":                  {agency, usage(nil, fields{"subject": "MOI-1", "time": "2016-08-31T09:00:00Z"}), ""},
		"a launch of long ago":                  {health, rolloutEvent(nil, fields{"time": "2003-05-01T00:00:00Z"}), refused(programme.RefusedEntityMismatch)},
		"a launch of long ago, by who owned it": {agency, rolloutEvent(fields{"effective_on": "2003-05-01"}, fields{"time": "2003-05-01T00:00:00Z"}), ""},
		"a use of a removed service":            {agency, usage(nil, fields{"subject": "moi-2"}), refused(programme.RefusedUnknownService)},
		"a use before it was removed":           {agency, usage(nil, fields{"subject": "moi-2", "time": "2016-09-14T09:00:00Z"}), ""},
		"an importer's of a removed service":    {admin, usage(nil, fields{"subject": "moi-2"}), ""},
	} {
		t.Run(name, func(t *testing.T) {
			store := newMemoryStore()
			store.moved = []programme.Ownership{
				{Service: "moi-1", Entity: "moph", From: civil.NewDate(2016, 9, 1)},
				{Service: "moi-2", From: civil.NewDate(2016, 9, 15), Removed: true},
			}
			f := newFixture(t, Configuration{}, store, func() time.Time { return evening })
			f.start(t)
			answer, err := f.Receive(t.Context(), Submission{Principal: test.by, Format: rows.FormatEvent, Body: []byte(test.row)})
			if err != nil {
				t.Fatal(err)
			}
			var got programme.RefusalCode
			if len(answer.Rejected) > 0 {
				got = answer.Rejected[0].Code
			}
			if got != test.want {
				t.Errorf("refused %q, want %q", got, test.want)
			}
		})
	}
}
