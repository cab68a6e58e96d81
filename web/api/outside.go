package api

import (
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"mirsad/internal/account"
)

// outside is a call below /v1 that another component answers: it is described here, so that one document describes all.
type outside struct {
	method, path, id, summary, tag string
	// query are the parameters of the address, each with what it chooses.
	query [][2]string
	// takes are the media types of the body, body its shape; nil where a schema of /v1/schemas says it, or there is no body.
	takes []string
	body  reflect.Type
	// status is that of success, gives the media type of its answer ("": none), answer its shape.
	status int
	gives  string
	answer reflect.Type
}

const (
	ndjsonType   = "application/x-ndjson" // an event a line
	workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// outsides are the calls below /v1 of ingestion, of accounts and of reports.
func outsides() []outside {
	return append(ingestCalls(), accountCalls()...)
}

func ingestCalls() []outside {
	quarantine := [][2]string{
		{"entity", "Whose rows; default: one's own, or all."},
		{"receipt", "Of one body."},
		{"code", "Why they were refused."},
		{"state", "open (default), closed or all."},
		{"from", "First day, as 2016-09-30."},
		{"to", "Last day."},
		{"after", "What the page before answered as next."},
	}
	desk := []string{jsonType}
	return []outside{
		{
			method: http.MethodPost, path: "/v1/events", id: "post-events", summary: "Send events, statements, rollouts and milestones", tag: "events",
			query: [][2]string{{"dry_run", "true decides the same and stores nothing."}, {"strict", "true takes all or none."}},
			takes: []string{"application/cloudevents+json", "application/cloudevents-batch+json", ndjsonType, csvType}, status: http.StatusAccepted,
			gives: jsonType, answer: reflect.TypeFor[receivedShape](),
		},
		{
			method: http.MethodGet, path: "/v1/receipts/{receipt}", id: "receipt", summary: "What was answered for one body", tag: "events",
			status: http.StatusOK, gives: jsonType, answer: reflect.TypeFor[receiptShape](),
		},
		{
			method: http.MethodGet, path: "/v1/quarantine", id: "quarantine", summary: "Refused rows, newest first", tag: "events",
			query: append([][2]string{{"limit", "Most rows of a page, 1 to 200."}}, quarantine...), status: http.StatusOK, gives: jsonType, answer: reflect.TypeFor[quarantineShape](),
		},
		{
			method: http.MethodGet, path: "/v1/quarantine.csv", id: "quarantine-csv", summary: "Refused rows as CSV", tag: "events",
			query: quarantine, status: http.StatusOK, gives: csvType,
		},
		{
			method: http.MethodGet, path: "/v1/quarantine/{receipt}/{index}", id: "quarantined-row", summary: "A refused row exactly as it was sent", tag: "events",
			status: http.StatusOK, gives: "application/octet-stream",
		},
		{
			method: http.MethodPost, path: "/v1/quarantine/replay", id: "replay", summary: "Judge refused rows again", tag: "events",
			query: [][2]string{{"dry_run", "true decides the same and stores nothing."}}, takes: desk, body: reflect.TypeFor[deskShape](),
			status: http.StatusOK, gives: jsonType, answer: reflect.TypeFor[replayedShape](),
		},
		{
			method: http.MethodPost, path: "/v1/quarantine/close", id: "close-rows", summary: "Give refused rows up, with a comment", tag: "events",
			takes: desk, body: reflect.TypeFor[deskShape](), status: http.StatusOK, gives: jsonType, answer: reflect.TypeFor[closedShape](),
		},
		{
			method: http.MethodGet, path: "/v1/ingest/lag", id: "lag", summary: "What is accepted and not yet in the figures (administrators)", tag: "events",
			query: [][2]string{{"wait", "true answers once nothing waits."}}, status: http.StatusOK, gives: jsonType, answer: reflect.TypeFor[lagShape](),
		},
		{
			method: http.MethodGet, path: "/v1/schemas", id: "schemas", summary: "JSON Schemas of the events", tag: "events",
			status: http.StatusOK, gives: jsonType, answer: reflect.TypeFor[schemasShape](),
		},
		{
			method: http.MethodGet, path: "/v1/schemas/{name}", id: "schema", summary: "One JSON Schema", tag: "events",
			status: http.StatusOK, gives: "application/schema+json",
		},
	}
}

func accountCalls() []outside {
	audit := [][2]string{
		{"actor", "Part of who acted."},
		{"action", "What was done."},
		{"object", "Part of what it was done to."},
		{"outcome", "done or refused."},
		{"entity", "Whose object it is."},
		{"from", "First day, as 2016-09-30."},
		{"to", "Last day."},
		{"after", "What the page before answered as next."},
		{"limit", "Most rows."},
	}
	return []outside{
		{
			method: http.MethodGet, path: "/v1/sessions", id: "sessions", summary: "Open sessions: one's own, an administrator's view of all", tag: "accounts",
			status: http.StatusOK, gives: jsonType, answer: reflect.TypeFor[sessionsShape](),
		},
		{method: http.MethodDelete, path: "/v1/sessions/{session}", id: "end-session", summary: "End a session", tag: "accounts", status: http.StatusNoContent},
		{
			method: http.MethodGet, path: "/v1/people", id: "people", summary: "Everybody who may sign in (administrators and auditors)", tag: "accounts",
			status: http.StatusOK, gives: jsonType, answer: reflect.TypeFor[account.PeopleList](),
		},
		{
			method: http.MethodPost, path: "/v1/people", id: "add-person", summary: "Make an account; the first password is answered this once", tag: "accounts",
			takes: []string{jsonType}, body: reflect.TypeFor[account.NewPerson](), status: http.StatusCreated, gives: jsonType, answer: reflect.TypeFor[account.PersonItem](),
		},
		{
			method: http.MethodPost, path: "/v1/people/{person}/disable", id: "disable-person", summary: "Disable an account and end its sessions", tag: "accounts",
			status: http.StatusOK, gives: jsonType, answer: reflect.TypeFor[account.PersonItem](),
		},
		{
			method: http.MethodPost, path: "/v1/people/{person}/enable", id: "enable-person", summary: "Bring a disabled person back", tag: "accounts",
			status: http.StatusOK, gives: jsonType, answer: reflect.TypeFor[account.PersonItem](),
		},
		{
			method: http.MethodGet, path: "/v1/links", id: "links", summary: "Signed links, with when and from where each was opened and used", tag: "accounts",
			status: http.StatusOK, gives: jsonType, answer: reflect.TypeFor[account.LinkList](),
		},
		{
			method: http.MethodPost, path: "/v1/links", id: "make-link", summary: "Make a signed link and send it; its address is answered where no mail took it", tag: "accounts",
			takes: []string{jsonType}, body: reflect.TypeFor[account.NewLink](), status: http.StatusCreated, gives: jsonType, answer: reflect.TypeFor[account.LinkItem](),
		},
		{method: http.MethodDelete, path: "/v1/links/{link}", id: "revoke-link", summary: "Revoke a signed link", tag: "accounts", status: http.StatusNoContent},
		{
			method: http.MethodGet, path: "/v1/audit", id: "audit", summary: "The audit record, newest first", tag: "accounts",
			query: audit, status: http.StatusOK, gives: jsonType, answer: reflect.TypeFor[auditsShape](),
		},
		{
			method: http.MethodGet, path: "/v1/audit.csv", id: "audit-csv", summary: "The audit record as CSV; Link names where it goes on", tag: "accounts",
			query: audit, status: http.StatusOK, gives: csvType,
		},
		{
			method: http.MethodGet, path: "/v1/reports/{month}/highlights.xlsx", id: "highlights-workbook", summary: "A month's highlights workbook", tag: "reports",
			query:  [][2]string{{"lang", "en or ar."}, {"as_at", "The last day of the knowledge used."}},
			status: http.StatusOK, gives: workbookType,
		},
	}
}

// describeOutside adds the calls of other components to the description.
func (a *API) describeOutside() {
	document := a.huma.OpenAPI()
	for _, each := range outsides() {
		operation := &huma.Operation{
			OperationID: each.id, Method: each.method, Path: each.path, Summary: each.summary, Tags: []string{each.tag},
			Parameters: each.parameters(), Responses: problems(document.Components.Schemas),
		}
		delete(operation.Responses, strconv.Itoa(http.StatusNotModified))
		operation.Responses[strconv.Itoa(each.status)] = a.contentOf(http.StatusText(each.status), each.gives, each.answer)
		if len(each.takes) > 0 {
			operation.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{}}
			for _, kind := range each.takes {
				operation.RequestBody.Content[kind] = a.mediaOf(kind, each.body)
			}
		}
		document.AddOperation(operation)
	}
}

func (o outside) parameters() []*huma.Param {
	var list []*huma.Param
	for part := range strings.SplitSeq(o.path, "/") {
		if name, is := strings.CutPrefix(part, "{"); is {
			list = append(list, &huma.Param{
				Name: strings.TrimSuffix(name, "}"), In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeString},
			})
		}
	}
	for _, each := range o.query {
		list = append(list, &huma.Param{Name: each[0], In: "query", Description: each[1], Schema: &huma.Schema{Type: huma.TypeString}})
	}
	return list
}

func (a *API) contentOf(words, kind string, shape reflect.Type) *huma.Response {
	response := &huma.Response{Description: words}
	if kind != "" {
		response.Content = map[string]*huma.MediaType{kind: a.mediaOf(kind, shape)}
	}
	return response
}

// mediaOf describes a body: one without a shape is a text, or JSON by a schema that the server answers.
func (a *API) mediaOf(kind string, shape reflect.Type) *huma.MediaType {
	switch {
	case shape == nil && strings.Contains(kind, "json") && kind != ndjsonType:
		return &huma.MediaType{Schema: &huma.Schema{Description: "By its JSON Schema, see /v1/schemas."}}
	case shape == nil:
		return &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
	}
	return &huma.MediaType{Schema: a.huma.OpenAPI().Components.Schemas.Schema(shape, true, "")}
}
