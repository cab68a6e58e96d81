package web

import "mirsad/internal/i18n"

// args pairs names and values for a text.
func args(pairs ...any) i18n.Args {
	out := i18n.Args{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if name, ok := pairs[i].(string); ok {
			out[name] = pairs[i+1]
		}
	}
	return out
}
