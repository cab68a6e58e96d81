package httpserver

import (
	"net/http"
	"strings"
)

// Holds reports whether If-None-Match names the tag: the client has the answer already. Tags are compared weakly (RFC
// 9110).
func Holds(r *http.Request, tag string) bool {
	for each := range strings.SplitSeq(r.Header.Get("If-None-Match"), ",") {
		each = strings.TrimSpace(each)
		if each == "*" || strings.TrimPrefix(each, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}
