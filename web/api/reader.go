package api

import (
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"mirsad/internal/civil"
	"mirsad/internal/httpserver"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// reader reads parameters and collects their faults, so that all are told at once.
type reader struct{ faults []httpserver.Fault }

// fault notes a fault worded api.fault.<kind>.
func (r *reader) fault(name, kind string, args i18n.Args) {
	r.faults = append(r.faults, httpserver.NewFault(name, "api.fault."+kind, args))
}

func (r *reader) err() error {
	if len(r.faults) == 0 {
		return nil
	}
	return &httpserver.FaultsError{Faults: r.faults}
}

func (r *reader) date(name, text string) civil.Date {
	if text == "" {
		return 0
	}
	date, err := civil.ParseDate(text)
	if err != nil {
		r.fault(name, "not_a_date", i18n.Args{"value": text})
	}
	return date
}

func (r *reader) period(name, text string) civil.Period {
	if text == "" {
		return civil.Period{}
	}
	period, err := civil.ParsePeriod(text)
	if err != nil {
		r.fault(name, "not_a_period", i18n.Args{"value": text})
	}
	return period
}

// oneOf returns the text when it is empty or allowed.
func (r *reader) oneOf(name, text string, allowed ...string) string {
	if text != "" && !slices.Contains(allowed, text) {
		r.fault(name, "not_one_of", i18n.Args{"value": text, "allowed": strings.Join(allowed, ", ")})
		return ""
	}
	return text
}

// boolean returns true or false, or neither when the text is empty.
func (r *reader) boolean(name, text string) (value, given bool) {
	switch r.oneOf(name, text, "true", "false") {
	case "true":
		return true, true
	case "false":
		return false, true
	default:
		return false, false
	}
}

// number returns the whole number, or otherwise when the text is empty.
func (r *reader) number(name, text string, least, most, otherwise int) int {
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		r.fault(name, "not_a_number", i18n.Args{"value": text, "least": least, "most": most})
		return otherwise
	}
	return n
}

// channels reads digital, all or names separated by commas; none is nil.
func (r *reader) channels(name, text string) []programme.Channel {
	switch text {
	case "":
		return nil
	case "digital":
		return programme.DigitalChannels()
	case "all":
		return programme.Channels()
	}
	var channels []programme.Channel
	for each := range strings.SplitSeq(text, ",") {
		channel, err := programme.ParseChannel(each)
		if err != nil {
			r.fault(
				name, "not_one_of", i18n.Args{"value": each, "allowed": "digital, all, " + join(programme.Channels())},
			)
			continue
		}
		channels = append(channels, channel)
	}
	return channels
}

func join[T ~string](names []T) string { return strings.Join(texts(names), ", ") }

func texts[T ~string](names []T) []string {
	list := make([]string, 0, len(names))
	for _, name := range names {
		list = append(list, string(name))
	}
	return list
}

func mapKeys[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }
