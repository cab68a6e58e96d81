// Package link knows the signed links of the programme: somebody without an account opens one to do one thing, once.
package link
