// Package access says who makes a request and what they may see and use: the principal with its roles and scopes, the
// one rule of visibility (Principal.Sees), and the rule that each route carries.
package access
