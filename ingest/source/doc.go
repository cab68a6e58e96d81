// Package source turns files that others publish, and our own lists, into catalogue facts and events, and sends the
// events through the same door as every agency: POST /v1/events.
//
// A Feed is one import: its catalogue, to be appended first, and its events in the wire shape of the API. Every
// identity in it follows from the file alone, so importing a file twice changes nothing. The time of a statement's event
// is the last second of its period in UTC; that of a rollout's is when it is sent, whenever it took effect.
//
// Names of the public formats of Canada and the UK are English (and French): where a file has no Arabic name, a
// service's or entity's name_ar is its English name until somebody writes a better one.
package source
