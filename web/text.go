package web

import (
	"mirsad/internal/civil"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

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

// isolated keeps entered text from turning the words around it: it has a direction of its own.
func isolated(text string) string { return "\u2068" + text + "\u2069" }

// channelNames words channels.
func (v *base) channelNames(list []programme.Channel) []string {
	return each(list, func(c programme.Channel) string { return v.T("base.channel." + string(c)) })
}

// day words a date, or the dash for none.
func (v *base) day(d civil.Date) string {
	if d.IsZero() {
		return v.Count(programme.Count{})
	}
	return v.Date(d)
}
