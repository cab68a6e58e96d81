// Package route declares what the program serves. A route is one line in the component that serves it:
//
//	route.Page("/services", pages.services, access.Everyone(), route.Menu("web.menu.services"))
//
// From all components' routes the registry builds the mux, the guard's table, the names in the metrics, the description
// of what does not describe itself, the menu, and the table that `mirsad routes` prints.
package route
