package route

import (
	"net/http"
	"slices"
	"strings"

	"mirsad/internal/access"
	"mirsad/internal/i18n"
)

// Handler answers a request, or returns the error that is to be answered.
type Handler func(http.ResponseWriter, *http.Request) error

// Serve makes a Handler of one that answers its errors itself.
func Serve(handler http.Handler) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		handler.ServeHTTP(w, r)
		return nil
	}
}

// Route is one address and who may use it.
type Route struct {
	Method string
	// Path is a pattern of net/http's ServeMux; that of a page has no language.
	Path string
	// Localized marks a page, which is served below /en and /ar.
	Localized bool
	Handler   Handler
	Who       access.Rule
	// Action is what the audit record calls a request that changes something; "" writes down files taken away alone.
	Action string
	// Body is the largest body in bytes; 0: DefaultBody.
	Body int64
	// Unpaced marks what has a budget of its own, in place of an account's requests a second.
	Unpaced bool
	// InMenu is the page's entry in the menu; nil: it has none.
	InMenu *MenuEntry
	// Described describes the call; nil: it is a page, or it is described where it is made.
	Described *Description
}

// DefaultBody is the largest body of a route that says nothing else.
const DefaultBody = 1 << 20

// Option says more of a route.
type Option func(*Route)

// Get declares a call that reads; GET includes HEAD.
func Get(path string, handler Handler, who access.Rule, options ...Option) Route {
	return New(http.MethodGet, path, handler, who, options...)
}

// Post declares a call that changes something.
func Post(path string, handler Handler, who access.Rule, options ...Option) Route {
	return New(http.MethodPost, path, handler, who, options...)
}

// Delete declares a call that ends something.
func Delete(path string, handler Handler, who access.Rule, options ...Option) Route {
	return New(http.MethodDelete, path, handler, who, options...)
}

// Page declares a page, served in both languages.
func Page(path string, handler Handler, who access.Rule, options ...Option) Route {
	return New(http.MethodGet, path, handler, who, append(options, localized)...)
}

// Form declares what a page's form is sent to, served in both languages.
func Form(path string, handler Handler, who access.Rule, options ...Option) Route {
	return New(http.MethodPost, path, handler, who, append(options, localized)...)
}

// New declares a route of any method.
func New(method, path string, handler Handler, who access.Rule, options ...Option) Route {
	r := Route{Method: method, Path: path, Handler: handler, Who: who}
	for _, option := range options {
		option(&r)
	}
	return r
}

func localized(r *Route) { r.Localized = true }

// Records names what a request does in the audit record.
func Records[Action ~string](action Action) Option {
	return func(r *Route) { r.Action = string(action) }
}

// Body sets the largest body in bytes.
func Body(bytes int64) Option { return func(r *Route) { r.Body = bytes } }

// Unpaced leaves a route out of an account's requests a second.
func Unpaced() Option { return func(r *Route) { r.Unpaced = true } }

// MenuEntry is a page's place in the menu, which has the order of the declarations.
type MenuEntry struct {
	// Key is the entry's text, OwnKey that for people of an agency; "": the same.
	Key, OwnKey string
	// Below marks the entry as current on the pages below it too.
	Below bool
	// Roles have the entry; none: all who may use the page.
	Roles []access.Role
}

// Menu puts a page into the menu.
func Menu(key string) Option { return InMenu(MenuEntry{Key: key}) }

// InMenu puts a page into the menu with more than a text.
func InMenu(entry MenuEntry) Option { return func(r *Route) { r.InMenu = &entry } }

// Has reports whether the principal has the entry of a page that the rule guards.
func (e MenuEntry) Has(who access.Principal, rule access.Rule) bool {
	return rule.Allows(who) && (len(e.Roles) == 0 || slices.Contains(e.Roles, who.Role))
}

// MostBody is the largest body of the route, in bytes.
func (r Route) MostBody() int64 {
	if r.Body > 0 {
		return r.Body
	}
	return DefaultBody
}

// Name is the route's name in metrics and refusals, the same in both languages.
func (r Route) Name() string {
	path := strings.TrimSuffix(r.Path, "{$}")
	if r.Localized {
		return "/{lang}" + path
	}
	return path
}

// Paths are the patterns of the route's addresses: one for each language of a page.
func (r Route) Paths() []string {
	if !r.Localized {
		return []string{r.Path}
	}
	paths := make([]string, 0, len(i18n.Languages()))
	for _, language := range i18n.Languages() {
		paths = append(paths, "/"+string(language)+r.Path)
	}
	return paths
}
