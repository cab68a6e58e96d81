// Package figurestest builds small programmes for tests, fact by fact.
package figurestest
