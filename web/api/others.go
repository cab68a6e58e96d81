package api

import (
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"mirsad/internal/route"
)

// workbookType is the media type of a workbook.
const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// describeOthers adds the calls of other components to the description, so that one document describes all.
func (a *API) describeOthers(routes []route.Route) {
	for _, each := range routes {
		if each.Described != nil {
			a.huma.OpenAPI().AddOperation(a.operationOf(each, each.Described))
		}
	}
}

func (a *API) operationOf(r route.Route, d *route.Description) *huma.Operation {
	operation := &huma.Operation{
		OperationID: d.ID, Method: r.Method, Path: r.Path, Summary: d.Summary, Tags: []string{d.Tag},
		Parameters: parametersOf(r.Path, d.Query), Responses: problems(a.huma.OpenAPI().Components.Schemas),
	}
	delete(operation.Responses, strconv.Itoa(http.StatusNotModified))
	operation.Responses[strconv.Itoa(d.Status)] = a.contentOf(http.StatusText(d.Status), d.Gives, d.Answer)
	if len(d.Takes) > 0 {
		operation.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{}}
		for _, kind := range d.Takes {
			operation.RequestBody.Content[kind] = a.mediaOf(kind, d.Body)
		}
	}
	return operation
}

func parametersOf(path string, query []route.Parameter) []*huma.Param {
	var list []*huma.Param
	for part := range strings.SplitSeq(path, "/") {
		if name, is := strings.CutPrefix(part, "{"); is {
			list = append(list, &huma.Param{
				Name: strings.TrimSuffix(name, "}"), In: "path", Required: true,
				Schema: &huma.Schema{Type: huma.TypeString},
			})
		}
	}
	for _, each := range query {
		list = append(list, &huma.Param{
			Name: each.Name, In: "query", Description: each.Text, Schema: &huma.Schema{Type: huma.TypeString},
		})
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
	case shape == nil && strings.HasSuffix(kind, "json") && !strings.HasSuffix(kind, "ndjson"):
		return &huma.MediaType{Schema: &huma.Schema{Description: "By its JSON Schema, see /v1/schemas."}}
	case shape == nil:
		return &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
	}
	return &huma.MediaType{Schema: a.huma.OpenAPI().Components.Schemas.Schema(shape, true, "")}
}
