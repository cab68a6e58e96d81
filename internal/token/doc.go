// Package token knows the API tokens that programs sign in with: it makes, rotates and revokes them, finds out whose
// token a request brings, and keeps when each was last used and refused.
package token
