// Package reckontest builds small programmes for tests, fact by fact.
package reckontest
