package account

import (
	"net/url"

	"mirsad/internal/httpserver"
)

// LocalPath returns next when it is a path of this site, and otherwise the second argument, so that no sign-in
// sends a person to another host.
func LocalPath(next, otherwise string) string {
	parsed, err := url.Parse(next)
	if err != nil || parsed.IsAbs() || parsed.Host != "" || parsed.User != nil || parsed.Opaque != "" ||
		!httpserver.PlainPath(parsed) {
		return otherwise
	}
	return parsed.RequestURI()
}
