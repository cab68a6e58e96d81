package act_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/act"
	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// document is a kind of what administrators record whole, by a name that makes its versions differ.
type document struct {
	family          programme.Family
	subject, entity string
	recorded        uint32 // how many versions there are at the start
	record          func(ctx context.Context, by act.By, change register.Change, name string) (act.Version, error)
}

func (d *desk) documents() map[string]document {
	nine, ten := civil.NewDate(2016, 9, 1), civil.NewDate(2016, 10, 1)
	return map[string]document{
		"the settings": {
			programme.FamilyProgramme, programme.ProgrammeSubject, "", 1,
			func(ctx context.Context, by act.By, change register.Change, name string) (act.Version, error) {
				next := programme.DefaultSettings()
				next.Name = name
				return d.Settings.Record(ctx, by, change, next)
			},
		},
		"a calendar": {
			programme.FamilyProgramme, "calendar/holidays", "", 0,
			func(ctx context.Context, by act.By, change register.Change, name string) (act.Version, error) {
				days := []programme.CalendarDay{{From: nine, Name: name, NameAr: "عطلة"}}
				return d.Calendars.Record(ctx, by, change, programme.Calendar{Name: programme.CalendarHolidays, Days: days})
			},
		},
		"a campaign": {
			programme.FamilyCampaign, "autumn", "", 0,
			func(ctx context.Context, by act.By, change register.Change, name string) (act.Version, error) {
				return d.Campaigns.Record(ctx, by, change, register.Campaign{
					ID: "autumn", Name: name, NameAr: "حملة", StartsOn: nine, EndsOn: ten, Services: []string{"visa"},
				})
			},
		},
		"an entity": {
			programme.FamilyEntity, "moj", "moj", 0,
			func(ctx context.Context, by act.By, change register.Change, name string) (act.Version, error) {
				return d.Entities.Record(ctx, by, change, "moj", programme.Entity{Name: name, NameAr: "العدل"})
			},
		},
		"a service": {
			programme.FamilyService, "passport", "moi", 0,
			func(ctx context.Context, by act.By, change register.Change, name string) (act.Version, error) {
				return d.Services.Record(ctx, by, change, "passport", programme.Service{
					Name: name, NameAr: "جواز", Entity: "moi", Channels: programme.Channels()[:1],
				})
			},
		},
	}
}

func TestADocumentIsTriedRecordedUnchangedAndChanged(t *testing.T) {
	d := newDesk(t)
	for name, doc := range d.documents() {
		first, later := doc.recorded, doc.recorded+1
		change := func(version uint32) register.Change {
			return register.Change{Reason: " agreed ", Version: version, EffectiveOn: civil.NewDate(2016, 9, 15)}
		}
		tried, err := doc.record(t.Context(), act.By{Who: admin, Dry: true}, change(first), "One")
		if err != nil || tried.Recorded() || !tried.Dry || tried.After.Seq != first+1 || tried.After.Reason != "agreed" ||
			tried.After.EffectiveOn != civil.NewDate(2016, 9, 15) || tried.After.Actor != admin.ID {
			t.Errorf("%s, tried: %+v, %v", name, tried.After, err)
		}
		if got := len(d.stream(doc.family, doc.subject)); got != int(first) {
			t.Errorf("%s: a try has left %d versions", name, got)
		}
		mustNote(t, name, &tried, doc, "null", `{"dry_run":true,"unchanged":true}`)

		made, err := doc.record(t.Context(), act.By{Who: admin}, change(first), "One")
		if err != nil || !made.Recorded() || (made.Before != nil) != (first > 0) || made.After.Seq != later {
			t.Fatalf("%s, recorded: %+v, %v", name, made, err)
		}
		if len(register.Differences(made.After.Body, tried.After.Body)) > 0 {
			t.Errorf("%s: recorded %s, tried %s", name, made.After.Body, tried.After.Body)
		}
		if first == 0 {
			mustNote(t, name, &made, doc, "null", string(made.After.Body))
		}
		same, err := doc.record(t.Context(), act.By{Who: admin}, change(later), "One")
		if err != nil || !same.Unchanged || same.Recorded() || same.After.Seq != later || same.Before.Seq != later {
			t.Errorf("%s, the same again: %+v, %v", name, same, err)
		}
		mustNote(t, name, &same, doc, "null", `{"unchanged":true}`)

		changed, err := doc.record(t.Context(), act.By{Who: admin}, change(later), "Two")
		if err != nil || !changed.Recorded() || changed.Before.Seq != later || changed.After.Seq != later+1 {
			t.Fatalf("%s, changed: %+v, %v", name, changed, err)
		}
		mustNote(t, name, &changed, doc, string(made.After.Body), string(changed.After.Body))
		if got := len(d.stream(doc.family, doc.subject)); got != int(first)+2 {
			t.Errorf("%s has %d versions", name, got)
		}
	}
}

// mustNote wants the audit row of a document's act.
func mustNote(t *testing.T, name string, out *act.Version, doc document, before, after string) {
	t.Helper()
	got, was, is := noteOf(t, out.Note)
	if got.Object != string(doc.family)+"/"+doc.subject || got.Entity != doc.entity {
		t.Errorf("%s: noted of %q of %q", name, got.Object, got.Entity)
	}
	if was != before || is != after {
		t.Errorf("%s: noted\n%s\n%s\nwant\n%s\n%s", name, was, is, before, after)
	}
}

// A change of what somebody else has changed since, or of a version that is not there, is refused, tried or not.
func TestADocumentIsChangedFromItsNewestVersionAlone(t *testing.T) {
	d := newDesk(t)
	for name, doc := range d.documents() {
		from := register.Change{Reason: "agreed", Version: doc.recorded, EffectiveOn: civil.NewDate(2016, 9, 15)}
		if _, err := doc.record(t.Context(), act.By{Who: admin}, from, "One"); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, by := range []act.By{{Who: admin}, {Who: admin, Dry: true}} {
			older, err := doc.record(t.Context(), by, from, "Two")
			decided, is := errors.AsType[*programme.DecidedError](err)
			if !is || decided.Seq != doc.recorded+1 || decided.Actor != admin.ID || older.After != nil || older.Recorded() {
				t.Errorf("%s, from an older version: %+v, %v", name, older, err)
			}
			from := from
			from.Version = doc.recorded + 2
			_, err = doc.record(t.Context(), by, from, "Two")
			mustFault(t, name, err, map[string]string{"version": "unknown_version"})
		}
		if got := len(d.stream(doc.family, doc.subject)); got != int(doc.recorded)+1 {
			t.Errorf("%s has %d versions", name, got)
		}
	}
}

func TestOnlyAdministratorsRecordDocuments(t *testing.T) {
	d := newDesk(t)
	change := register.Change{Reason: "agreed", EffectiveOn: civil.NewDate(2016, 9, 15)}
	for name, doc := range d.documents() {
		change.Version = doc.recorded
		for _, who := range []access.Principal{
			planner, interior, nobodys, byLink, auditor, executive,
			{ID: "token/read", Scopes: []access.Scope{access.ScopeRead}},
		} {
			out, err := doc.record(t.Context(), act.By{Who: who}, change, "One")
			if !errors.Is(err, programme.ErrForbidden) || out.After != nil || out.Recorded() {
				t.Errorf("%s by %s: %+v, %v", name, who.ID, out, err)
			}
			mustNote(t, name+" by "+who.ID, &out, doc, "null", `{"unchanged":true}`)
		}
		if got := len(d.stream(doc.family, doc.subject)); got != int(doc.recorded) {
			t.Errorf("%s has %d versions", name, got)
		}
	}
	token := access.Principal{ID: "token/admin", Scopes: []access.Scope{access.ScopeAdmin}}
	change.Version = 0
	if _, err := d.documents()["an entity"].record(t.Context(), act.By{Who: token}, change, "One"); err != nil {
		t.Errorf("by a token for administrators: %v", err)
	}
}

// Everything wrong with a document is said at once, with what could not be read, and nothing of it is recorded.
func TestADocumentIsRefusedForAllItsFaults(t *testing.T) {
	d := newDesk(t)
	day, later := civil.NewDate(2016, 9, 1), civil.NewDate(2016, 9, 15)
	agreed := register.Change{Reason: "agreed", EffectiveOn: later}
	by := act.By{Who: admin, Unread: unread("effective_on")}
	for _, c := range []struct {
		name   string
		record func(ctx context.Context) (act.Version, error)
		want   map[string]string
	}{
		{
			"an entity without names, under another code",
			func(ctx context.Context) (act.Version, error) {
				return d.Entities.Record(ctx, by, agreed, "justice", programme.Entity{Code: "moj"})
			},
			map[string]string{"code": "fixed", "name": "missing", "name_ar": "missing", "effective_on": "not_a_date"},
		},
		{
			"a service of an entity that is not there, which is part of itself and names others twice",
			func(ctx context.Context) (act.Version, error) {
				return d.Services.Record(ctx, by, register.Change{}, "passport", programme.Service{
					Name: "Passport", NameAr: "جواز", Entity: "moe", DependsOn: []string{"moi", "moi"}, PartOf: "passport",
					Succeeds: []string{"visa", "visa"}, Channels: programme.Channels()[:1],
				})
			},
			map[string]string{
				"entity": "unknown_code", "depends_on.1": "repeated", "part_of": "itself", "succeeds.1": "repeated",
				"reason": "missing", "effective_on": "not_a_date",
			},
		},
		{
			"a campaign that ends before it begins, for a service that is not there",
			func(ctx context.Context) (act.Version, error) {
				return d.Campaigns.Record(ctx, by, agreed, register.Campaign{
					ID: "autumn", Name: "Autumn", NameAr: "الخريف", StartsOn: later, EndsOn: day, Services: []string{"gone"},
				})
			},
			map[string]string{"ends_on": "not_between", "services.0": "unknown_code", "effective_on": "not_a_date"},
		},
		{
			"a calendar of two feasts on one day",
			func(ctx context.Context) (act.Version, error) {
				return d.Calendars.Record(ctx, by, agreed, programme.Calendar{
					Name: programme.CalendarHolidays,
					Days: []programme.CalendarDay{
						{From: day, To: later, Name: "One", NameAr: "الأول"}, {From: later, Name: "Two", NameAr: "الثاني"},
					},
				})
			},
			map[string]string{"days.1.from": "overlaps", "effective_on": "not_a_date"},
		},
		{
			"settings in another zone, without a goal",
			func(ctx context.Context) (act.Version, error) {
				next := programme.DefaultSettings()
				next.TimeZone, next.Goal = "UTC", 0
				return d.Settings.Record(ctx, by, register.Change{Reason: strings.Repeat("x", 1001), Version: 1}, next)
			},
			map[string]string{
				"time_zone": "fixed", "goal": "out_of_range", "reason": "too_long", "effective_on": "not_a_date",
			},
		},
	} {
		out, err := c.record(t.Context())
		mustFault(t, c.name, err, c.want)
		if out.After != nil || out.Recorded() || out.Effect != nil {
			t.Errorf("%s: %+v", c.name, out)
		}
	}
	all, err := d.db.Facts(t.Context(), programme.Families(), clockEnd)
	if err != nil || len(all) != 4 { // the settings, an entity and two services, as at the start
		t.Errorf("%d facts, %v", len(all), err)
	}
}

// The audit row names the entity that has the service after the act; one that is not in the catalogue it does not.
func TestAServicesActIsItsNewOwners(t *testing.T) {
	d := newDesk(t)
	moj := programme.Entity{Name: "Justice", NameAr: "العدل"}
	if _, err := d.Entities.Record(t.Context(), act.By{Who: admin}, register.Change{Reason: "new"}, "moj", moj); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ owner, entity string }{{"moj", "moj"}, {"moi", "moi"}, {"gone", ""}, {"", ""}} {
		out, err := d.Services.Record(t.Context(), act.By{Who: admin, Dry: true},
			register.Change{Reason: "moved", Version: 1, EffectiveOn: civil.NewDate(2016, 9, 15)}, "visa",
			programme.Service{Name: "Visa", NameAr: "تأشيرة", Entity: c.owner, Channels: programme.Channels()})
		if out.Entity != c.entity || out.Object != "service/visa" || (err == nil) != (c.entity != "") {
			t.Errorf("moved to %q: %q of %q, %v", c.owner, out.Object, out.Entity, err)
		}
	}
}

func TestACalendarThatIsNotThereIsNotFound(t *testing.T) {
	d, change := newDesk(t), register.Change{Reason: "new"}
	for _, name := range []string{"", "weekends", "calendar/holidays", "Holidays"} {
		out, err := d.Calendars.Record(t.Context(), act.By{Who: admin}, change, programme.Calendar{Name: name})
		if noted, _, _ := noteOf(t, out.Note); !errors.Is(err, programme.ErrNotFound) || noted.Object != "" {
			t.Errorf("%q: %v, noted of %q", name, err, noted.Object)
		}
	}
	for _, name := range programme.Calendars() {
		out, err := d.Calendars.Record(t.Context(), act.By{Who: admin, Dry: true}, change, programme.Calendar{Name: name})
		if err != nil || out.Object != "programme/calendar/"+name {
			t.Errorf("%s: %q, %v", name, out.Object, err)
		}
	}
}

// Only a try of settings that would change something says what they would do, and it says it of the settings tried.
func TestSettingsThatAreTriedSayTheirEffect(t *testing.T) {
	d, next := newDesk(t), programme.DefaultSettings()
	next.ReportingDate, next.Goal = civil.NewDate(2016, 9, 30), 1200
	for _, c := range []struct {
		name   string
		dry    bool
		change register.Change
		goal   int
		effect bool
	}{
		{"the same, tried", true, register.Change{Reason: "agreed", Version: 1}, programme.DefaultSettings().Goal, false},
		{"another goal, tried", true, register.Change{Reason: "agreed", Version: 1}, 1200, true},
		{"another goal without a reason, tried", true, register.Change{Version: 1}, 1200, false},
		{"another goal", false, register.Change{Reason: "agreed", Version: 1}, 1200, false},
	} {
		next.Goal = c.goal
		out, err := d.Settings.Record(t.Context(), act.By{Who: admin, Dry: c.dry}, c.change, next)
		if (err != nil) != (c.change.Reason == "") || (out.Effect != nil) != c.effect {
			t.Errorf("%s: %+v, %v", c.name, out, err)
		}
		if out.Effect != nil && (out.Effect.Before.Goal != 1000 || out.Effect.After.Goal != 1200) {
			t.Errorf("%s: %+v", c.name, out.Effect)
		}
	}
}
