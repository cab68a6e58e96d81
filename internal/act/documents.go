package act

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// Version is the outcome of recording a document: an object that is recorded whole, each time as a new version.
type Version = Outcome[programme.Fact]

// Settings are the programme's.
type Settings struct {
	recorder

	weigher register.Weigher
}

// Record records a new version of the settings; of a dry run the outcome has its effect on the counted total.
func (s Settings) Record(ctx context.Context, by By, change register.Change, next programme.Settings) (Version, error) {
	out, err := s.document(ctx, by, document{
		family: programme.FamilyProgramme, subject: programme.ProgrammeSubject, change: change,
		rule: func(c register.Change) register.Deciding { return c.Settings(next) },
	})
	if err != nil || !by.Dry || out.Unchanged {
		return out, err
	}
	var tried programme.Settings
	if err := json.Unmarshal(out.After.Body, &tried); err != nil {
		return out, recorded(err)
	}
	effect, err := s.weigher.Weigh(ctx, tried)
	if err != nil {
		return out, recorded(err)
	}
	out.Effect = &effect
	return out, nil
}

// Begin records the settings of a programme at its first start, in a time zone; later it refuses another zone.
func (s Settings) Begin(ctx context.Context, zone string) error {
	_, err := s.take(ctx, By{}, step{
		family: programme.FamilyProgramme, subject: programme.ProgrammeSubject,
		rule: register.Change{Actor: "program", Reason: register.FirstStart}.Begin(zone),
	})
	return err
}

// Calendars are the programme's lists of days.
type Calendars struct{ recorder }

// Record records a new version of a calendar; a name that no calendar has is ErrNotFound.
func (c Calendars) Record(
	ctx context.Context, by By, change register.Change, next programme.Calendar,
) (Version, error) {
	if !slices.Contains(programme.Calendars(), next.Name) {
		return Version{}, fmt.Errorf("%w: calendar %q", programme.ErrNotFound, next.Name)
	}
	return c.document(ctx, by, document{
		family: programme.FamilyProgramme, subject: programme.CalendarSubject(next.Name), change: change,
		rule: func(c register.Change) register.Deciding { return c.Calendar(next) },
	})
}

// Campaigns are awareness campaigns.
type Campaigns struct{ recorder }

// Record records a new version of a campaign, or a new one.
func (c Campaigns) Record(ctx context.Context, by By, change register.Change, next register.Campaign) (Version, error) {
	known, err := c.catalogue(ctx)
	if err != nil {
		return Version{}, err
	}
	return c.document(ctx, by, document{
		family: programme.FamilyCampaign, subject: next.ID, change: change,
		rule: func(c register.Change) register.Deciding { return c.Campaign(next, known) },
	})
}

// Entities are those of the catalogue.
type Entities struct{ recorder }

// Record records a new version of the entity of a code, or a new one.
func (e Entities) Record(
	ctx context.Context, by By, change register.Change, code string, next programme.Entity,
) (Version, error) {
	known, err := e.catalogue(ctx)
	if err != nil {
		return Version{}, err
	}
	return e.document(ctx, by, document{
		family: programme.FamilyEntity, subject: code, entity: code, change: change,
		rule: func(c register.Change) register.Deciding { return c.Entity(code, next, known) },
	})
}

// Services are those of the catalogue.
type Services struct{ recorder }

// Record records a new version of the service of a code, or a new one.
func (s Services) Record(
	ctx context.Context, by By, change register.Change, code string, next programme.Service,
) (Version, error) {
	known, err := s.catalogue(ctx)
	if err != nil {
		return Version{}, err
	}
	d := document{
		family: programme.FamilyService, subject: code, change: change,
		rule: func(c register.Change) register.Deciding { return c.Service(code, next, known) },
	}
	if known.Entities[next.Entity] {
		d.entity = next.Entity
	}
	return s.document(ctx, by, d)
}

// catalogue reads which entities and services there are.
func (r recorder) catalogue(ctx context.Context) (register.Catalogue, error) {
	facts, err := r.register.Facts(
		ctx, []programme.Family{programme.FamilyEntity, programme.FamilyService}, time.Time{},
	)
	if err != nil {
		return register.Catalogue{}, recorded(err)
	}
	known, err := register.CatalogueOf(facts)
	if err != nil {
		return known, recorded(err)
	}
	return known, nil
}

// document is one of them with its change.
type document struct {
	family          programme.Family
	subject, entity string
	change          register.Change
	rule            func(register.Change) register.Deciding
}

// document records a new version, or tries it.
func (r recorder) document(ctx context.Context, by By, d document) (Version, error) {
	out := about(by, d.family, d.subject, d.entity, func(f *programme.Fact) any { return f.Body })
	if !by.Who.Admin() {
		return out, fmt.Errorf("%w: %s records no %s", programme.ErrForbidden, by.Who.ID, d.family)
	}
	d.change.Actor = by.Who.ID
	t, err := r.take(ctx, by, step{family: d.family, subject: d.subject, rule: d.rule(d.change)})
	if err != nil {
		return out, err
	}
	if before := newest(t.stream); before.Seq > 0 {
		out.Before = &before
	}
	out.After, out.Unchanged = &t.fact, t.unchanged
	if t.unchanged {
		out.After = out.Before
	}
	return out, nil
}
