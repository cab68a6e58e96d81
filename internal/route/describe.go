package route

import "reflect"

// Description describes a call below /v1 in the API's document; its shapes are those of the Go types that are answered.
type Description struct {
	ID, Summary, Tag string
	// Query are the parameters of the address.
	Query []Parameter
	// Takes are the media types of the body, Body its shape; nil where a schema of /v1/schemas says it, or there is
	// none.
	Takes []string
	Body  reflect.Type
	// Status is that of success, Gives the media type of its answer ("": none), Answer its shape.
	Status int
	Gives  string
	Answer reflect.Type
}

// Parameter is a parameter of an address with what it chooses.
type Parameter struct{ Name, Text string }

// Doc describes a call.
func Doc(description Description) Option {
	return func(r *Route) { r.Described = &description }
}
