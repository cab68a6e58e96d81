package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/act"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

func itself(name string) string { return name }

// The bodies of PUT.
type (
	settingsBody struct {
		programme.Settings

		Version uint32 `json:"version" doc:"The version that was read."`
		Reason  string `json:"reason" doc:"Why, in your words; it is kept with the version."`
		// These two can't change, so they may be left out.
		TimeZone *string `json:"time_zone,omitempty"`
		Sample   *bool   `json:"sample,omitempty"`

		answeredFields
	}
	// answeredFields stand in the answer of GET and are not read, so that it can be sent back as it is, edited.
	answeredFields struct {
		On           any `json:"on,omitempty" hidden:"true"`
		AsAt         any `json:"as_at,omitempty" hidden:"true"`
		Provisional  any `json:"provisional,omitempty" hidden:"true"`
		DataVersion  any `json:"data_version,omitempty" hidden:"true"`
		RuleVersion  any `json:"rule_version,omitempty" hidden:"true"`
		Completeness any `json:"completeness,omitempty" hidden:"true"`
	}
	calendarBody struct {
		programme.Calendar
		changeBody
	}
	campaignBody struct {
		register.Campaign
		changeBody
	}
	entityBody struct {
		programme.Entity
		changeBody
	}
	serviceBody struct {
		programme.Service
		changeBody
	}
)

// registerRegister adds what administrators record.
func (a *API) registerRegister() {
	a.registerDocument(document{
		id: "programme-settings", path: "/v1/programme", what: "the programme's settings",
		family: programme.FamilyProgramme, subject: func(string) string { return programme.ProgrammeSubject },
		shape: reflect.TypeFor[settingsBody](), read: a.readSettings,
	})
	a.registerDocument(document{
		parameter: "name",
		id:        "calendar", path: "/v1/calendars/{name}", what: "a calendar",
		family: programme.FamilyProgramme, subject: programme.CalendarSubject,
		shape: reflect.TypeFor[calendarBody](), read: a.readCalendar,
		value: func(name string, stream []programme.Fact) (any, error) {
			if !slices.Contains(programme.Calendars(), name) {
				return nil, fmt.Errorf("%w: calendar %q", programme.ErrNotFound, name)
			}
			return programme.CalendarOf(name, stream)
		},
	})
	a.registerDocument(document{
		parameter: "id",
		id:        "campaign", path: "/v1/campaigns/{id}", what: "a campaign", family: programme.FamilyCampaign,
		subject: itself,
		shape:   reflect.TypeFor[campaignBody](), read: a.readCampaign,
		value: func(_ string, stream []programme.Fact) (any, error) { return register.CampaignOf(stream) },
	})
	a.registerDocument(document{
		parameter: "entity",
		id:        "entity-record", path: "/v1/entities/{entity}", what: "an entity of the catalogue",
		family: programme.FamilyEntity, subject: itself, shape: reflect.TypeFor[entityBody](), read: a.readEntity,
	})
	a.registerDocument(document{
		parameter: "service",
		id:        "service-record", path: "/v1/services/{service}", what: "a service of the catalogue",
		family: programme.FamilyService, subject: itself, shape: reflect.TypeFor[serviceBody](), read: a.readService,
	})
	serve(a, a.documentOperation(document{}, "campaigns", "/v1/campaigns", "Campaigns"), only(access.Readers()),
		func(ctx context.Context, _ *struct{}) (*reply[campaignsAnswer], error) {
			return answering(ctx, func() (*reply[campaignsAnswer], error) { return a.campaigns(ctx) })
		})
}

// readSettings takes the settings' fixed parts from what stands when they are left out.
func (a *API) readSettings(ctx context.Context, _ string, b *body) (recording, error) {
	stream, err := a.dependencies.Register.Stream(ctx, programme.FamilyProgramme, programme.ProgrammeSubject)
	if err != nil {
		return nil, err
	}
	standing, err := register.SettingsOf(stream)
	if err != nil {
		return nil, err
	}
	var in settingsBody
	b.into(&in)
	b.change = register.Change{Reason: in.Reason, Version: in.Version}
	next := in.Settings
	next.TimeZone, next.Sample = standing.TimeZone, standing.Sample
	if in.TimeZone != nil {
		next.TimeZone = *in.TimeZone
	}
	if in.Sample != nil {
		next.Sample = *in.Sample
	}
	return func(ctx context.Context, by act.By, c register.Change) (act.Version, error) {
		return a.acts.Settings.Record(ctx, by, c, next)
	}, nil
}

func (a *API) readCalendar(_ context.Context, name string, b *body) (recording, error) {
	var in calendarBody
	b.into(&in)
	b.change = in.change()
	return func(ctx context.Context, by act.By, c register.Change) (act.Version, error) {
		return a.acts.Calendars.Record(ctx, by, c, programme.Calendar{Name: name, Days: in.Days})
	}, nil
}

func (a *API) readCampaign(_ context.Context, id string, b *body) (recording, error) {
	var in campaignBody
	b.into(&in)
	b.change = in.change()
	in.ID = id
	return func(ctx context.Context, by act.By, c register.Change) (act.Version, error) {
		return a.acts.Campaigns.Record(ctx, by, c, in.Campaign)
	}, nil
}

func (a *API) readEntity(_ context.Context, code string, b *body) (recording, error) {
	var in entityBody
	b.into(&in)
	b.change = in.change()
	return func(ctx context.Context, by act.By, c register.Change) (act.Version, error) {
		return a.acts.Entities.Record(ctx, by, c, code, in.Entity)
	}, nil
}

func (a *API) readService(_ context.Context, code string, b *body) (recording, error) {
	var in serviceBody
	b.into(&in)
	b.change = in.change()
	return func(ctx context.Context, by act.By, c register.Change) (act.Version, error) {
		return a.acts.Services.Record(ctx, by, c, code, in.Service)
	}, nil
}

func (a *API) catalogue(ctx context.Context) (register.Catalogue, error) {
	facts, err := a.dependencies.Register.Facts(
		ctx, []programme.Family{programme.FamilyEntity, programme.FamilyService}, time.Time{},
	)
	if err != nil {
		return register.Catalogue{}, err
	}
	return register.CatalogueOf(facts)
}

// campaignItem is a campaign of the list.
type campaignItem struct {
	register.Campaign

	Version uint32 `json:"version"`
}

type campaignsAnswer struct {
	Items []campaignItem `json:"items"`
	Next  string         `json:"next"`
}

func (a *API) campaigns(ctx context.Context) (*reply[campaignsAnswer], error) {
	facts, err := a.dependencies.Register.Facts(ctx, []programme.Family{programme.FamilyCampaign}, time.Time{})
	if err != nil {
		return nil, err
	}
	campaigns, versions, err := register.CampaignsOf(facts)
	if err != nil {
		return nil, computing(err)
	}
	items := make([]campaignItem, len(campaigns))
	for i := range campaigns {
		items[i] = campaignItem{Campaign: campaigns[i], Version: versions[i]}
	}
	out := &reply[campaignsAnswer]{Status: http.StatusOK, CacheControl: private, Body: campaignsAnswer{Items: items}}
	content, err := json.Marshal(out.Body)
	if err != nil {
		return nil, fmt.Errorf("name the campaigns: %w", err)
	}
	if out.ETag = tagOf(content); httpserver.Holds(requestFrom(ctx), out.ETag) {
		out.Status, out.Body = http.StatusNotModified, campaignsAnswer{}
	}
	return out, nil
}
