// Package account knows the people, API tokens, sessions and signed links of the programme, and finds out who makes a
// request.
package account
