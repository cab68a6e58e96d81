package act_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"strings"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/act"
	"mirsad/internal/civil"
	"mirsad/internal/clickhouse"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/clocktest"
	"mirsad/internal/gather"
	"mirsad/internal/httpserver"
	"mirsad/internal/link"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

func TestMain(m *testing.M) { clickhousetest.Main(m) }

var (
	admin     = access.Principal{ID: "user/admin@x", Role: access.RoleAdmin}
	planner   = access.Principal{ID: "user/planner@x", Role: access.RolePlanner}
	interior  = access.Principal{ID: "user/noor@moi", Role: access.RoleAgency, Entity: "moi"}
	justice   = access.Principal{ID: "user/hind@moj", Role: access.RoleAgency, Entity: "moj"}
	auditor   = access.Principal{ID: "user/auditor@x", Role: access.RoleAuditor}
	executive = access.Principal{ID: "user/minister@x", Role: access.RoleExecutive}
	nobodys   = access.Principal{ID: "user/nobody@x", Role: access.RoleAgency}
	byLink    = access.Principal{
		ID: "link/1", Role: access.RoleAgency, Entity: "moi",
		Purpose: access.LinkClaims, Month: civil.NewMonth(2016, time.August),
	}
)

// desk is the acts over a real store, with a record of the links that were used up.
type desk struct {
	*act.Acts

	t    *testing.T
	db   *clickhouse.DB
	kept *gather.Figures
	used []link.Act
	// refuses is what the next use of a link is refused with.
	refuses error
}

func (d *desk) Use(ctx context.Context, use link.Act, submit func(context.Context) error) error {
	if d.refuses != nil {
		return d.refuses
	}
	d.used = append(d.used, use)
	return submit(ctx)
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, db: clickhousetest.New(t)}
	kept, err := gather.New(gather.Configuration{Zone: time.UTC}, gather.Dependencies{Store: d.db, Now: clocktest.Now})
	if err != nil {
		t.Fatal(err)
	}
	d.kept = kept
	d.Acts = act.New(act.Dependencies{Register: d.db, Weigher: d.kept, Links: d, Logger: slog.New(slog.DiscardHandler)})
	clickhousetest.Catalogue(t, d.db, programme.DefaultSettings(), "first start", programme.Channels(), "visa", "forms")
	return d
}

// stream is what is recorded of a subject.
func (d *desk) stream(family programme.Family, subject string) []programme.Fact {
	d.t.Helper()
	stream, err := d.db.Stream(d.t.Context(), family, subject)
	if err != nil {
		d.t.Fatal(err)
	}
	return stream
}

func (d *desk) planning() *register.Planning {
	d.t.Helper()
	planning, err := d.kept.Planning(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	return planning
}

func unread(field string) []programme.Fault {
	return []programme.Fault{{Field: field, Kind: "not_a_date"}}
}

// fields are the fields of an error's faults.
func fields(err error) map[string]string {
	found := map[string]string{}
	if all, are := errors.AsType[*programme.FaultsError](err); are {
		for _, each := range all.Faults {
			found[each.Field] = each.Kind
		}
	}
	return found
}

// clockEnd asks for what is recorded up to now.
var clockEnd time.Time

// mustFault wants an error of exactly these faults, by field and kind, each worded in both languages.
func mustFault(t *testing.T, name string, err error, want map[string]string) {
	t.Helper()
	all, are := errors.AsType[*programme.FaultsError](err)
	if !are {
		t.Errorf("%s: %v, want faults %v", name, err, want)
		return
	}
	if got := fields(err); !maps.Equal(got, want) || len(got) != len(all.Faults) {
		t.Errorf("%s: faults %v, want %v", name, all.Faults, want)
	}
	for _, each := range httpserver.WordFaults(all) {
		if each.Message == each.MessageAr || strings.ContainsAny(each.Message+each.MessageAr+each.Remedy+each.RemedyAr, "⟦{") {
			t.Errorf("%s: %s is not worded in both languages: %+v", name, each.Field, each)
		}
	}
}

// noteOf is what the audit row of a request keeps of an act, with before and after as JSON.
func noteOf(t *testing.T, note func(context.Context)) (noted access.Act, before, after string) {
	t.Helper()
	verdict := &access.Verdict{}
	note(access.WithVerdict(t.Context(), verdict))
	noted = verdict.Act()
	was, wasErr := json.Marshal(noted.Before)
	is, isErr := json.Marshal(noted.After)
	if err := errors.Join(wasErr, isErr); err != nil {
		t.Fatal(err)
	}
	return noted, string(was), string(is)
}
