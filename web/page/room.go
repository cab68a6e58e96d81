package page

import (
	"net/http"

	"mirsad/internal/route"
)

// Room makes the handlers of one group of pages. V is a request for one of them: a visit with what these pages need.
type Room[V any] struct {
	kit *Kit
	own func(*Visit) V
}

// NewRoom makes a room of the kit that all pages share; own gives a visit what the room's pages need.
func NewRoom[V any](kit *Kit, own func(*Visit) V) Room[V] { return Room[V]{kit: kit, own: own} }

// Page returns the handler of a page that shows figures: it loads them, takes the view and renders it.
func (r Room[V]) Page(name string, view func(V) (any, error)) route.Handler {
	return r.kit.Handler(func(v *Visit, rw http.ResponseWriter) error {
		if err := v.LoadFigures(); err != nil {
			return err
		}
		shown, err := view(r.own(v))
		if err != nil {
			return err
		}
		return v.Render(rw, http.StatusOK, name, shown)
	})
}

// Serve returns the handler of a page that is more than a view of figures, or of a form.
func (r Room[V]) Serve(serve func(V, http.ResponseWriter) error) route.Handler {
	return r.kit.Handler(func(v *Visit, rw http.ResponseWriter) error { return serve(r.own(v), rw) })
}

// Tables makes tables of what the room draws for its own visits.
func (r Room[V]) Tables(drawn map[string]func(V) (Table, error)) Tables {
	tables := Tables{}
	for name, draw := range drawn {
		tables[name] = func(v *Visit) (Table, error) { return draw(r.own(v)) }
	}
	return tables
}

// Handler answers a request with what serve writes. An error that serve returns is answered here and nowhere else, by
// the page that says what is wrong.
func (k *Kit) Handler(serve func(*Visit, http.ResponseWriter) error) route.Handler {
	return func(rw http.ResponseWriter, r *http.Request) error {
		v := k.newVisit(r)
		if err := serve(v, rw); err != nil {
			v.problem(rw, err)
		}
		return nil
	}
}
