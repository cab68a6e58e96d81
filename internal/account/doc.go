// Package account knows the people of the programme and their sessions, signs them in with a password or with the
// identity provider, and finds out which person makes a request.
package account
