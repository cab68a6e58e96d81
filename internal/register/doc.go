// Package register holds the rules by which people change what is recorded:
// settings, calendars, catalogue, campaigns, plans and claims of levels.
//
// A rule is a function on the stream of one subject: it looks at what is
// recorded, and returns the one fact to add or every fault of the change at
// once. Nothing here computes a figure.
package register
