package ingest

import (
	"net/http"
	"reflect"

	"mirsad/ingest/rows"
	"mirsad/ingest/schemas"
	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/route"
)

const jsonType = "application/json"

// largestEvents is one byte more than events may have: ingestion words its refusal itself.
const largestEvents = 8<<20 + 1

// Routes are the calls of ingestion: events and their receipts, the quarantine desk, the lag and the schemas.
func (i *Ingest) Routes() []route.Route {
	readers := access.For(access.RolePlanner, access.RoleAgency, access.RoleAuditor, access.RoleAdmin).
		Tokens(access.ScopeEvents)
	desk := access.For(access.RoleAgency, access.RoleAdmin).Tokens(access.ScopeEvents)
	anybody := access.Everyone().AnyToken()
	return []route.Route{
		route.Post("/v1/events", i.postEvents, access.For().Tokens(access.ScopeEvents), route.Body(largestEvents),
			route.Unpaced(), route.Doc(eventsDescription())),
		route.New(http.MethodOptions, "/v1/events", i.optionsEvents, access.Open(), route.Doc(route.Description{
			ID: "options-events", Summary: "Ask whether events may be delivered here", Tag: "events", Status: http.StatusOK,
		})),
		route.Get("/v1/receipts/{receipt}", i.getReceipt, readers, reads[ReceiptAnswer](
			"receipt", "What was answered for one body")),
		route.Get("/v1/quarantine", i.getQuarantine, readers, reads[QuarantinePage](
			"quarantine", "Refused rows, newest first", quarantineQuery("limit")...)),
		route.Get("/v1/quarantine.csv", i.getQuarantineCSV, readers, gives(
			"quarantine-csv", "Refused rows as CSV", string(rows.FormatCSV), quarantineQuery()...)),
		route.Get("/v1/quarantine/{receipt}/{index}", i.getQuarantinedRow, readers, gives(
			"quarantined-row", "A refused row exactly as it was sent", "application/octet-stream")),
		route.Post("/v1/quarantine/replay", i.postReplay, desk, route.Records(audit.QuarantineReplay),
			decides[ReplayAnswer]("replay", "Judge refused rows again", dryRun)),
		route.Post("/v1/quarantine/close", i.postClose, desk, route.Records(audit.QuarantineClose),
			decides[CloseAnswer]("close-rows", "Give refused rows up, with a comment")),
		route.Get("/v1/ingest/lag", i.getLag, access.Office().Tokens(access.ScopeEvents), reads[Lag](
			"lag", "What is accepted and not yet in the figures (administrators)",
			route.Parameter{Name: "wait", Text: "true answers once nothing waits."})),
		route.Get(schemas.Path, i.getSchemas, anybody, reads[schemaPage]("schemas", "JSON Schemas of the events")),
		route.Get(schemas.Path+"/{name}", i.getSchema, anybody, gives(
			"schema", "One JSON Schema", "application/schema+json")),
	}
}

var dryRun = route.Parameter{Name: "dry_run", Text: "true decides the same and stores nothing."}

// quarantineQuery are the parameters that choose refused rows; a page has a limit beside them.
func quarantineQuery(limited ...string) []route.Parameter {
	var query []route.Parameter
	for _, name := range limited {
		query = append(query, route.Parameter{Name: name, Text: "Most rows of a page, 1 to 200."})
	}
	return append(query,
		route.Parameter{Name: "entity", Text: "Whose rows; default: one's own, or all."},
		route.Parameter{Name: "receipt", Text: "Of one body."},
		route.Parameter{Name: "code", Text: "Why they were refused."},
		route.Parameter{Name: "state", Text: "open (default), closed or all."},
		route.Parameter{Name: "from", Text: "First day, as 2016-09-30."},
		route.Parameter{Name: "to", Text: "Last day."},
		route.Parameter{Name: "after", Text: "What the page before answered as next."},
	)
}

func eventsDescription() route.Description {
	return route.Description{
		ID: "post-events", Summary: "Send events, statements, rollouts and milestones", Tag: "events",
		Query:  []route.Parameter{dryRun, {Name: "strict", Text: "true takes all or none."}},
		Takes:  []string{string(rows.FormatEvent), string(rows.FormatBatch), string(rows.FormatLines), string(rows.FormatCSV)},
		Status: http.StatusAccepted, Gives: jsonType, Answer: reflect.TypeFor[Answer](),
	}
}

func reads[Body any](id, summary string, query ...route.Parameter) route.Option {
	return route.Doc(route.Description{
		ID: id, Summary: summary, Tag: "events", Query: query,
		Status: http.StatusOK, Gives: jsonType, Answer: reflect.TypeFor[Body](),
	})
}

func gives(id, summary, mediaType string, query ...route.Parameter) route.Option {
	return route.Doc(route.Description{
		ID: id, Summary: summary, Tag: "events", Query: query, Status: http.StatusOK, Gives: mediaType,
	})
}

func decides[Body any](id, summary string, query ...route.Parameter) route.Option {
	return route.Doc(route.Description{
		ID: id, Summary: summary, Tag: "events", Query: query,
		Takes: []string{jsonType}, Body: reflect.TypeFor[DeskRequest](),
		Status: http.StatusOK, Gives: jsonType, Answer: reflect.TypeFor[Body](),
	})
}
