package page

import (
	"mirsad/internal/civil"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// Args pairs names and values for a text.
func Args(pairs ...any) i18n.Args {
	out := i18n.Args{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if name, ok := pairs[i].(string); ok {
			out[name] = pairs[i+1]
		}
	}
	return out
}

// Isolated keeps entered text from turning the words around it: it has a direction of its own.
func Isolated(text string) string { return "\u2068" + text + "\u2069" }

// ChannelNames words channels.
func (v *Visit) ChannelNames(list []programme.Channel) []string {
	return Each(list, func(c programme.Channel) string { return v.T("base.channel." + string(c)) })
}

// Day words a date, or the dash for none.
func (v *Visit) Day(d civil.Date) string {
	if d.IsZero() {
		return v.Count(programme.Count{})
	}
	return v.Date(d)
}
